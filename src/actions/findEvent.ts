/** Asks the relays for one event by its id, to look at it as it was published. */
import type { EventId } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { askRelays } from '@/protocol/askRelays'
import type { VerifiedEvent } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'

const GONE = 'No relay has this event any more.'
const UNSURE = 'No relay sent this event, and not all of them answered. Try again later.'

/** The first genuine copy, or why there is none. Never rejects. */
export async function findEvent(pool: RelayPool, id: EventId): Promise<Result<VerifiedEvent>> {
  const { events, answered } = await askRelays(pool, [{ ids: [id] }], {
    isEnough: (soFar) => soFar.events.length > 0,
  })
  const [found] = events
  if (found) return ok(found)
  return fail(answered === pool.urls.length ? GONE : UNSURE)
}
