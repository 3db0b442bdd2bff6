/** What a relay answered about an order message, as a fact of that order. */
import type { Fact } from '@/domain/order'
import { KIND } from '@/protocol/event'
import type { Delivery, OutboxItem } from '@/protocol/relay'

const relaySaid = (delivery: Delivery): string => {
  if (delivery.reason) return delivery.reason
  return delivery.outcome === 'timed-out' ? 'It did not answer in time.' : 'It cannot be reached.'
}

/** The fact of one relay's answer to `item`, or null while there is none. */
export function deliveryFact(item: OutboxItem, delivery: Delivery, now: number): Fact | null {
  const { relay, outcome, attempts } = delivery
  const source = { kind: 'relay', url: relay } as const
  const eventId = item.event.id
  if (outcome === 'pending') return null
  if (outcome === 'accepted') {
    const id = `accepted:${eventId}:${relay}`
    return { type: 'accepted-by-relay', id, time: now, source, eventId, relay }
  }
  const retrying = delivery.nextAttemptAt !== null
  // One fact an attempt would grow without end while a relay is down: the state is what counts.
  const id = `refused:${eventId}:${relay}:${outcome}:${retrying ? 'retrying' : 'final'}`
  const reason = relaySaid(delivery)
  return attempts === 0
    ? null
    : { type: 'refused-by-relay', id, time: now, source, eventId, relay, reason, retrying }
}

/** A fact for every relay that has answered. */
export const deliveryFacts = (item: OutboxItem, now: number): readonly Fact[] =>
  item.deliveries.flatMap((delivery) => deliveryFact(item, delivery, now) ?? [])

/** True for what belongs to an order or a conversation, false for what is public. */
export const isMessage = ({ event }: OutboxItem): boolean => event.kind === KIND.directMessage
