/** The customer's own word that an invoice was paid, and the proof of it. */
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { claimPayment, provePayment } from '@/actions/claimPayment'
import { foldOrder } from '@/domain/orderFold'
import { T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import { orderRef, paymentRequested, placed } from '../factories/orders'
import { testJournal } from '../factories/ports'

const PREIMAGE = 'a5'.repeat(32)
const HASH = createHash('sha256').update(Buffer.from(PREIMAGE, 'hex')).digest('hex')

function order() {
  const journal = testJournal()
  let time = T0 + 10
  const ports = { journal, now: () => (time += 1) }
  const request = paymentRequested({ invoice: { ...invoice(), paymentHash: HASH } })
  const fold = () =>
    foldOrder(orderRef(), [placed(), request, ...journal.records.map(({ fact }) => fact)])
  return { journal, ports, fold }
}

it('a claim proves nothing, stands until it is taken back, and can be made again', () => {
  const { ports, fold } = order()
  const claims = [true, false, true].map((claimed) => {
    claimPayment(ports, orderRef(), HASH, claimed)
    const { paymentRequests, settlement } = fold()
    return [paymentRequests[0]?.claimed, settlement]
  })
  expect(claims).toEqual([
    [true, 'invoiced'],
    [false, 'invoiced'],
    [true, 'invoiced'],
  ])
})

it.each([
  ['as it is', PREIMAGE],
  ['in capitals, with spaces around it', `  ${PREIMAGE.toUpperCase()}\n`],
])('the right preimage proves the payment: %s', (_how, text) => {
  const { ports, fold } = order()
  expect(provePayment(ports, orderRef(), HASH, text)).toEqual({ ok: true, value: null })
  expect(fold()).toMatchObject({ settlement: 'paid-proved', paidConfirmed: false })
})

it.each([
  ['of another payment', '5a'.repeat(32), 'This preimage belongs to another payment.'],
  ['the payment hash itself', HASH, 'This preimage belongs to another payment.'],
  ['too short', PREIMAGE.slice(2), 'A preimage has 64 letters and digits'],
  ['nothing', '', 'A preimage has 64 letters and digits'],
  ['of other letters', 'g'.repeat(64), 'A preimage has 64 letters and digits'],
])('a preimage that is wrong proves nothing: %s', (_what, text, why) => {
  const { ports, journal, fold } = order()
  const proved = provePayment(ports, orderRef(), HASH, text)
  expect(proved.ok ? '' : proved.reason).toContain(why)
  expect([journal.records, fold().settlement]).toEqual([[], 'invoiced'])
})
