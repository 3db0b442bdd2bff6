/** The merchant's side: invoices, payments, shipping and refusals. */
import { describe, expect, it } from 'vitest'
import { refuseOrder } from '@/actions/refuseOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import type { Sat } from '@/domain/money'
import type { Fact } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import { orderRef, placed } from '../factories/orders'
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
