// @vitest-environment happy-dom
/** A cart's lines can be changed and removed, and say what stands in the way. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import CartSummary from '@/components/cart/CartSummary.vue'
import CartTable from '@/components/cart/CartTable.vue'
import type { CartRow } from '@/components/cart/cartRow'
import type { CartLine } from '@/domain/cart'
import { product } from '../../factories/catalogue'
import { anyRouter } from '../router'

const TEA = product()
const CUP = product({ id: 'cup', name: 'Cup', price: 250 })

const line = (of = TEA, fields: Partial<CartLine> = {}): CartLine => ({
  productAddress: of.address,
  productId: of.id,
  quantity: 2,
  addedAt: 1,
  changedAt: 1,
  name: of.name,
  price: of.price,
  currency: 'sat',
  ...fields,
})

const global = { plugins: [anyRouter()] }
const table = (...rows: CartRow[]) => mount(CartTable, { props: { rows, currency: 'sat' }, global })
const summary = (...rows: CartRow[]) =>
  mount(CartSummary, { props: { rows, currency: 'sat', checkoutTo: '/checkout/x' }, global })

describe('CartTable', () => {
  it('names the line whose quantity changes', async () => {
    const wrapper = table({ line: line(), product: TEA }, { line: line(CUP), product: CUP })
    await wrapper.findAll('[aria-label="One more"]')[1]!.trigger('click')
    expect(wrapper.emitted('quantity')).toEqual([[CUP.address, 3]])
  })

  it('names the line that is removed', async () => {
    const wrapper = table({ line: line(), product: TEA }, { line: line(CUP), product: CUP })
    await wrapper.get('[aria-label="Remove Tea"]').trigger('click')
    expect(wrapper.emitted('remove')).toEqual([[TEA.address]])
  })

  it('shows what a line comes to', () => {
    expect(table({ line: line(CUP), product: CUP }).text()).toContain('500 sat')
  })

  it('says that a price changed, and counts the new one', () => {
    const wrapper = table({ line: line(TEA, { price: 900 }), product: TEA })
    expect(wrapper.text()).toContain('The price changed: it was 900 sat.')
    expect(wrapper.text()).toContain('2,000 sat')
  })

  it('says that only some are left', () => {
    const wrapper = table({ line: line(TEA, { quantity: 9 }), product: TEA })
    expect(wrapper.text()).toContain('Only 5 left.')
  })

  it.each([
    ['gone', null, 'Not offered any more'],
    ['sold out', product({ quantity: 0 }), 'Sold out'],
  ])('offers only removal for a product that is %s', (_, now, words) => {
    const wrapper = table({ line: line(), product: now })
    expect(wrapper.text()).toContain(words)
    expect(wrapper.find('input').exists()).toBe(false)
    expect(wrapper.find('[aria-label="Remove Tea"]').exists()).toBe(true)
  })
})

describe('while the catalogue is on its way', () => {
  it('trusts what the line remembers', () => {
    const row = { line: line(CUP), product: null, pending: true }
    expect(table(row).text()).not.toContain('Not offered')
    expect(table(row).text()).toContain('500 sat')
    expect(summary(row).find('a').exists()).toBe(true)
  })
})

describe('CartSummary', () => {
  it('adds up the lines and leads to the checkout', () => {
    const wrapper = summary({ line: line(), product: TEA }, { line: line(CUP), product: CUP })
    expect(wrapper.text()).toContain('4 pieces')
    expect(wrapper.text()).toContain('2,500 sat')
    expect(wrapper.get('a').attributes('href')).toBe('/checkout/x')
  })

  it('does not lead on while a line cannot be ordered, nor counts it', () => {
    const wrapper = summary({ line: line(), product: null }, { line: line(CUP), product: CUP })
    expect(wrapper.find('a').exists()).toBe(false)
    expect(wrapper.get('button').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain('500 sat')
  })
})
