/** What ends after its identity has locked or been switched from: in memory until it is back. */
import type { Pubkey } from '@/domain/ids'

/** Stores one thing that came late, for the identity that is open then. */
type Keep = () => void

export interface LateFacts {
  add(identity: Pubkey, keep: Keep): void
  /** Stores what waits for an identity, now that it is back. What finds no room goes on waiting. */
  keepAll(identity: Pubkey): void
  /** It signed out: nothing waits for it any more, until it is back. */
  drop(identity: Pubkey): void
}

export function createLateFacts(): LateFacts {
  const waiting = new Map<Pubkey, readonly Keep[]>()
  const signedOut = new Set<Pubkey>()

  function add(identity: Pubkey, keep: Keep): void {
    if (signedOut.has(identity)) return
    waiting.set(identity, [...(waiting.get(identity) ?? []), keep])
  }

  return {
    add,
    keepAll(identity) {
      signedOut.delete(identity)
      const late = waiting.get(identity) ?? []
      waiting.delete(identity)
      for (const keep of late) {
        try {
          keep()
        } catch {
          add(identity, keep)
        }
      }
    },
    drop(identity) {
      signedOut.add(identity)
      waiting.delete(identity)
    },
  }
}
