/** The way of one relay's events into one subscription: parse, match, verify, deduplicate, deliver. */
import {
  parseEvent,
  trustVerified,
  type UnverifiedEvent,
  type VerifiedEvent,
} from '@/protocol/event'
import type { Verifier } from './verifier'

const BATCH = 64

export interface Intake {
  /** `onGenuine` hears of each event that was verified, delivered before or not. */
  push(raw: unknown, onGenuine: (event: UnverifiedEvent) => void): void
  /** Resolves when all that was pushed so far was verified and delivered. */
  drained(): Promise<void>
  /** Delivers nothing from now on. */
  stop(): void
}

export interface IntakeOptions {
  readonly wanted: (event: UnverifiedEvent) => boolean
  readonly verifier: Verifier
  /** Dates of delivered events by id, shared by all relays of a subscription. */
  readonly delivered: Map<string, number>
  readonly deliver: (event: VerifiedEvent) => void
}

type Entry =
  | {
      readonly type: 'event'
      readonly event: UnverifiedEvent
      readonly onGenuine: (event: UnverifiedEvent) => void
    }
  | { readonly type: 'mark'; readonly reached: () => void }

export function createIntake({ wanted, verifier, delivered, deliver }: IntakeOptions): Intake {
  let queue: Entry[] = []
  let busy = false
  let stopped = false

  /** Only a verified copy's id gets in here, so a forged copy can never hide the genuine event. */
  const isKnown = (event: UnverifiedEvent) => delivered.get(event.id) === event.created_at

  async function verifyAll(entries: readonly Entry[]): Promise<Set<UnverifiedEvent>> {
    const events = entries.flatMap((entry) => (entry.type === 'event' ? [entry.event] : []))
    const unknown = events.filter((event) => !isKnown(event))
    const results = unknown.length ? await verifier.verify(unknown) : []
    return new Set(unknown.filter((_, i) => results[i] === true))
  }

  function settle(entry: Entry, verified: ReadonlySet<UnverifiedEvent>) {
    if (entry.type === 'mark') return entry.reached()
    const { event } = entry
    if (stopped || !(verified.has(event) || isKnown(event))) return
    entry.onGenuine(event)
    if (delivered.has(event.id)) return
    delivered.set(event.id, event.created_at)
    deliver(trustVerified(event))
  }

  async function work() {
    busy = true
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH)
      queue = queue.slice(BATCH)
      const verified = await verifyAll(batch)
      for (const entry of batch) settle(entry, verified)
    }
    busy = false
  }

  function add(entry: Entry) {
    queue.push(entry)
    if (!busy) void work()
  }

  return {
    push(raw, onGenuine) {
      if (stopped) return
      const parsed = parseEvent(raw)
      if (parsed.ok && wanted(parsed.value)) {
        add({ type: 'event', event: parsed.value, onGenuine })
      }
    },
    drained: () => new Promise((reached) => add({ type: 'mark', reached })),
    stop() {
      stopped = true
      queue = queue.filter((entry) => entry.type === 'mark')
    },
  }
}
