import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { finalizeEvent, generateSecretKey } from 'nostr-tools/pure'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseEvent, trustVerified, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { createEventCache } from '@/storage/eventCache'
import type { StorageProblem } from '@/storage/storageProblems'

const secretKey = generateSecretKey()

function makeEvent(kind: number, d: string): VerifiedEvent {
  const event = verifyEvent(
    finalizeEvent({ kind, created_at: 1, tags: [['d', d]], content: `{"id":"${d}"}` }, secretKey),
  )
  if (!event.ok) throw new Error(event.reason)
  return event.value
}

/** Many events without the cost of signing them. */
function manyEvents(count: number): VerifiedEvent[] {
  const sample = makeEvent(30018, 'sample')
  return Array.from({ length: count }, (_, n) => {
    const row = parseEvent({ ...sample, id: n.toString(16).padStart(64, '0') })
    if (!row.ok) throw new Error(row.reason)
    return trustVerified(row.value)
  })
}

const byId = (events: readonly VerifiedEvent[]) => events.map(({ id }) => id).sort()

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()))
afterEach(() => vi.unstubAllGlobals())

describe('the event cache', () => {
  it('gives back what was put, by kind, over a reload', async () => {
    const [stall, tea, soap] = [makeEvent(30017, 's'), makeEvent(30018, 'a'), makeEvent(30018, 'b')]
    const cache = createEventCache()
    await cache.putAll([stall, tea, soap])
    await cache.putAll([tea])
    await cache.close()
    const reopened = createEventCache()
    expect(byId(await reopened.readAll([30018]))).toEqual(byId([tea, soap]))
    const all = await reopened.readAll([30018, 30017, 30018, 0])
    expect(byId(all)).toEqual(byId([stall, tea, soap]))
    expect(all.find(({ id }) => id === stall.id)).toEqual(stall)
    expect(all.every((event) => Object.isFrozen(event) && Object.isFrozen(event.tags))).toBe(true)
  })

  it('forgets by id, and everything', async () => {
    const [tea, soap] = [makeEvent(30018, 'a'), makeEvent(30018, 'b')]
    const cache = createEventCache()
    await cache.putAll([tea, soap])
    await cache.remove([tea.id, 'never there'])
    expect(await cache.readAll([30018])).toEqual([soap])
    await cache.clear()
    expect(await cache.readAll([30018])).toEqual([])
  })

  it('writes a batch in one transaction', async () => {
    const cache = createEventCache()
    await cache.clear()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await cache.putAll(manyEvents(2000))
    expect(transaction).toHaveBeenCalledTimes(1)
    transaction.mockRestore()
    expect(await cache.readAll([30018])).toHaveLength(2000)
  })

  it('skips and deletes rows that are no events any more', async () => {
    const tea = makeEvent(30018, 'a')
    const cache = createEventCache({ name: 'test-cache' })
    await cache.putAll([tea])
    const raw = await openDB('test-cache')
    await raw.put('events', { id: 'broken', kind: 30018 })
    await raw.put('events', { ...tea, id: 'f'.repeat(64), tags: 'none' })
    expect(await cache.readAll([30018])).toEqual([tea])
    expect(await raw.count('events')).toBe(1)
    raw.close()
  })
})

describe('the event cache without IndexedDB', () => {
  async function isEmpty(): Promise<StorageProblem[]> {
    const problems: StorageProblem[] = []
    const cache = createEventCache({ onProblem: (problem) => problems.push(problem) })
    await cache.putAll([makeEvent(30018, 'a')])
    expect(await cache.readAll([30018])).toEqual([])
    await cache.remove(['x'])
    await cache.clear()
    await cache.close()
    return problems
  }

  it('(missing) is empty, and says so once', async () => {
    vi.stubGlobal('indexedDB', undefined)
    expect(await isEmpty()).toMatchObject([{ code: 'unavailable', key: null }])
  })

  it('(refused) is empty, and says so once', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    expect(await isEmpty()).toHaveLength(1)
  })

  it('(never opening) does not keep the page waiting', async () => {
    vi.useFakeTimers()
    vi.stubGlobal('indexedDB', { open: () => new EventTarget() })
    const reading = createEventCache().readAll([30018])
    await vi.advanceTimersByTimeAsync(5000)
    expect(await reading).toEqual([])
    vi.useRealTimers()
  })
})
