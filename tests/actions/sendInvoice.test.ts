/** The merchant's side: invoices, payments, shipping and refusals. */
import { describe, expect, it } from 'vitest'
import { refuseOrder } from '@/actions/refuseOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import type { Sat } from '@/domain/money'
import type { Fact } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import { ok, fail } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import { bolt11 } from '../factories/invoices'
import { orderRef, paymentRequested, placed } from '../factories/orders'
import { MERCHANT } from '../factories/people'
import { DECLINED, decliningSigner, sendPorts, testIssuer, UNREACHABLE } from '../factories/ports'

const AMOUNT = 1100 as Sat
const ORDER = foldOrder(orderRef(), [placed()])
const RECEIPT = '1 x Tea'
const foldOf = (records: readonly { fact: Fact }[]) =>
  foldOrder(orderRef(), [placed(), ...records.map(({ fact }) => fact)])

describe('sending an invoice', () => {
  it('stores the intent before the wallet is asked', async () => {
    const { ports, log } = sendPorts(MERCHANT)
    await sendInvoice({ ...ports, issuer: testIssuer(log) }, ORDER, AMOUNT, RECEIPT)
    expect(log).toEqual([
      'journal: invoice-intended',
      'wallet',
      'encrypt',
      'sign',
      'journal: payment-requested',
      'journal: signed',
      'outbox',
    ])
  })

  it('gives an invoiced order', async () => {
    const { ports, journal } = sendPorts(MERCHANT)
    const issuer = testIssuer()
    const sent = await sendInvoice({ ...ports, issuer }, ORDER, AMOUNT, RECEIPT)
    const order = foldOf(journal.records)
    expect(order.settlement).toBe('invoiced')
    expect(order.paymentRequests[0]).toMatchObject({ text: RECEIPT, invoiceProblem: null })
    expect(sent.ok && order.paymentRequests[0]?.invoice).toEqual(sent.ok && sent.value)
  })

  it('tells the wallet which order it is for', async () => {
    const { ports } = sendPorts(MERCHANT)
    const issuer = testIssuer()
    await sendInvoice({ ...ports, issuer }, ORDER, AMOUNT, RECEIPT)
    expect(issuer.requests).toMatchObject([{ amount: AMOUNT, order: orderRef() }])
  })

  it('sends nothing when the wallet fails, and says why', async () => {
    const { ports, outbox } = sendPorts(MERCHANT)
    const issuer = testIssuer([], UNREACHABLE)
    const sent = await sendInvoice({ ...ports, issuer }, ORDER, AMOUNT, RECEIPT)
    expect(sent).toEqual({ ok: false, reason: UNREACHABLE })
    expect(outbox.sent).toEqual([])
  })

  it('claims no invoice when the signer declines', async () => {
    const { ports, journal } = sendPorts(MERCHANT, { signer: decliningSigner(MERCHANT) })
    const sent = await sendInvoice({ ...ports, issuer: testIssuer() }, ORDER, AMOUNT, RECEIPT)
    expect(sent).toEqual({ ok: false, reason: DECLINED })
    expect(foldOf(journal.records).settlement).toBe('awaiting-invoice')
  })

  it('asks no wallet when the intent cannot be stored', async () => {
    const { ports, journal } = sendPorts(MERCHANT)
    const issuer = testIssuer()
    journal.failure = new Error('The storage is full.')
    const sending = sendInvoice({ ...ports, issuer }, ORDER, AMOUNT, RECEIPT)
    await expect(sending).rejects.toThrow('The storage is full.')
    expect(issuer.requests).toEqual([])
  })
})

it('refusing an order ends it with the reason', async () => {
  const { ports, journal } = sendPorts(MERCHANT)
  await refuseOrder(ports, orderRef(), 'Sold out')
  const order = foldOf(journal.records)
  expect(order).toMatchObject({ fulfilment: 'unfulfillable', paymentRequests: [] })
  expect(order.timeline.at(-1)?.words).toBe('Sold out')
})

describe('an invoice whose answer was lost', () => {
  const made = (amountMsat: number) => {
    const decoded = decodeInvoice(bolt11({ amountMsat }))
    if (!decoded.ok) throw new Error(decoded.reason)
    return decoded.value
  }

  it('is found at the wallet and sent, and no second one is made', async () => {
    const { ports, journal } = sendPorts(MERCHANT, { signer: decliningSigner(MERCHANT) })
    const first = testIssuer()
    await sendInvoice({ ...ports, issuer: first }, ORDER, AMOUNT, RECEIPT)
    const issuer = { ...testIssuer(), findInvoices: async () => ok([made(9), made(1_100_000)]) }
    const again = sendPorts(MERCHANT)
    const order = foldOf(journal.records)
    const sent = await sendInvoice({ ...again.ports, issuer }, order, AMOUNT, RECEIPT)
    expect(sent).toEqual(ok(made(1_100_000)))
    expect(issuer.requests).toEqual([])
  })

  it('is looked for at once after a time-out', async () => {
    const { ports } = sendPorts(MERCHANT)
    const found = made(1_100_000)
    const issuer = { ...testIssuer([], UNREACHABLE), findInvoices: async () => ok([found]) }
    expect(await sendInvoice({ ...ports, issuer }, ORDER, AMOUNT, RECEIPT)).toEqual(ok(found))
  })

  it('leads to none where the wallet cannot say', async () => {
    const { ports } = sendPorts(MERCHANT)
    const order = foldOf([{ fact: paymentRequested() }])
    const issuer = { ...testIssuer(), findInvoices: async () => fail(UNREACHABLE) }
    const sent = await sendInvoice({ ...ports, issuer }, order, AMOUNT, RECEIPT)
    expect([sent, issuer.requests]).toEqual([fail(UNREACHABLE), []])
  })
})
