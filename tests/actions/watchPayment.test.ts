/** The customer hears "paid" on the wallet's word only. */
import { describe, expect, it, vi } from 'vitest'
import { watchPayment } from '@/actions/watchPayment'
import { foldOrder } from '@/domain/orderFold'
import { invoice } from '../factories/invoices'
import { orderRef, paymentRequested, placed } from '../factories/orders'
import { MERCHANT } from '../factories/people'
import {
  DECLINED,
  decliningSigner,
  sendPorts,
  settled,
  testIssuer,
  UNREACHABLE,
  withOrder,
} from '../factories/ports'

function watching(overrides: Parameters<typeof sendPorts>[1] = {}) {
  const issuer = testIssuer()
  const sending = sendPorts(MERCHANT, overrides)
  const handlers = { onPaid: vi.fn(), onProblem: vi.fn(), onFailed: vi.fn() }
  const { signal } = new AbortController()
  const ports = { ...sending.ports, issuer, withOrder: withOrder() }
  watchPayment(ports, orderRef(), invoice().paymentHash, signal, handlers)
  return { ...sending, ...handlers, issuer }
}

describe('watching an invoice', () => {
  it('stores the proof, then tells the customer', async () => {
    const { issuer, log, journal, onPaid } = watching()
    issuer.settle({ paid: true })
    await vi.waitFor(() => expect(onPaid).toHaveBeenCalledOnce())
    expect(log).toEqual([
      'journal: payment-proved',
      'encrypt',
      'sign',
      'journal: status-reported',
      'journal: signed',
      'outbox',
    ])
    const facts = journal.records.map(({ fact }) => fact)
    const order = foldOrder(orderRef(), [placed(), paymentRequested(), ...facts])
    expect(order).toMatchObject({ settlement: 'paid-proved', paidConfirmed: true })
  })

  it.each([
    ['a failed invoice', { failed: true }],
    ['a preimage without the word "paid"', { preimage: '00'.repeat(32) }],
  ])('sends nothing for %s', async (_, status) => {
    const { issuer, log, onPaid } = watching()
    issuer.settle(status)
    await settled()
    expect(log).toEqual([])
    expect(onPaid).not.toHaveBeenCalled()
  })

  it('passes trouble on', async () => {
    const { issuer, onProblem } = watching()
    issuer.problem(UNREACHABLE)
    expect(onProblem).toHaveBeenCalledWith(UNREACHABLE)
  })

  it('keeps the proof when the signer declines, and says so', async () => {
    const { issuer, log, onPaid, onProblem } = watching({ signer: decliningSigner(MERCHANT) })
    issuer.settle({ paid: true })
    await vi.waitFor(() => expect(onProblem).toHaveBeenCalledWith(DECLINED))
    expect(log).toEqual(['journal: payment-proved'])
    expect(onPaid).not.toHaveBeenCalled()
  })

  it('says when the proof cannot be stored, and sends nothing', async () => {
    const { issuer, journal, outbox, onFailed } = watching()
    journal.failure = new Error('The storage is full.')
    issuer.settle({ paid: true })
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalledWith(journal.failure))
    expect(outbox.sent).toEqual([])
  })
})
