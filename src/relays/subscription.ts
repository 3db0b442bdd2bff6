/** One subscription over several relays: every genuine event once, whichever relay brings it. */
import type { VerifiedEvent } from '@/protocol/event'
import type { Filter, Subscription, SubscriptionHandlers } from '@/protocol/relay'
import { matchesFilter } from './filters'
import { createIntake } from './intake'
import { openQuery } from './query'
import type { RelayLease } from './relaySet'
import { callSafely, type RelayTimeouts } from './timing'
import type { Verifier } from './verifier'

/** Checking a forged event costs so much more than throwing away what nobody asked for. */
const FORGERY_POINTS = 10

export interface MergeOptions {
  readonly id: string
  readonly filters: readonly Filter[]
  readonly handlers: SubscriptionHandlers
  readonly leases: readonly RelayLease[]
  readonly storedOnly: boolean
  readonly verifier: Verifier
  readonly overlap: number
  readonly timeouts: RelayTimeouts
  readonly now: () => number
  readonly random: () => number
}

function openAt(
  { connection, auth, release }: RelayLease,
  options: MergeOptions,
  delivered: Map<string, number>,
  people: Set<string>,
): () => void {
  const { filters, handlers, storedOnly, verifier } = options
  const relay = connection.url
  const intake = createIntake({
    wanted: (event) => filters.some((filter) => matchesFilter(filter, event)),
    verifier,
    delivered,
    deliver: (event: VerifiedEvent) => callSafely(() => handlers.onEvent(event, relay)),
    onUseless: (what) => connection.waste(what === 'forged' ? FORGERY_POINTS : 1),
  })
  const query = openQuery({
    ...options,
    people,
    connection,
    auth,
    intake,
    onStored() {
      callSafely(() => handlers.onStored?.(relay))
      if (storedOnly) release()
    },
    onClosed: (reason) => callSafely(() => handlers.onClosed?.(relay, reason)),
    onReading: (reading) => callSafely(() => handlers.onReading?.(relay, reading)),
  })
  return () => {
    query.close()
    release()
  }
}

export function mergeRelays(options: MergeOptions): Subscription {
  const delivered = new Map<string, number>()
  const people = new Set<string>()
  const closers = options.leases.map((lease) => openAt(lease, options, delivered, people))
  return {
    close() {
      for (const close of closers) close()
    },
  }
}
