/** Sending an order once more: the same bytes, from where they are kept or from a relay. */
import { expect, it } from 'vitest'
import { placeOrder } from '@/actions/placeOrder'
import { resendOrder } from '@/actions/resendOrder'
import { sealMessage } from '@/actions/sendMessage'
import type { Fact, OrderState } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import type { VerifiedEvent } from '@/protocol/event'
import { T0 } from '../factories/events'
import { intended, orderRef, placed, pricing, request } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import {
  loggingSigner,
  outboxItem,
  sendPorts,
  testJournal,
  testOutbox,
  testPool,
} from '../factories/ports'

async function signedOrder(): Promise<VerifiedEvent> {
  const ports = { signer: loggingSigner(CUSTOMER), now: () => T0 }
  const sealed = await sealMessage(ports, MERCHANT.pubkey, { type: 'order', request: request() })
  if (!sealed.ok) throw new Error(sealed.reason.message)
  return sealed.value
}

const kept = (event: VerifiedEvent, text = JSON.stringify(event)): Fact => ({
  type: 'signed',
  id: `signed:${event.id}`,
  time: T0,
  source: { kind: 'client' },
  eventId: event.id,
  event: text,
})

function ports(waiting: readonly VerifiedEvent[] = []) {
  const impatient: string[] = []
  const outbox = testOutbox()
  const pool = testPool()
  const journal = testJournal()
  waiting.forEach((event) => outbox.enqueue(event))
  const asked = { ...outbox, retryNow: (id: string) => void impatient.push(id) }
  return { outbox: asked, pool, journal, now: () => T0 + 900, impatient }
}

const orderOf = (event: VerifiedEvent, ...facts: Fact[]): OrderState =>
  foldOrder(orderRef(), [placed({ id: event.id }), ...facts])

it('sends the bytes that are kept with the order, and notes it', async () => {
  const event = await signedOrder()
  const given = ports()
  const order = orderOf(event, kept(event))
  expect(await resendOrder(given, order)).toEqual({ ok: true, value: null })
  expect(given.outbox.sent.map((one) => JSON.stringify(one))).toEqual([JSON.stringify(event)])
  const facts = given.journal.records.map(({ fact }) => fact)
  expect(facts).toMatchObject([{ type: 'sent-again', eventId: event.id, time: T0 + 900 }])
  expect(orderOf(event, ...facts).sentAgainAt).toBe(T0 + 900)
  expect(given.pool.filters).toEqual([])
})

it('hurries what is under way instead of queueing it twice', async () => {
  const event = await signedOrder()
  const given = ports([event])
  await resendOrder(given, orderOf(event, kept(event)))
  expect([given.outbox.sent.length, given.impatient]).toEqual([1, [event.id]])
})

it.each([
  ['was placed on another device', []],
  ['was damaged in the storage', ['broken']],
])('an order whose signed text %s is taken from a relay', async (_why, texts) => {
  const event = await signedOrder()
  const given = ports()
  const order = orderOf(event, ...texts.map((text) => kept(event, text)))
  const sending = resendOrder(given, order)
  given.pool.deliver(event)
  expect((await sending).ok).toBe(true)
  expect(given.pool.filters).toEqual([{ ids: [event.id] }])
  expect(given.outbox.sent).toEqual([event])
})

it('says so when no relay has it', async () => {
  const event = await signedOrder()
  const given = ports()
  const sending = resendOrder(given, orderOf(event))
  given.pool.stored()
  expect(await sending).toMatchObject({
    ok: false,
    reason: expect.stringContaining('No relay has this order'),
  })
  expect([given.outbox.sent, given.journal.records]).toEqual([[], []])
})

it('is not sent for an identity that has left while a relay was asked', async () => {
  const event = await signedOrder()
  const given = ports()
  const sending = resendOrder(given, orderOf(event))
  given.journal.isLeft = true
  given.pool.deliver(event)
  expect(await sending).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Nothing was sent'),
  })
  expect([given.outbox.sent, given.journal.records]).toEqual([[], []])
})

it('is not hurried for an identity that has left', async () => {
  const event = await signedOrder()
  const given = ports([event])
  given.journal.isLeft = true
  expect((await resendOrder(given, orderOf(event, kept(event)))).ok).toBe(false)
  expect(given.impatient).toEqual([])
})

it('has nothing to send of an order that was never signed', async () => {
  const given = ports()
  const sent = await resendOrder(given, foldOrder(orderRef(), [intended()]))
  expect(sent).toMatchObject({ ok: false, reason: expect.stringContaining('was never signed') })
})

const TAKEN = 'wss://taken.example'
const DEAD = 'wss://dead.example'

it('goes to a relay that took it although the outbox still waits for another', async () => {
  const sending = sendPorts(CUSTOMER)
  const made = await placeOrder(sending.ports, MERCHANT.pubkey, request(), pricing())
  if (!made.ok) throw new Error(made.reason.message)
  const { event } = made.value
  const retried: (string | undefined)[] = []
  const again: (readonly string[] | undefined)[] = []
  const delivery = { reason: '', attempts: 1 }
  const outbox = {
    ...testOutbox(),
    items: () => [
      outboxItem(event, [
        { ...delivery, relay: TAKEN, outcome: 'accepted', nextAttemptAt: null },
        { ...delivery, relay: DEAD, outcome: 'unreachable', nextAttemptAt: 5 },
      ]),
    ],
    retryNow: (eventId?: string) => void retried.push(eventId),
  }
  const pool = {
    ...testPool([TAKEN, DEAD]),
    publish: async (_event: typeof event, options?: { readonly relays?: readonly string[] }) => {
      again.push(options?.relays)
      return []
    },
  }
  const facts = sending.journal.records.map(({ fact }) => fact)
  const order = foldOrder(orderRef(), facts)
  const { journal, now } = sending.ports
  expect(await resendOrder({ outbox, pool, journal, now }, order)).toEqual({
    ok: true,
    value: null,
  })
  expect(retried).toEqual([event.id])
  expect(again).toEqual([[TAKEN]])
})
