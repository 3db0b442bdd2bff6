/** How far an order has travelled, relay by relay, in words. */
import { relayName } from '@/domain/delivery'
import type { RelayAnswer } from '@/domain/order'

/** Where sending stands at one relay. An outbox delivery has this shape. */
export interface RelayDelivery {
  readonly relay: string
  readonly outcome: 'pending' | 'accepted' | 'refused' | 'timed-out' | 'unreachable'
  /** The relay's words, or ours where it said nothing. */
  readonly reason: string
  /** Unix milliseconds of the next attempt; null when there will be none. */
  readonly nextAttemptAt: number | null
}

/** Deliveries as an order remembers them, with the relays that have not answered yet. */
export function deliveriesOf(
  answers: readonly RelayAnswer[],
  relays: readonly string[] = [],
): RelayDelivery[] {
  const answered = answers.map((answer): RelayDelivery => ({
    relay: answer.relay,
    outcome: answer.accepted ? 'accepted' : answer.retrying ? 'pending' : 'refused',
    reason: answer.reason,
    nextAttemptAt: null,
  }))
  const known = new Set(answers.map((answer) => answer.relay))
  const silent = relays.filter((relay) => !known.has(relay))
  return [
    ...answered,
    ...silent.map((relay): RelayDelivery => ({
      relay,
      outcome: 'pending',
      reason: '',
      nextAttemptAt: null,
    })),
  ]
}

const waits = ({ outcome, nextAttemptAt }: RelayDelivery): boolean =>
  outcome === 'pending' || (outcome !== 'accepted' && nextAttemptAt !== null)

/** The first relay that has not got it, and why: the others are in the list. */
function missing(deliveries: readonly RelayDelivery[]): string {
  const rest = deliveries.filter(({ outcome }) => outcome !== 'accepted')
  const first = rest.find(({ outcome }) => outcome === 'refused') ?? rest[0]
  if (!first) return ''
  const more = rest.length > 1 ? `; ${rest.length - 1} more` : ''
  return ` (${relayName(first.relay)}: ${lowerFirst(deliveryWords(first))}${more})`
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/**
 * `Sent to 2 of 3 relays (one.example: refused: blocked)`, or what is the case instead. Never "sent"
 * before a relay said so.
 */
export function deliverySummary(deliveries: readonly RelayDelivery[]): string {
  const sent = deliveries.filter(({ outcome }) => outcome === 'accepted').length
  const relays = deliveries.length === 1 ? 'relay' : 'relays'
  if (sent > 0) return `Sent to ${sent} of ${deliveries.length} ${relays}${missing(deliveries)}`
  if (deliveries.length === 0) return 'No relay to send to'
  return deliveries.some(waits) ? 'Saved, not sent yet' : 'Saved, but no relay took it'
}

const OUTCOMES: Record<RelayDelivery['outcome'], string> = {
  pending: 'Waiting for an answer',
  accepted: 'Received',
  refused: 'Refused',
  'timed-out': 'Did not answer in time',
  unreachable: 'Could not be reached',
}

const REFUSED_WITHOUT_WORDS = 'Refused without a reason'

/** One relay's answer in words: its own where it said something, ours where it did not. */
export function deliveryWords({ outcome, reason }: RelayDelivery): string {
  if (outcome === 'pending' && reason) return `Will be tried again: ${reason}`
  if (outcome === 'refused')
    return reason ? `${OUTCOMES.refused}: ${reason}` : REFUSED_WITHOUT_WORDS
  return outcome === 'unreachable' && reason ? reason : OUTCOMES[outcome]
}

/** When a relay is asked again, in words; empty when it will not be. */
export function retryWords(delivery: RelayDelivery, nowMs: number): string {
  if (delivery.nextAttemptAt === null || delivery.outcome === 'accepted') return ''
  const seconds = Math.max(0, Math.round((delivery.nextAttemptAt - nowMs) / 1000))
  return seconds < 2 ? 'Trying again now' : `Trying again in ${seconds} s`
}
