/** The relays of the app as one: subscriptions merged, one answer a relay for each publish. */
import type { VerifiedEvent } from '@/protocol/event'
import type { PublishAnswer, RelayPool, RelayState, Subscription } from '@/protocol/relay'
import type { Authenticate } from './auth'
import type { SocketConstructor } from './connection'
import { publishTo } from './publish'
import { createRelaySet, invalidState, type RelayLease } from './relaySet'
import { distinctRelays } from './relayUrl'
import { mergeRelays } from './subscription'
import {
  callSafely,
  DEFAULT_TIMEOUTS,
  onBrowserOnline,
  type OnOnline,
  type RelayTimeouts,
} from './timing'
import { shareVerification, type Verifier } from './verifier'

export interface RelayPoolOptions {
  /** The relays that the person chose; only these are ever authenticated to. */
  readonly urls: readonly string[]
  readonly verifier: Verifier
  /** The browser's own by default; Node 20 has none and passes that of `ws`. */
  readonly WebSocket?: SocketConstructor
  readonly authenticate?: Authenticate
  readonly timeouts?: Partial<RelayTimeouts>
  /** Unix milliseconds. */
  readonly now?: () => number
  readonly random?: () => number
  readonly onOnline?: OnOnline
}

const OVERLAP_SECONDS = 600

const unreachable = (relay: string): PublishAnswer => ({
  relay,
  outcome: 'unreachable',
  reason: 'Closed by this app',
})

export function createRelayPool(options: RelayPoolOptions): RelayPool {
  const { WebSocket = globalThis.WebSocket, now = Date.now, random = Math.random } = options
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const verifier = shareVerification(options.verifier)
  const listeners = new Set<(states: readonly RelayState[]) => void>()
  const subscriptions = new Set<Subscription>()
  let count = 0
  let started = false

  const relays = createRelaySet(distinctRelays(options.urls), {
    WebSocket,
    timeouts,
    now,
    random,
    authenticate: options.authenticate,
    onState: () => started && tellStates(),
  })
  const stopOnline = (options.onOnline ?? onBrowserOnline)(() => relays.wake())
  started = true

  function tellStates() {
    const states = relays.states()
    for (const listener of [...listeners]) callSafely(() => listener(states))
  }

  async function publishAt(url: string, event: VerifiedEvent): Promise<PublishAnswer> {
    const invalid = invalidState(url)
    if (invalid) return { relay: url, outcome: 'refused', reason: `invalid: ${invalid.problem}` }
    const lease = relays.lease(url)
    if (!lease) return unreachable(url)
    const answer = await publishTo(lease.connection, lease.auth, event, timeouts)
    lease.release()
    return answer
  }

  function leaseAll(urls: readonly string[], onClosed?: (relay: string, reason: string) => void) {
    return urls.flatMap((url): RelayLease[] => {
      const invalid = invalidState(url)
      const lease = invalid ? null : relays.lease(url)
      if (lease) return [lease]
      const reason = invalid?.problem ?? 'Closed by this app'
      queueMicrotask(() => callSafely(() => onClosed?.(url, reason)))
      return []
    })
  }

  return {
    urls: relays.urls,
    subscribe(
      filters,
      handlers,
      { relays: only = relays.urls, storedOnly = false, overlap = OVERLAP_SECONDS } = {},
    ) {
      const merged = mergeRelays({
        id: `s${count++}`,
        filters: filters.map((filter) => ({ ...filter })),
        handlers,
        leases: leaseAll(distinctRelays(only), handlers.onClosed),
        storedOnly,
        verifier,
        overlap,
        timeouts,
        now,
        random,
      })
      const subscription = {
        close() {
          subscriptions.delete(subscription)
          merged.close()
        },
      }
      subscriptions.add(subscription)
      return subscription
    },
    publish(event, { relays: only = relays.urls, onAnswer } = {}) {
      const answers = distinctRelays(only).map(async (url) => {
        const answer = await publishAt(url, event)
        callSafely(() => onAnswer?.(answer))
        return answer
      })
      return Promise.all(answers)
    },
    states: relays.states,
    onStates(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      stopOnline()
      for (const subscription of [...subscriptions]) subscription.close()
      relays.close()
    },
  }
}
