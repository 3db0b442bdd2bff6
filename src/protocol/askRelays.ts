/** Asks the relays of a pool for what they have stored, until each has answered or the time is up. */
import type { VerifiedEvent } from './event'
import type { Filter, RelayPool } from './relay'

/** Relays that are connected answer at once; one that is not need not be waited for longer. */
const ASKING_MS = 8_000

export interface Answers {
  readonly events: readonly VerifiedEvent[]
  /** How many relays have told everything that they have. */
  readonly answered: number
}

export interface AskOptions {
  /** Only these relays instead of all of the pool. */
  readonly relays?: readonly string[]
  readonly timeoutMs?: number
  /** Ends the asking before every relay has answered; asked after each event and each answer. */
  readonly isEnough?: (soFar: Answers) => boolean
  /** A relay has told everything that it has. */
  readonly onAnswer?: (soFar: Answers) => void
}

/** Gathers genuine events, each once. A relay that ends or refuses is not waited for. Never rejects. */
export function askRelays(
  pool: RelayPool,
  filters: readonly Filter[],
  { relays = pool.urls, timeoutMs = ASKING_MS, isEnough = () => false, onAnswer }: AskOptions = {},
): Promise<Answers> {
  return new Promise((resolve) => {
    const events: VerifiedEvent[] = []
    const waiting = new Set(relays)
    let answered = 0
    let ended = false
    const soFar = (): Answers => ({ events, answered })
    function end(): void {
      if (ended) return
      ended = true
      clearTimeout(timer)
      // A relay may answer before `subscribe` has returned.
      queueMicrotask(() => subscription.close())
      resolve(soFar())
    }
    function without(relay: string): void {
      waiting.delete(relay)
      if (waiting.size === 0 || isEnough(soFar())) end()
    }
    const timer = setTimeout(end, timeoutMs)
    const subscription = pool.subscribe(
      filters,
      {
        onEvent(event) {
          events.push(event)
          if (isEnough(soFar())) end()
        },
        onStored(relay) {
          answered += 1
          onAnswer?.(soFar())
          without(relay)
        },
        onClosed: without,
      },
      { relays, storedOnly: true },
    )
  })
}
