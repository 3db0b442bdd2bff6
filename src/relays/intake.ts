/** The way of one relay's events into one subscription: parse, match, verify, deduplicate, deliver. */
import {
  parseEvent,
  trustVerified,
  type UnverifiedEvent,
  type VerifiedEvent,
} from '@/protocol/event'
import type { Verifier } from './verifier'

const BATCH = 64
/** Characters of a batch, so that handing it to the worker takes no time that a person could notice. */
const BATCH_SIZE = 512 * 1024
/** What waits to be verified, of one relay: events, and their characters. */
const MAX_WAITING = 8_000
const MAX_WAITING_SIZE = 8 * 1024 * 1024

export interface Intake {
  /**
   * `size` is the length of the frame. `onGenuine` hears of each event that was verified, delivered
   * before or not. False: too much waits already, and this was left out.
   */
  push(raw: unknown, size: number, onGenuine: (event: UnverifiedEvent) => void): boolean
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
  /** Something came that was not asked for or is not genuine. */
  readonly onUseless?: (what: 'unasked' | 'forged') => void
}

interface EventEntry {
  readonly type: 'event'
  readonly event: UnverifiedEvent
  readonly size: number
  readonly onGenuine: (event: UnverifiedEvent) => void
}
type Entry = EventEntry | { readonly type: 'mark'; readonly reached: () => void }

const sizeOf = (entry: Entry): number => (entry.type === 'event' ? entry.size : 0)

/** The first entries that make one batch. */
function batchOf(queue: readonly Entry[]): readonly Entry[] {
  let size = 0
  let count = 0
  for (const entry of queue) {
    size += sizeOf(entry)
    if (count > 0 && (count === BATCH || size > BATCH_SIZE)) break
    count++
  }
  return queue.slice(0, count)
}

export function createIntake(options: IntakeOptions): Intake {
  const { wanted, verifier, delivered, deliver, onUseless } = options
  let queue: Entry[] = []
  /** Characters of all that waits. */
  let waiting = 0
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
    if (stopped) return
    if (!(verified.has(event) || isKnown(event))) return onUseless?.('forged')
    entry.onGenuine(event)
    if (delivered.has(event.id)) return
    delivered.set(event.id, event.created_at)
    deliver(trustVerified(event))
  }

  async function work() {
    busy = true
    while (queue.length > 0) {
      const batch = batchOf(queue)
      queue = queue.slice(batch.length)
      const verified = await verifyAll(batch)
      for (const entry of batch) {
        waiting -= sizeOf(entry)
        settle(entry, verified)
      }
    }
    busy = false
  }

  function add(entry: Entry) {
    queue.push(entry)
    waiting += sizeOf(entry)
    if (!busy) void work()
  }

  return {
    push(raw, size, onGenuine) {
      if (stopped) return true
      if (queue.length >= MAX_WAITING || waiting > MAX_WAITING_SIZE) return false
      const parsed = parseEvent(raw)
      if (parsed.ok && wanted(parsed.value)) {
        add({ type: 'event', event: parsed.value, size, onGenuine })
      } else onUseless?.('unasked')
      return true
    },
    drained: () => new Promise((reached) => add({ type: 'mark', reached })),
    stop() {
      stopped = true
      queue = queue.filter((entry) => entry.type === 'mark')
      waiting = 0
    },
  }
}
