// @vitest-environment happy-dom
/** The money page: no code for what must not be paid, consent by a click alone, every state said. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { InvoiceJudgement, Network } from '@/domain/invoice'
import { judgeInvoice } from '@/domain/invoiceJudgement'
import type { OrderState } from '@/domain/order'
import PaymentPanel from '@/components/payment/PaymentPanel.vue'
import QrCode from '@/components/payment/QrCode.vue'
import { fact, fold, invoice, NOW, placed, proved, reported, requested } from '../order/samples'

function judge(order: OrderState, network: Network = 'regtest'): InvoiceJudgement | null {
  const request = order.paymentRequests[0]
  if (!request) return null
  const { invoice: decoded, invoiceProblem: problem, consented } = request
  const { expected } = order
  return judgeInvoice({ invoice: decoded, problem, expected, network, now: NOW, consented })
}

/** A panel that is given a code in every state, so that showing none is its own decision. */
function panel(order: OrderState, more: Record<string, unknown> = {}) {
  const bolt11 = order.paymentRequests[0]?.invoice?.bolt11 ?? ''
  return mount(PaymentPanel, {
    props: {
      order,
      judgement: judge(order),
      qr: { bolt11, size: 29, path: 'M4 4h1v1h-1z' },
      now: NOW,
      merchantName: 'Kiln and Clay',
      ...more,
    },
  })
}
const hasCode = (wrapper: ReturnType<typeof panel>) => wrapper.findComponent(QrCode).exists()
const payLinks = (wrapper: ReturnType<typeof panel>) => wrapper.findAll('a[href^="lightning:"]')

describe('PaymentPanel', () => {
  it('shows the code, the amount and the ways to pay an invoice that passed', async () => {
    const order = fold(placed('EUR'), requested(invoice(92_443)))
    const wrapper = panel(order, { methods: [{ id: 'demo', label: 'Pay with the demo wallet' }] })
    expect(hasCode(wrapper)).toBe(true)
    expect(wrapper.text()).toContain('92,443 sat')
    expect(wrapper.text()).toContain('≈ €83.20')
    expect(wrapper.text()).toContain('13:30')
    expect(payLinks(wrapper)[0]?.attributes('href')).toBe(`lightning:${invoice(92_443).bolt11}`)
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('pay')).toEqual([['demo']])
  })

  it('never shows the code of another invoice', () => {
    const order = fold(placed(), requested(invoice(12_800)))
    const wrapper = panel(order, { qr: { bolt11: 'lnbcrt1old', size: 29, path: 'M0 0h1v1h-1z' } })
    expect(hasCode(wrapper)).toBe(false)
    expect(wrapper.text()).toContain('Drawing the code')
  })

  it('shows no code before the invoice was judged', () => {
    const order = fold(placed(), requested(invoice(12_800)))
    const wrapper = panel(order, { judgement: null })
    expect(hasCode(wrapper)).toBe(false)
    expect(payLinks(wrapper)).toHaveLength(0)
    expect(wrapper.text()).toContain('Checking the invoice')
  })

  it('refuses an invoice of another network and says why', () => {
    const order = fold(placed(), requested(invoice(12_800)))
    const wrapper = panel(order, { judgement: judge(order, 'bitcoin') })
    expect(hasCode(wrapper)).toBe(false)
    expect(payLinks(wrapper)).toHaveLength(0)
    expect(wrapper.text()).toContain('for regtest, but this market runs on bitcoin')
    expect(wrapper.text()).toContain('It cannot be paid from here')
  })

  it('refuses an unreadable invoice and one without an amount', () => {
    const unsigned = panel(fold(placed(), requested(null)))
    expect(hasCode(unsigned)).toBe(false)
    expect(unsigned.text()).toContain('signature of the invoice is not valid')
    const amountless = panel(fold(placed(), requested(invoice(null))))
    expect(hasCode(amountless)).toBe(false)
    expect(amountless.text()).toContain('names no amount')
  })

  it('takes the code away when the clock runs out, and says what to do', async () => {
    const order = fold(placed(), requested(invoice(12_800)))
    const wrapper = panel(order)
    expect(hasCode(wrapper)).toBe(true)
    await wrapper.setProps({ now: NOW + 14 * 60 - 29 })
    expect(hasCode(wrapper)).toBe(false)
    expect(payLinks(wrapper)).toHaveLength(0)
    expect(wrapper.text()).toContain('expired')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('help')).toEqual([['ask-invoice']])
  })

  it('shows both figures for another amount and no code until consent is clicked', async () => {
    const asked = invoice(13_850)
    const order = fold(placed(), requested(asked, '[Total: 13850.0 sat]'))
    const wrapper = panel(order)
    expect(hasCode(wrapper)).toBe(false)
    expect(payLinks(wrapper)).toHaveLength(0)
    for (const figure of ['12,800 sat', '13,850 sat', '1,050 sat more', 'Total: 13850.0 sat']) {
      expect(wrapper.text()).toContain(figure)
    }
    await wrapper.trigger('keydown', { key: 'Enter' })
    await wrapper.setProps({ now: NOW + 1 })
    expect(wrapper.emitted('consent')).toBeUndefined()
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('consent')).toEqual([[asked.bolt11]])
  })

  it('shows the code once the consent is recorded', () => {
    const asked = invoice(13_850)
    const consented = fact(5, { type: 'amount-consented', bolt11: asked.bolt11 })
    expect(hasCode(panel(fold(placed(), requested(asked), consented)))).toBe(true)
  })

  it('says how long the merchant has been silent', () => {
    expect(panel(fold(placed('sat', 250))).text()).toContain(
      'The merchant has not answered yet (4 min). Most answer within a minute.',
    )
    const quiet = panel(fold(placed('sat', 7300)))
    expect(quiet.text()).toContain('No answer yet')
    expect(quiet.text()).toContain('reached the relays 2 h ago')
    const long = panel(fold(placed('sat', 3 * 86_400)))
    expect(long.text()).toContain('The merchant does not answer')
    expect(long.text()).toContain('2 days ago')
  })

  it('offers to send the same order again, to write and to order anew, and does none by itself', async () => {
    const wrapper = panel(fold(placed('sat', 7300)))
    const buttons = wrapper.findAll('button')
    expect(buttons.map((button) => button.text())).toEqual([
      'Send the same order again',
      'Write to the merchant',
      'Order anew',
    ])
    expect(wrapper.emitted('help')).toBeUndefined()
    for (const button of buttons) await button.trigger('click')
    expect(wrapper.emitted('help')).toEqual([['resend'], ['write'], ['order-again']])
  })

  it('is patient where the merchant has written something', () => {
    const wrapper = panel(fold(placed('sat', 7300)), { lastWordAt: NOW - 60 })
    expect(wrapper.text()).toContain('Waiting for the invoice')
  })

  it('shows no code to who says to have paid, and never says to pay again', async () => {
    const asked = invoice(12_800)
    const claim = {
      type: 'payment-claimed',
      paymentHash: asked.paymentHash,
      claimed: true,
    } as const
    const wrapper = panel(fold(placed(), requested(asked), fact(30, claim)))
    expect(hasCode(wrapper)).toBe(false)
    expect(payLinks(wrapper)).toHaveLength(0)
    expect(wrapper.text()).toContain('Waiting for the merchant to confirm')
    expect(wrapper.text()).toContain('Do not pay a second time.')
    await wrapper.get('input[name=preimage]').setValue('ab')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('prove')).toEqual([['ab']])
  })

  it('tells proof from the word of the merchant', () => {
    const asked = invoice(12_800)
    const said = panel(fold(placed(), requested(asked), reported(true, false, '')))
    expect(said.text()).toContain('The merchant says: paid')
    const known = panel(fold(placed(), requested(asked), proved(asked)))
    expect(known.text()).not.toContain('The merchant says')
    expect(known.text()).toContain('the merchant has still to confirm it')
  })

  it('says when the order is on no relay, and sends again', async () => {
    const wrapper = panel(fold(placed().slice(0, 1)))
    expect(wrapper.text()).toContain('not sent yet')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('gives the words of a failure reply', () => {
    const words = 'Order received, but cannot be processed. Please contact merchant.'
    const wrapper = panel(fold(placed(), fact(9, { type: 'cannot-be-processed', text: words })))
    expect(wrapper.text()).toContain(words)
    expect(hasCode(wrapper)).toBe(false)
  })

  it('hides the ways to pay while a wallet pays, and shows its problem after', async () => {
    const wrapper = panel(fold(placed(), requested(invoice(12_800))), { paying: true })
    expect(hasCode(wrapper)).toBe(false)
    expect(wrapper.text()).toContain('do not pay a second time')
    const problem = {
      code: 'refused',
      message: 'The wallet has no route.',
      retryable: true,
    } as const
    await wrapper.setProps({ paying: false, problem })
    expect(wrapper.get('[role=alert]').text()).toContain('The wallet has no route.')
  })

  it('warns when a payment was started before and nobody confirmed it', () => {
    const decoded = invoice(12_800)
    const attempt = fact(20, { type: 'payment-attempted', paymentHash: decoded.paymentHash })
    const wrapper = panel(fold(placed(), requested(decoded), attempt))
    expect(wrapper.text()).toContain('Look into your wallet before you pay again')
    const second = invoice(12_800, { paymentHash: 'ab'.repeat(32) })
    const replaced = panel(fold(placed(), requested(decoded), attempt, requested(second, '', 10)))
    expect(replaced.text()).toContain('Look into your wallet before you pay again')
  })

  it('turns calm when it is paid and says what comes next', () => {
    const decoded = invoice(12_800)
    const claimed = panel(fold(placed(), requested(decoded), reported(true, false, 'Thanks')))
    expect(claimed.text()).toContain('The merchant confirmed your payment.')
    expect(claimed.text()).toContain('on its way')
    expect(hasCode(claimed)).toBe(false)
    const wallet = panel(fold(placed('sat', 240, 'digital'), requested(decoded), proved(decoded)))
    expect(wallet.text()).toContain('the merchant has still to confirm it')
    expect(wallet.text()).toContain('files or links')
    expect(wallet.get('[role=status]').text()).toBe('Paid')
  })

  it('stays paid when a newer invoice arrives', () => {
    const decoded = invoice(12_800)
    const second = invoice(600, { paymentHash: 'ab'.repeat(32) })
    const wrapper = panel(
      fold(placed(), requested(decoded), proved(decoded), requested(second, '', 5)),
    )
    expect(hasCode(wrapper)).toBe(false)
    expect(wrapper.get('h2').text()).toBe('Paid')
    expect(wrapper.text()).toContain('12,800 sat')
  })

  it('tells a paid order that cannot be fulfilled from a paid one', () => {
    const refusal = fact(5, {
      type: 'cannot-be-fulfilled',
      text: 'Order cannot be fulfilled.',
      certain: true,
    })
    const wrapper = panel(fold(placed(), requested(invoice(12_800)), refusal))
    expect(wrapper.get('h2').text()).toBe('Paid, but not fulfilled')
    expect(wrapper.text()).toContain('return your money')
  })
})
