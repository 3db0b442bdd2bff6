/** Goes on with messages that were signed and never reached the outbox: the page was closed in between. */
import type { OrderState, SignedMessage } from '@/domain/order'
import { fail, type Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import { parseObject } from '@/protocol/json'
import type { Outbox } from '@/protocol/relay'
import { verifyEvent } from '@/protocol/verifyEvent'

/** The event out of its stored bytes: storage is not to be trusted with what is sent in one's name. */
export function signedEvent({ eventId, event }: SignedMessage): Result<VerifiedEvent> {
  const raw = parseObject(event)
  const verified = raw.ok ? verifyEvent(raw.value) : raw
  if (!verified.ok) return verified
  return verified.value.id === eventId ? verified : fail('it holds another event')
}

const hasProof = ({ tags }: VerifiedEvent): boolean => tags.some(([name]) => name === 'nonce')

/** True for bytes that were signed anew since, with a proof of work: the same words in a later message. */
const isReplaced = (event: VerifiedEvent, signed: readonly VerifiedEvent[]): boolean =>
  signed.some(
    (other) =>
      other.content === event.content &&
      (other.created_at > event.created_at ||
        (other.created_at === event.created_at && hasProof(other) && !hasProof(event))),
  )

/**
 * Hands over what no relay is known to have and the outbox does not hold. Harmless for what was sent
 * after all, since the same bytes count once. Answers with how many messages could not be read.
 */
export function resumeSending(outbox: Outbox, orders: Iterable<OrderState>): number {
  const waiting = new Set(outbox.items().map(({ event }) => event.id))
  let unreadable = 0
  for (const { signed } of orders) {
    if (signed.every(({ accepted, eventId }) => accepted || waiting.has(eventId))) continue
    const events = signed.map(signedEvent)
    unreadable += events.filter(({ ok }) => !ok).length
    const readable = events.flatMap((event) => (event.ok ? [event.value] : []))
    for (const { accepted, eventId } of signed) {
      const event = readable.find(({ id }) => id === eventId)
      if (accepted || waiting.has(eventId) || !event || isReplaced(event, readable)) continue
      outbox.enqueue(event)
    }
  }
  return unreadable
}
