/** What the relay tests share: signed events, quick timeouts, waiting, and pools that are closed. */
import { finalizeEvent, generateSecretKey, verifyEvent } from 'nostr-tools/pure'
import { initNostrWasm } from 'nostr-wasm'
import { afterEach } from 'vitest'
import { WebSocket } from 'ws'
import { parseEvent, trustVerified, type VerifiedEvent } from '@/protocol/event'
import type { Filter, RelayPool, SubscribeOptions } from '@/protocol/relay'
import { createRelayPool, type RelayPoolOptions } from '@/relays/pool'
import { createInlineVerifier } from '@/relays/inlineVerifier'

const SECRET = generateSecretKey()
export const NOW = Math.floor(Date.now() / 1000)

interface Draft {
  kind?: number
  created_at?: number
  tags?: string[][]
  content?: string
}

export function signed(draft: Draft = {}, secret = SECRET): VerifiedEvent {
  const { kind = 1, created_at = NOW, tags = [], content = 'hello' } = draft
  const raw: unknown = JSON.parse(
    JSON.stringify(finalizeEvent({ kind, created_at, tags, content }, secret)),
  )
  const parsed = parseEvent(raw)
  if (!parsed.ok) throw new Error(parsed.reason)
  return trustVerified(parsed.value)
}

/** A copy with the same id and another content: never genuine. */
export const forgedCopy = (event: VerifiedEvent) => ({ ...event, content: 'forged' })

/** Real checks, several times faster than JavaScript's. */
export async function fastVerifier() {
  const wasm = await initNostrWasm()
  return createInlineVerifier((event) => {
    try {
      wasm.verifyEvent({ ...event, tags: event.tags.map((tag) => [...tag]) })
      return true
    } catch {
      return false
    }
  })
}

export async function until(what: () => boolean, label = 'what was expected', ms = 8_000) {
  const end = Date.now() + ms
  while (!what()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${label}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const cleanups: (() => unknown)[] = []
export const later = <T>(thing: T, end: (thing: T) => unknown): T => {
  cleanups.push(() => end(thing))
  return thing
}
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const QUICK = { retryMin: 20, retryMax: 60, ok: 2_000, publishConnect: 1_000, stored: 2_000 }

export function openPool(urls: readonly string[], options: Partial<RelayPoolOptions> = {}) {
  const pool = createRelayPool({
    urls,
    verifier: createInlineVerifier(),
    WebSocket,
    ...options,
    timeouts: { ...QUICK, ...options.timeouts },
  })
  return later(pool, () => pool.close())
}

/** Subscribes and writes down what happens, in order. */
export function record(pool: RelayPool, filters: readonly Filter[], options?: SubscribeOptions) {
  const log: string[] = []
  const events: VerifiedEvent[] = []
  const stored: string[] = []
  const closed: { relay: string; reason: string }[] = []
  const subscription = pool.subscribe(
    filters,
    {
      onEvent(event) {
        events.push(event)
        log.push(event.id)
      },
      onStored(relay) {
        stored.push(relay)
        log.push(`stored ${relay}`)
      },
      onClosed: (relay, reason) => closed.push({ relay, reason }),
    },
    options,
  )
  return { log, events, stored, closed, subscription, ids: () => events.map(({ id }) => id) }
}

export const allConnected = (pool: RelayPool) =>
  until(() => pool.states().every(({ status }) => status === 'connected'), 'all connections')

export const isGenuine = (event: VerifiedEvent) =>
  verifyEvent(JSON.parse(JSON.stringify(event)) as Parameters<typeof verifyEvent>[0])
