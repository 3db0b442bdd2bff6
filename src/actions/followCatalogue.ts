/** Keeps the catalogue live: profiles, stalls, products and deletions of the market's merchants. */
import type { CatalogueFact } from '@/domain/catalogue'
import { factOf, marksOf, type HighWaterMarks } from '@/domain/highWater'
import type { Pubkey } from '@/domain/ids'
import { ok, type Result } from '@/domain/result'
import { decodeDeletion } from '@/protocol/deletion'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import { decodeProduct } from '@/protocol/product'
import { decodeProfile } from '@/protocol/profile'
import type { RelayPool, Subscription } from '@/protocol/relay'
import { decodeStall } from '@/protocol/stall'
import type { Clock, EventCache } from './ports'

/**
 * Asked for one after the other: relays send what is newest first, and a stall is older than its
 * products, so in one request the stalls would come last.
 */
const REQUESTS = [[KIND.profile, KIND.deletion, KIND.stall], [KIND.product]]
const CATALOGUE_KINDS = REQUESTS.flat()
/**
 * Without a list of merchants, who keeps a stall shows first: profiles and deletions of a whole
 * relay are far more than a market needs.
 */
const REQUESTS_FOR_EVERYONE = [[KIND.stall], [KIND.product]]
const ABOUT_AUTHORS: readonly number[] = [KIND.profile, KIND.deletion]
/** New authors are gathered this long before they are asked about. */
const AUTHORS_MS = 250
/** Facts are handed on in batches this often, so that a page is drawn once for many products. */
const BATCH_MS = 60

/** Reads one catalogue event. */
export function decodeCatalogueEvent(event: VerifiedEvent): Result<CatalogueFact> {
  switch (event.kind) {
    case KIND.stall: {
      const stall = decodeStall(event)
      return stall.ok ? ok({ type: 'stall', stall: stall.value }) : stall
    }
    case KIND.product: {
      const product = decodeProduct(event)
      return product.ok ? ok({ type: 'product', product: product.value }) : product
    }
    case KIND.profile: {
      const profile = decodeProfile(event)
      return profile.ok ? ok({ type: 'profile', profile: profile.value }) : profile
    }
    case KIND.deletion: {
      const deletion = decodeDeletion(event)
      return deletion.ok ? ok({ type: 'deletion', deletion: deletion.value }) : deletion
    }
    default:
      return { ok: false, reason: `kind ${event.kind} does not belong to a catalogue` }
  }
}

export interface FollowCatalogueHandlers {
  readonly onFacts: (facts: readonly CatalogueFact[]) => void
  readonly onRefused?: (eventId: string, reason: string) => void
  /** The events kept on this device have all been handed on. */
  readonly onCacheRead?: (count: number) => void
  /** A relay has sent all that it had stored, and all of it has been handed on. */
  readonly onStored?: (relay: string) => void
  readonly onClosed?: (relay: string, reason: string) => void
}

/** Asks for profiles and deletions of authors as they are found; always in one subscription. */
function followAuthors(pool: RelayPool, onEvent: (event: VerifiedEvent) => void) {
  const authors = new Set<Pubkey>()
  let subscription: Subscription | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  function ask(): void {
    timer = null
    subscription?.close()
    subscription = pool.subscribe([{ kinds: ABOUT_AUTHORS, authors: [...authors] }], { onEvent })
  }

  return {
    found(events: readonly VerifiedEvent[]): void {
      const before = authors.size
      for (const { kind, pubkey } of events) {
        if (!ABOUT_AUTHORS.includes(kind)) authors.add(pubkey)
      }
      if (authors.size > before) timer ??= setTimeout(ask, AUTHORS_MS)
    },
    close(): void {
      if (timer !== null) clearTimeout(timer)
      subscription?.close()
    },
  }
}

/**
 * Follows the catalogue of `merchants`, or of everyone on the relays where that is null. Shows what
 * the cache knows first; a broken cache is only slower. What was outdated on an earlier visit stays so.
 */
export function followCatalogue(
  ports: {
    readonly pool: RelayPool
    readonly cache?: EventCache
    readonly marks?: HighWaterMarks
    readonly now?: Clock
  },
  merchants: readonly Pubkey[] | null,
  handlers: FollowCatalogueHandlers,
): Subscription {
  let waiting: VerifiedEvent[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  let closed = false
  /** How many of the requests a relay has answered. */
  const answered = new Map<string, number>()
  const requests = merchants === null ? REQUESTS_FOR_EVERYONE : REQUESTS
  const authorsFound = merchants === null ? followAuthors(ports.pool, onEvent) : null

  function handOn(events: readonly VerifiedEvent[]): void {
    const read = events.flatMap((event) => {
      const fact = decodeCatalogueEvent(event)
      if (!fact.ok) handlers.onRefused?.(event.id, fact.reason)
      return fact.ok ? [{ event, fact: fact.value }] : []
    })
    authorsFound?.found(read.map(({ event }) => event))
    handlers.onFacts(read.map(({ fact }) => fact))
    const now = ports.now?.() ?? Infinity
    void ports.marks?.raise(read.flatMap(({ fact }) => marksOf(fact, now)))
  }

  /** What was seen before may come after what it outdates: the catalogue takes that in any order. */
  async function readMarks(): Promise<void> {
    const marks = (await ports.marks?.read()) ?? []
    if (!closed && marks.length > 0) handlers.onFacts(marks.map(factOf))
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (closed || waiting.length === 0) return
    const events = waiting
    waiting = []
    handOn(events)
    void keep(events)
  }

  async function keep(events: readonly VerifiedEvent[]): Promise<void> {
    try {
      await ports.cache?.putAll(events)
    } catch {
      // A cache that cannot keep anything costs only time.
    }
  }

  async function cached(): Promise<readonly VerifiedEvent[]> {
    try {
      return (await ports.cache?.readAll(CATALOGUE_KINDS)) ?? []
    } catch {
      return []
    }
  }

  async function readCache(): Promise<void> {
    const events = await cached()
    const wanted = merchants === null ? events : events.filter((e) => merchants.includes(e.pubkey))
    if (closed) return
    if (wanted.length > 0) handOn(wanted)
    handlers.onCacheRead?.(wanted.length)
  }

  function onEvent(event: VerifiedEvent): void {
    waiting.push(event)
    timer ??= setTimeout(flush, BATCH_MS)
  }

  function onStored(relay: string): void {
    flush()
    const count = (answered.get(relay) ?? 0) + 1
    answered.set(relay, count)
    if (count === requests.length) handlers.onStored?.(relay)
  }

  void readMarks()
  void readCache()
  const authors = merchants === null ? {} : { authors: merchants }
  const onClosed = handlers.onClosed
  const subscriptions = requests.map((kinds) =>
    ports.pool.subscribe([{ kinds, ...authors }], { onEvent, onStored, onClosed }),
  )
  return {
    close() {
      flush()
      closed = true
      authorsFound?.close()
      for (const subscription of subscriptions) subscription.close()
    },
  }
}
