/** How an outbox item changes with each relay's answer. Pure. */
import type { VerifiedEvent } from '@/protocol/event'
import type { Delivery, OutboxItem, PublishAnswer } from '@/protocol/relay'
import { classifyAnswer, retryDelay } from './retryPolicy'

const firstAttempt = (relay: string, now: number): Delivery => ({
  relay,
  outcome: 'pending',
  reason: '',
  attempts: 0,
  nextAttemptAt: now,
})

/** `now` in unix milliseconds. */
export const newItem = (
  event: VerifiedEvent,
  relays: readonly string[],
  now: number,
): OutboxItem => ({
  event,
  deliveries: relays.map((relay) => firstAttempt(relay, now)),
  queuedAt: Math.floor(now / 1000),
})

/** Something is still to be sent. */
export const isOpen = (item: OutboxItem): boolean =>
  item.deliveries.some(({ nextAttemptAt }) => nextAttemptAt !== null)

/** Every relay has a final answer and at least one accepted: nothing is left to keep. */
export const isDone = (item: OutboxItem): boolean =>
  !isOpen(item) && item.deliveries.some(({ outcome }) => outcome === 'accepted')

export function afterAnswer(
  delivery: Delivery,
  answer: PublishAnswer,
  now: number,
  random: () => number,
): Delivery {
  const attempts = delivery.attempts + 1
  const again = classifyAnswer(answer, attempts) === 'retry'
  return {
    relay: delivery.relay,
    outcome: answer.outcome,
    reason: answer.reason,
    attempts,
    nextAttemptAt: again ? now + retryDelay(attempts, random) : null,
  }
}

export const withDelivery = (item: OutboxItem, changed: Delivery): OutboxItem => ({
  ...item,
  deliveries: item.deliveries.map((delivery) =>
    delivery.relay === changed.relay ? changed : delivery,
  ),
})

/** Makes the chosen deliveries due now. The same item when there is none. */
export function dueNow(
  item: OutboxItem,
  now: number,
  chosen: (delivery: Delivery) => boolean,
): OutboxItem {
  const early = (delivery: Delivery) =>
    (delivery.nextAttemptAt ?? Infinity) > now && chosen(delivery)
  if (!item.deliveries.some(early)) return item
  const deliveries = item.deliveries.map((delivery) =>
    early(delivery) ? { ...delivery, nextAttemptAt: now } : delivery,
  )
  return { ...item, deliveries }
}

/** Waiting only because the relay could not be reached: worth a try as soon as it can. */
export const waitsForRelay = ({ outcome, nextAttemptAt }: Delivery): boolean =>
  nextAttemptAt !== null && outcome !== 'accepted' && outcome !== 'refused'

/** An item of an earlier run: what is open is due at once, and relays chosen since are added. */
export function resumed(item: OutboxItem, relays: readonly string[], now: number): OutboxItem {
  if (item.deliveries.length === 0)
    return { ...newItem(item.event, relays, now), queuedAt: item.queuedAt }
  return dueNow(item, now, ({ nextAttemptAt }) => nextAttemptAt !== null)
}
