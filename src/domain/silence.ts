/** A merchant that says nothing: derived from an order and the clock, since the fold has no clock. */
import type { OrderState } from './order'

/**
 * Merchant software that is online answers within seconds (the LNbits nostrmarket in under one), one
 * that just starts up within half a minute: after ten minutes it is away, or a person answers.
 */
export const QUIET_AFTER_SECONDS = 10 * 60
/** A person who looks in once a day has looked by then. */
export const LONG_AFTER_SECONDS = 24 * 60 * 60

export interface Silence {
  /** `quiet`: nothing unusual yet. `long`: an answer is no longer likely by itself. */
  readonly level: 'quiet' | 'long'
  /** Seconds since the order reached a relay. */
  readonly seconds: number
  /** Seconds since it was sent again; null when it was not. */
  readonly sentAgo: number | null
}

/** Unix seconds when the order first reached a relay; null while it reached none. */
export function reachedRelayAt(order: OrderState): number | null {
  if (order.placedEventId === null) return null
  const accepted = order.relayAnswers.filter((answer) => answer.accepted).map(({ time }) => time)
  if (accepted.length > 0) return Math.min(...accepted)
  const madeHere = order.timeline.some(({ type }) => type === 'intended')
  // One that was found on relays has no answers here, but was sent.
  return madeHere || order.relayAnswers.length > 0 ? null : order.placedAt
}

const isAnswered = (order: OrderState): boolean =>
  order.answeredAt !== null ||
  order.settlement !== 'awaiting-invoice' ||
  order.fulfilment !== 'placed'

/**
 * How long a merchant has been silent about a sent order; null while that is nothing to speak of.
 * After sending again the patience begins anew, but a long silence stays long.
 *
 * @param lastWordAt unix seconds of the merchant's last plain text since the order, or null
 * @param now unix seconds
 */
export function silenceOf(
  order: OrderState,
  lastWordAt: number | null,
  now: number,
): Silence | null {
  const since = reachedRelayAt(order)
  if (since === null || isAnswered(order) || lastWordAt !== null) return null
  const seconds = now - since
  const sentAgo = order.sentAgainAt > 0 ? Math.max(0, now - order.sentAgainAt) : null
  if (seconds >= LONG_AFTER_SECONDS) return { level: 'long', seconds, sentAgo }
  const patient = Math.min(seconds, sentAgo ?? seconds) < QUIET_AFTER_SECONDS
  return patient ? null : { level: 'quiet', seconds, sentAgo }
}
