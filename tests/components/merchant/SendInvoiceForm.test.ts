// @vitest-environment happy-dom
/** The merchant's invoice: filled in with the expected total, checked, and honest about a change. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { ExpectedTotal } from '@/domain/invoice'
import type { Sat } from '@/domain/money'
import SendInvoiceForm from '@/components/merchant/SendInvoiceForm.vue'

const EXACT: ExpectedTotal = { kind: 'exact', sat: 12_800 as Sat }
const form = (expected: ExpectedTotal = EXACT) =>
  mount(SendInvoiceForm, {
    props: { expected, defaultReceipt: 'Order 1', walletName: 'Shop wallet' },
  })

describe('SendInvoiceForm', () => {
  it('is filled in with the expected total', async () => {
    const wrapper = form()
    expect(wrapper.get('button').text()).toBe('Send invoice for 12,800 sat')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')).toEqual([[{ amount: 12_800, receipt: 'Order 1' }]])
  })

  it('says how another amount differs, and sends what was typed', async () => {
    const wrapper = form()
    await wrapper.get('[name=amount]').setValue('13000')
    expect(wrapper.text()).toContain('200 sat more than your catalogue says')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')?.[0]).toEqual([{ amount: 13_000, receipt: 'Order 1' }])
  })

  it.each(['', '0', '-5', '12.5', 'many', '1e99'])('refuses the amount "%s"', async (text) => {
    const wrapper = form()
    await wrapper.get('[name=amount]').setValue(text)
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')).toBeUndefined()
    expect(wrapper.text()).toContain('Enter a whole number of sat')
  })

  it('follows a total that becomes known later, unless the merchant typed one', async () => {
    const wrapper = form({ kind: 'unknown', why: 'No rate.' })
    await wrapper.setProps({ expected: EXACT })
    expect(wrapper.get('button').text()).toBe('Send invoice for 12,800 sat')
    await wrapper.get('[name=amount]').setValue('5')
    await wrapper.setProps({ expected: { kind: 'exact', sat: 7 as Sat } })
    expect(wrapper.get('button').text()).toBe('Send invoice for 5 sat')
  })
})
