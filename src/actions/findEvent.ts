/** Asks the relays for one event by its id, to look at it as it was published. */
import type { EventId } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'

const ASKING_MS = 8_000

const GONE = 'No relay has this event any more.'
const UNSURE = 'No relay sent this event, and not all of them answered. Try again later.'

/** The first genuine copy, or why there is none. Never rejects. */
export function findEvent(pool: RelayPool, id: EventId): Promise<Result<VerifiedEvent>> {
  return new Promise((resolve) => {
    const waiting = new Set(pool.urls)
    let unsure = false
    let ended = false
    function end(found: Result<VerifiedEvent>): void {
      if (ended) return
      ended = true
      clearTimeout(timer)
      subscription.close()
      resolve(found)
    }
    function without(relay: string): void {
      waiting.delete(relay)
      if (waiting.size === 0) end(fail(unsure ? UNSURE : GONE))
    }
    const timer = setTimeout(() => end(fail(UNSURE)), ASKING_MS)
    const subscription = pool.subscribe(
      [{ ids: [id] }],
      {
        onEvent: (event) => end(ok(event)),
        onStored: without,
        onClosed(relay) {
          unsure = true
          without(relay)
        },
      },
      { storedOnly: true },
    )
  })
}
