/** Following a catalogue: cached first, in batches, whatever happens to single events or the cache. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followCatalogue } from '@/actions/followCatalogue'
import type { EventCache } from '@/actions/ports'
import type { CatalogueFact } from '@/domain/catalogue'
import type { Pubkey } from '@/domain/ids'
import { KIND } from '@/protocol/event'
import { encodeProduct } from '@/protocol/product'
import { encodeStall } from '@/protocol/stall'
import { product, stall } from '../factories/catalogue'
import { eventId, published, T0, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'
import { testPool } from '../factories/ports'

const STALL = published(encodeStall(stall(), T0))
const tea = (n: number) =>
  unsigned({ ...encodeProduct(product({ id: `tea-${n}` }), T0), id: eventId(n) })

function memoryCache(): EventCache & { readonly kept: unknown[] } {
  const kept: Parameters<EventCache['putAll']>[0][number][] = []
  return {
    kept,
    putAll: async (events) => void kept.push(...events),
    readAll: async (kinds) => kept.filter(({ kind }) => kinds.includes(kind)),
  }
}

function following(cache?: EventCache, merchants: readonly Pubkey[] | null = [MERCHANT.pubkey]) {
  const pool = testPool()
  const batches: string[][] = []
  const handlers = {
    onFacts: (facts: readonly CatalogueFact[]) => void batches.push(facts.map(({ type }) => type)),
    onRefused: vi.fn(),
    onCacheRead: vi.fn(),
    onStored: vi.fn(),
  }
  const subscription = followCatalogue({ pool, cache }, merchants, handlers)
  return { pool, batches, subscription, ...handlers }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('following', () => {
  it('asks for the merchants of the market, or for everyone', () => {
    for (const filter of following().pool.filters) {
      expect(filter).toMatchObject({ authors: [MERCHANT.pubkey] })
    }
    const { filters } = following(undefined, null).pool
    expect(filters).toEqual([{ kinds: [KIND.stall] }, { kinds: [KIND.product] }])
  })

  it('asks everyone’s relays about the authors it has found, together, and no others', async () => {
    const { pool, subscription } = following(undefined, null)
    const asked = () => pool.filters.slice(2)
    pool.deliver(unsigned({ kind: KIND.product, content: '{"price":-1}', id: eventId(77) }))
    vi.advanceTimersByTime(1000)
    expect(asked()).toEqual([])
    pool.deliver(STALL)
    pool.deliver(published(encodeStall(stall(), T0), STRANGER.pubkey))
    vi.advanceTimersByTime(1000)
    const kinds = [KIND.profile, KIND.deletion]
    expect(asked()).toEqual([{ kinds, authors: [MERCHANT.pubkey, STRANGER.pubkey] }])
    pool.deliver(published(encodeStall(stall(), T0 + 1), STRANGER.pubkey))
    vi.advanceTimersByTime(1000)
    expect(asked()).toHaveLength(1)
    pool.deliver(published(encodeStall(stall(), T0), CUSTOMER.pubkey))
    vi.advanceTimersByTime(1000)
    expect(asked()[1]?.authors).toHaveLength(3)
    subscription.close()
    expect(pool.closed()).toBe(true)
  })

  it('asks about authors that the cache knows', async () => {
    const cache = memoryCache()
    await cache.putAll([STALL])
    const { pool, onCacheRead } = following(cache, null)
    await vi.waitFor(() => expect(onCacheRead).toHaveBeenCalledWith(1))
    vi.advanceTimersByTime(1000)
    expect(pool.filters[2]).toMatchObject({ authors: [MERCHANT.pubkey] })
  })

  it('asks for stalls before products, since relays send what is newest first', () => {
    const [first, second] = following().pool.filters
    expect(first?.kinds).toContain(KIND.stall)
    expect(first?.kinds).not.toContain(KIND.product)
    expect(second?.kinds).toEqual([KIND.product])
  })

  it('calls a relay read when it has answered every request', () => {
    const { pool, onStored } = following()
    pool.stored('wss://one.example', 0)
    pool.stored('wss://other.example', 1)
    expect(onStored).not.toHaveBeenCalled()
    pool.stored('wss://one.example', 1)
    expect(onStored.mock.calls).toEqual([['wss://one.example']])
  })

  it('hands many events on in one batch', () => {
    const { pool, batches } = following()
    for (let n = 1; n <= 20; n++) pool.deliver(tea(n))
    expect(batches).toEqual([])
    vi.advanceTimersByTime(100)
    expect(batches).toEqual([Array.from({ length: 20 }, () => 'product')])
  })

  it('hands everything on before it says that all is stored', () => {
    const { pool, batches, onStored } = following()
    onStored.mockImplementation(() => expect(batches).toEqual([['stall', 'product']]))
    pool.stored(undefined, 0)
    pool.deliver(STALL)
    pool.deliver(tea(1))
    pool.stored(undefined, 1)
    expect(onStored).toHaveBeenCalledOnce()
  })

  it('refuses a bad event with the reason and keeps its neighbours', () => {
    const { pool, batches, onRefused } = following()
    const bad = unsigned({ kind: KIND.product, content: '{"price":-1}', id: eventId(77) })
    for (const event of [tea(1), bad, tea(2)]) pool.deliver(event)
    vi.advanceTimersByTime(100)
    expect(batches).toEqual([['product', 'product']])
    expect(onRefused).toHaveBeenCalledWith(bad.id, expect.any(String))
  })

  it('hands on what came before closing, and nothing after', () => {
    const { pool, batches, subscription } = following()
    pool.deliver(tea(1))
    subscription.close()
    pool.deliver(tea(2))
    vi.advanceTimersByTime(1000)
    expect(batches).toEqual([['product']])
    expect(pool.closed()).toBe(true)
  })
})

describe('the cache', () => {
  it('is shown first and keeps what comes', async () => {
    const cache = memoryCache()
    await cache.putAll([STALL])
    const { pool, batches, onCacheRead } = following(cache)
    await vi.waitFor(() => expect(onCacheRead).toHaveBeenCalledWith(1))
    expect(batches).toEqual([['stall']])
    pool.deliver(tea(1))
    vi.advanceTimersByTime(100)
    await vi.waitFor(() => expect(cache.kept).toHaveLength(2))
  })

  it('shows only the merchants of this market', async () => {
    const cache = memoryCache()
    await cache.putAll([published(encodeStall(stall(), T0), STRANGER.pubkey)])
    const { batches, onCacheRead } = following(cache)
    await vi.waitFor(() => expect(onCacheRead).toHaveBeenCalledWith(0))
    expect(batches).toEqual([])
  })

  const rejects = async () => Promise.reject(new Error('blocked'))
  const throws = () => {
    throw new Error('blocked')
  }
  it.each([
    ['rejects', { putAll: rejects, readAll: rejects }],
    ['throws', { putAll: throws, readAll: throws }],
  ])('that %s only makes things slower', async (_, broken) => {
    const { pool, batches, onCacheRead } = following(broken)
    await vi.waitFor(() => expect(onCacheRead).toHaveBeenCalledWith(0))
    pool.deliver(tea(1))
    vi.advanceTimersByTime(100)
    expect(batches).toEqual([['product']])
  })
})
