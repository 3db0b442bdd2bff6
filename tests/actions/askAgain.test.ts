/** Asking all relays once more for a merchant's answers. */
import { expect, it } from 'vitest'
import { askAgain } from '@/actions/askAgain'
import { sealMessage } from '@/actions/sendMessage'
import type { OrderId } from '@/domain/ids'
import { foldOrder } from '@/domain/orderFold'
import { decodeInvoice } from '@/payments/bolt11'
import { sealEnvelope } from '@/protocol/directMessage'
import type { VerifiedEvent } from '@/protocol/event'
import { localSigner } from '@/signing/localKey'
import { T0 } from '../factories/events'
import { orderRef, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { loggingSigner, testJournal, testPool } from '../factories/ports'

const RELAYS = ['wss://one.example', 'wss://two.example']
const ORDER = foldOrder(orderRef(), [placed()])

async function paidReport(time = T0 + 60): Promise<VerifiedEvent> {
  const ports = { signer: loggingSigner(MERCHANT), now: () => time }
  const status = { paid: true, shipped: null, text: 'Thank you.' }
  const orderId = 'order-1' as OrderId
  const sealed = await sealMessage(ports, CUSTOMER.pubkey, { type: 'status', orderId, ...status })
  if (!sealed.ok) throw new Error(sealed.reason.message)
  return sealed.value
}

async function unreadable(): Promise<VerifiedEvent> {
  const signed = await localSigner(MERCHANT.secretKey).sign(
    sealEnvelope(CUSTOMER.pubkey, 'bm90IGVuY3J5cHRlZA==?iv=AAAA', T0),
  )
  if (!signed.ok) throw new Error(signed.reason.message)
  return signed.value
}

function ask(known: readonly VerifiedEvent[] = []) {
  const pool = testPool(RELAYS)
  const journal = testJournal()
  const signer = loggingSigner(CUSTOMER)
  const isKnown = (id: string) => known.some((event) => event.id === id)
  const asked = askAgain({ pool, signer, journal, decodeInvoice, isKnown }, ORDER)
  const stored = () => RELAYS.forEach((relay) => pool.stored(relay))
  return { pool, journal, asked, stored }
}

it('records what was not known, from this merchant to this customer', async () => {
  const report = await paidReport()
  const { pool, journal, asked, stored } = ask()
  pool.deliver(report)
  stored()
  expect(await asked).toEqual({ found: 1, answered: 2 })
  expect(journal.records.map(({ fact }) => fact)).toMatchObject([
    { type: 'status-reported', id: report.id, paid: true },
  ])
  expect(pool.filters).toMatchObject([{ authors: [MERCHANT.pubkey], '#p': [CUSTOMER.pubkey] }])
  expect(pool.filters[0]?.since).toBeLessThan(ORDER.placedAt)
  expect(pool.closed()).toBe(true)
})

it('counts neither what is known nor what cannot be read', async () => {
  const report = await paidReport()
  const { pool, journal, asked, stored } = ask([report])
  pool.deliver(report)
  pool.deliver(await unreadable())
  stored()
  expect(await asked).toEqual({ found: 0, answered: 2 })
  expect(journal.records).toEqual([])
})
