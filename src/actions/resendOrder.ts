/** Has an order sent to all relays once more: the very same signed bytes, never another order. */
import type { EventId, OrderRef } from '@/domain/ids'
import type { OrderState } from '@/domain/order'
import { fail, ok, type Result } from '@/domain/result'
import { askRelays } from '@/protocol/askRelays'
import type { VerifiedEvent } from '@/protocol/event'
import type { Outbox, RelayPool } from '@/protocol/relay'
import type { Clock, SendJournal } from './ports'
import { signedEvent } from './resumeSending'
import { NOT_IN_USE } from './sendMessage'

export interface ResendPorts {
  readonly outbox: Outbox
  readonly pool: RelayPool
  readonly journal: SendJournal
  readonly now: Clock
}

/** The signed message as some relay has it: for orders that were placed on another device. */
async function askForIt(pool: RelayPool, id: EventId): Promise<VerifiedEvent | null> {
  const { events } = await askRelays(pool, [{ ids: [id] }], {
    isEnough: (soFar) => soFar.events.length > 0,
  })
  return events[0] ?? null
}

async function bytesOf(
  pool: RelayPool,
  { signed }: OrderState,
  id: EventId,
): Promise<VerifiedEvent | null> {
  const kept = signed.find(({ eventId }) => eventId === id)
  const event = kept ? signedEvent(kept) : null
  return event?.ok ? event.value : askForIt(pool, id)
}

/** Sends the order again. The reason of a failure is meant for the person. */
export async function resendOrder(ports: ResendPorts, order: OrderState): Promise<Result<null>> {
  const { merchant, customer, orderId, placedEventId } = order
  if (!placedEventId) return fail('This order was never signed. Sign and send it first.')
  if (!ports.journal.isOpen()) return fail(NOT_IN_USE)
  const waiting = ports.outbox.items().find(({ event }) => event.id === placedEventId)
  if (waiting) {
    ports.outbox.retryNow(placedEventId)
    // The outbox is through with those that took it, and a relay may have lost it since.
    const taken = waiting.deliveries.filter(({ outcome }) => outcome === 'accepted')
    void ports.pool.publish(waiting.event, { relays: taken.map(({ relay }) => relay) })
  } else {
    const event = await bytesOf(ports.pool, order, placedEventId)
    if (!event) {
      return fail('No relay has this order right now, and it was placed on another device.')
    }
    // A relay may have been long in giving it back.
    if (!ports.journal.isOpen()) return fail(NOT_IN_USE)
    ports.outbox.enqueue(event)
  }
  const ref: OrderRef = { merchant, customer, orderId }
  const time = ports.now()
  const id = `sent-again:${placedEventId}:${time}`
  const source = { kind: 'client' } as const
  ports.journal.record(ref, [{ type: 'sent-again', id, time, source, eventId: placedEventId }])
  return ok(null)
}
