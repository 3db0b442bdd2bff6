// @vitest-environment happy-dom
/** Connecting a wallet: address and invoice key, checked, with the wallet's own trouble in words. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import WalletConnectForm from '@/components/merchant/WalletConnectForm.vue'

describe('WalletConnectForm', () => {
  it('hands over the address without its last slash, and the key', async () => {
    const wrapper = mount(WalletConnectForm)
    await wrapper.get('[name=url]').setValue(' https://lnbits.example.org/ ')
    await wrapper.get('[name=invoice-key]').setValue(` ${'ab'.repeat(16)} `)
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('connect')).toEqual([
      [{ url: 'https://lnbits.example.org', invoiceKey: 'ab'.repeat(16) }],
    ])
  })

  it.each(['', 'lnbits', 'javascript:alert(1)', 'ftp://x'])('refuses "%s"', async (url) => {
    const wrapper = mount(WalletConnectForm, { attachTo: document.body })
    await wrapper.get('[name=url]').setValue(url)
    await wrapper.get('[name=invoice-key]').setValue('ab'.repeat(16))
    await wrapper.get('form').trigger('submit')
    await new Promise((done) => setTimeout(done))
    expect(wrapper.emitted('connect')).toBeUndefined()
    expect(document.activeElement).toBe(wrapper.get('[name=url]').element)
    wrapper.unmount()
  })

  it('warns of admin keys and shows what the wallet said', () => {
    const message = 'LNbits does not know this key.'
    const problem = { code: 'wrong-key', message, retryable: false } as const
    const wrapper = mount(WalletConnectForm, { props: { problem } })
    expect(wrapper.text()).toContain('Never paste an admin key')
    expect(wrapper.get('[role=alert]').text()).toContain(message)
  })
})
