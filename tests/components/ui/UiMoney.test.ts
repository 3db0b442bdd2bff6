// @vitest-environment happy-dom
/** Amounts are written the same way everywhere, and an estimate is marked as one. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiMoney from '@/components/ui/UiMoney.vue'
import { formatPrice, formatSat } from '@/domain/money'

const money = (props: InstanceType<typeof UiMoney>['$props']) => mount(UiMoney, { props })

describe('UiMoney', () => {
  it('shows satoshi', () => {
    expect(money({ sat: 12_300 }).text()).toBe(formatSat(12_300))
  })

  it('shows zero as an amount', () => {
    expect(money({ sat: 0 }).text()).toBe('0 sat')
  })

  it('shows a price in its own currency', () => {
    const price = { amount: 9.9, currency: 'EUR' }
    expect(money({ price }).text()).toBe(formatPrice(price))
  })

  it('survives a currency that is none', () => {
    expect(money({ price: { amount: 3, currency: '€€' } }).text()).toBe('3 €€')
  })

  it('marks an estimate', () => {
    const wrapper = money({ sat: 500, approximate: true })
    expect(wrapper.text()).toBe('≈ 500 sat')
    expect(wrapper.classes()).toContain('text-muted')
  })

  it('never breaks over two lines unless it is absurd', () => {
    expect(money({ sat: 1e100 }).classes()).toContain('wrap-anywhere')
    expect(money({ sat: 1 }).classes()).toContain('amount')
  })
})
