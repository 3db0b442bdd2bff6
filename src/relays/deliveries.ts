/** How an outbox item changes with each relay's answer. Pure. */
import { newerFirst, type VerifiedEvent } from '@/protocol/event'
import type { Delivery, OutboxItem, PublishAnswer } from '@/protocol/relay'
import { classifyAnswer, retryDelay, type RetryTimes } from './retryPolicy'

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

export const isAccepted = (item: OutboxItem): boolean =>
  item.deliveries.some(({ outcome }) => outcome === 'accepted')

/** Every relay has a final answer and at least one accepted: nothing is left to send. */
export const isDone = (item: OutboxItem): boolean => !isOpen(item) && isAccepted(item)

export function afterAnswer(
  delivery: Delivery,
  answer: PublishAnswer,
  now: number,
  random: () => number,
  times?: RetryTimes,
): Delivery {
  const attempts = delivery.attempts + 1
  const again = classifyAnswer(answer, attempts) === 'retry'
  return {
    relay: delivery.relay,
    outcome: answer.outcome,
    reason: answer.reason,
    attempts,
    nextAttemptAt: again ? now + retryDelay(attempts, random, times) : null,
  }
}

/** What a replaceable event replaces (NIP-01): kind, author and `d`. Null for all other events. */
export function replacedAddress({ kind, pubkey, tags }: VerifiedEvent): string | null {
  if (kind === 0 || kind === 3 || (kind >= 10_000 && kind < 20_000)) return `${kind}:${pubkey}:`
  if (kind < 30_000 || kind >= 40_000) return null
  return `${kind}:${pubkey}:${tags.find(([name]) => name === 'd')?.[1] ?? ''}`
}

/** True when relays keep `newer` in place of `older`. */
export function supersedes(newer: VerifiedEvent, older: VerifiedEvent): boolean {
  const address = replacedAddress(newer)
  return (
    address !== null &&
    newer.id !== older.id &&
    address === replacedAddress(older) &&
    newerFirst(newer, older) < 0
  )
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
