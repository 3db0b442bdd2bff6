/** Checks signatures on this thread: in Node, and in a browser whose worker fails. */
import type { UnverifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { wait } from './timing'
import type { Verifier } from './verifier'

/** Time on this thread before others get their turn. */
const SLICE_MS = 20

const verifyOne = (event: UnverifiedEvent): boolean => verifyEvent(event).ok

/** Verifies on this thread, with pauses so that nothing else waits long. */
export function createInlineVerifier(
  verify: (event: UnverifiedEvent) => boolean = verifyOne,
): Verifier {
  return {
    async verify(events) {
      const results: boolean[] = []
      let sliceEnd = performance.now() + SLICE_MS
      for (const event of events) {
        if (performance.now() > sliceEnd) {
          await wait(0)
          sliceEnd = performance.now() + SLICE_MS
        }
        results.push(verify(event))
      }
      return results
    },
  }
}
