/** The same order once more: to every relay, also to those that the outbox is through with. */
import { expect, it } from 'vitest'
import { placeOrder } from '@/actions/placeOrder'
import { resendOrder } from '@/actions/resendOrder'
import { foldOrder } from '@/domain/orderFold'
import { orderRef, pricing, request } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { outboxItem, sendPorts, testOutbox, testPool } from '../factories/ports'

const TAKEN = 'wss://taken.example'
const DEAD = 'wss://dead.example'

it('goes to a relay that took it although the outbox still waits for another', async () => {
  const sending = sendPorts(CUSTOMER)
  const placed = await placeOrder(sending.ports, MERCHANT.pubkey, request(), pricing())
  if (!placed.ok) throw new Error(placed.reason.message)
  const { event } = placed.value
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
