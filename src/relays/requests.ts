/** The REQs of one subscription at one relay: which are open, and how each one's stored part ends. */
import type { Filter } from '@/protocol/relay'
import type { RelayConnection } from './connection'
import type { RelayFrame } from './frames'
import { createTimer, type RelayTimeouts, type Timer } from './timing'

export type Ending =
  | { readonly type: 'stored' }
  | { readonly type: 'closed'; readonly reason: string }
  /** The connection went, or nobody waits any longer. */
  | { readonly type: 'abandoned' }

interface Waiting {
  readonly silence: Timer
  /** Against a relay that drips events for ever: it is silent from then on, whatever it sends. */
  readonly patience: Timer
  readonly end: (ending: Ending) => void
}

export interface Requests {
  /** Sends a REQ; `onSilent` is called once when its stored part does not end in time. */
  send(id: string, filters: readonly Filter[], onSilent: () => void): Promise<Ending>
  onFrame(frame: RelayFrame): void
  /** True for a REQ that was sent and not ended by us or by the relay. */
  owns(id: string): boolean
  /** True while the stored part of a REQ has not ended. */
  waits(id: string): boolean
  /** Stops waiting for the stored part. */
  end(id: string): void
  /** Tells the relay that a REQ is over. */
  forget(id: string): void
  /** The connection is gone, and all REQs with it. */
  forgetAll(): void
  closeAll(): void
}

const PATIENCE = 10

export function createRequests(connection: RelayConnection, timeouts: RelayTimeouts): Requests {
  const open = new Set<string>()
  const waiting = new Map<string, Waiting>()
  const silenced = new Map<string, () => void>()

  function finish(id: string, ending: Ending) {
    const found = waiting.get(id)
    waiting.delete(id)
    silenced.delete(id)
    found?.silence.clear()
    found?.patience.clear()
    found?.end(ending)
  }

  function forget(id: string) {
    finish(id, { type: 'abandoned' })
    if (open.delete(id)) connection.send(['CLOSE', id])
  }

  function forgetAll() {
    open.clear()
    for (const id of [...waiting.keys()]) finish(id, { type: 'abandoned' })
  }

  function tellSilent(id: string) {
    const tell = silenced.get(id)
    silenced.delete(id)
    tell?.()
  }

  return {
    send(id, filters, onSilent) {
      finish(id, { type: 'abandoned' })
      return new Promise((end) => {
        const silence = createTimer()
        const patience = createTimer()
        waiting.set(id, { silence, patience, end })
        silenced.set(id, onSilent)
        silence.set(timeouts.stored, () => tellSilent(id))
        patience.set(timeouts.stored * PATIENCE, () => tellSilent(id))
        open.add(id)
        connection.send(['REQ', id, ...filters])
      })
    },
    onFrame(frame) {
      if (!('subscription' in frame)) return
      const id = frame.subscription
      if (frame.type === 'EVENT') {
        if (silenced.has(id)) waiting.get(id)?.silence.set(timeouts.stored, () => tellSilent(id))
      } else if (frame.type === 'EOSE') {
        finish(id, { type: 'stored' })
      } else if (frame.type === 'CLOSED') {
        open.delete(id)
        finish(id, { type: 'closed', reason: frame.reason })
      }
    },
    owns: (id) => open.has(id),
    waits: (id) => waiting.has(id),
    end: (id) => finish(id, { type: 'abandoned' }),
    forget,
    forgetAll,
    closeAll() {
      for (const id of [...open]) forget(id)
    },
  }
}
