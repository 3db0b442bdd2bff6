/** What ends after its identity has signed out, locked or been switched from: in memory until it is back. */
import type { Pubkey } from '@/domain/ids'

/** Stores one thing that came late, for the identity that is open then. */
type Keep = () => void

export interface LateFacts {
  add(identity: Pubkey, keep: Keep): void
  /** Stores what waits for an identity, now that it is back. What finds no room goes on waiting. */
  keepAll(identity: Pubkey): void
  drop(identity: Pubkey): void
}

export function createLateFacts(): LateFacts {
  const waiting = new Map<Pubkey, readonly Keep[]>()

  function add(identity: Pubkey, keep: Keep): void {
    waiting.set(identity, [...(waiting.get(identity) ?? []), keep])
  }

  return {
    add,
    keepAll(identity) {
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
    drop: (identity) => void waiting.delete(identity),
  }
}
