/** What a browser keeps of an identity: sealed, also what version 1 kept in clear; gone on signing out. */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { orderKey } from '@/domain/ids'
import { forgetIdentity } from '@/storage/forgetIdentity'
import { openRecords } from '@/storage/identityRecords'
import { browserStorageKey, storageKeyOf } from '@/storage/storageKey'
import type { StorageProblem } from '@/storage/storageProblems'
import { eventId } from '../factories/events'
import { CUSTOMER, MERCHANT, STRANGER, type Person } from '../factories/people'
import { orderRef, placed, request } from '../factories/orders'
import { createFakeBrowser } from './fakeBrowser'

const version1 = JSON.parse(
  readFileSync(new URL('../fixtures/storage/version1.json', import.meta.url), 'utf8'),
) as Record<string, string>

const ref = orderRef()
const key = orderKey(ref)
const WORDS = [request().name, request().address, 'Leave it with the neighbour']

const written = (storage: Storage) =>
  Array.from({ length: storage.length }, (_, n) => {
    const name = storage.key(n)!
    return `${name} ${storage.getItem(name)}`
  }).join('\n')

function browser(filled: Record<string, string> = {}, quota = Infinity) {
  const { storage } = createFakeBrowser(quota).openTab()
  for (const [name, text] of Object.entries(filled)) storage.setItem(name, text)
  const problems: StorageProblem[] = []
  const open = (person: Person = CUSTOMER, lasts = true) =>
    openRecords(
      person.pubkey,
      { ...storageKeyOf(person.secretKey), lasts },
      { storage, events: new EventTarget(), onProblem: (problem) => problems.push(problem) },
    )
  return { storage, problems, open }
}

afterEach(() => vi.unstubAllGlobals())

describe('records of version 1', () => {
  it('are the clear ones that they say they are', () => {
    for (const word of WORDS) expect(Object.values(version1).join()).toContain(word)
  })

  it('are sealed when their identity is opened; the clear copies are gone', () => {
    const { storage, open, problems } = browser(version1)
    const { orders, conversations } = open()
    expect(orders.read(key)).toMatchObject({ ref, unreadable: [{ type: 'teleported' }] })
    expect(orders.read(key)?.facts.map(({ type }) => type)).toEqual(['intended', 'placed'])
    expect(conversations.read(MERCHANT.pubkey)?.texts).toHaveLength(1)
    for (const word of WORDS) expect(written(storage)).not.toContain(word)
    expect(problems.map(({ code }) => code)).toEqual(['partly-unreadable'])
    expect(open().orders.read(key)?.facts).toHaveLength(2)
  })

  it('stay as they are for everybody else', () => {
    const { storage, open } = browser(version1)
    const { orders, conversations } = open(STRANGER)
    expect([orders.readAll().size, conversations.readAll().size]).toEqual([0, 0])
    expect(Object.keys(version1).every((name) => storage.getItem(name) !== null)).toBe(true)
  })

  it('join what was sealed already', () => {
    const { open, storage } = browser()
    open().orders.mergeFacts(key, [placed({ time: 5 })])
    for (const [name, text] of Object.entries(version1)) storage.setItem(name, text)
    expect(
      open()
        .orders.read(key)
        ?.facts.map(({ type }) => type)
        .sort(),
    ).toEqual(['intended', 'placed'])
  })

  it('that cannot be read are sealed all the same, and put aside', () => {
    const broken = JSON.stringify({ version: 1, data: { ref, facts: 'at 7 Harbour Lane' } })
    const { storage, open, problems } = browser({ [`souk:order:${key}`]: broken })
    expect(open().orders.readAll().size).toBe(0)
    expect(written(storage)).not.toContain('Harbour')
    expect(storage.getItem(`souk:aside:souk:order:${key}:1`)).not.toBeNull()
    expect(problems).toMatchObject([{ code: 'moved-aside' }])
  })

  it('make way for their sealed copy where there is no room for both', () => {
    const size = Object.entries(version1).reduce((sum, [k, t]) => sum + k.length + t.length, 0)
    const { storage, open } = browser(version1, Math.ceil(size * 1.5))
    expect(open().orders.read(key)?.facts).toHaveLength(2)
    for (const word of WORDS) expect(written(storage)).not.toContain(word)
  })

  it('stay where nothing can be written, and are reported', () => {
    const { storage, open, problems } = browser(version1)
    storage.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    // The way back into storage is closed as well: a write that fails must not have removed anything.
    vi.spyOn(storage, 'removeItem').mockImplementation(() => undefined)
    open()
    expect(storage.getItem(`souk:order:${key}`)).toBe(version1[`souk:order:${key}`])
    expect(problems.some(({ code }) => code === 'full')).toBe(true)
  })
})

describe('records under a key that a reload loses', () => {
  it('are in memory alone', () => {
    const { storage, open, problems } = browser()
    const { orders } = open(CUSTOMER, false)
    orders.mergeFacts(key, [placed()])
    expect(orders.read(key)?.facts).toHaveLength(1)
    expect(storage.length).toBe(0)
    expect(problems).toMatchObject([{ message: expect.stringContaining('until this page') }])
  })
})

describe('the storage key', () => {
  it('of a local key is always the same, and not the key', () => {
    const one = storageKeyOf(CUSTOMER.secretKey).bytes
    expect(one).toEqual(storageKeyOf(CUSTOMER.secretKey).bytes)
    expect(one).not.toEqual(storageKeyOf(STRANGER.secretKey).bytes)
    expect(one).not.toEqual(CUSTOMER.secretKey)
  })

  it('of a key elsewhere is kept by this browser, one for each identity', async () => {
    vi.stubGlobal('indexedDB', new IDBFactory())
    const [one, again, other] = await Promise.all([
      browserStorageKey(CUSTOMER.pubkey),
      browserStorageKey(CUSTOMER.pubkey),
      browserStorageKey(STRANGER.pubkey),
    ])
    expect(one).toMatchObject({ lasts: true })
    expect(one!.bytes).toHaveLength(32)
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
    expect(await browserStorageKey(CUSTOMER.pubkey)).toEqual(one)
  })

  it('lasts as long as the page where the browser keeps none', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const one = await browserStorageKey(CUSTOMER.pubkey)
    expect(one.lasts).toBe(false)
    expect(one).not.toEqual(await browserStorageKey(CUSTOMER.pubkey))
  })
})

describe('forgetting an identity', () => {
  it('removes all that is kept of it, and nothing of anybody else', () => {
    const { storage, open } = browser()
    vi.stubGlobal('localStorage', storage)
    vi.stubGlobal('sessionStorage', createFakeBrowser().openTab().storage)
    open().orders.mergeFacts(key, [placed()])
    open(MERCHANT).orders.mergeFacts(key, [placed()])
    const outbox = (pubkey: string, to: string) =>
      JSON.stringify({ data: { event: { pubkey, tags: [['p', to]] } } })
    const attempt = (customer: string) => JSON.stringify({ data: { customer } })
    const mine = {
      [`souk:order:${key}x`]: '{}',
      [`souk:aside:souk:sealed:${CUSTOMER.pubkey}:order:${key}:1`]: '{}',
      [`souk:aside:souk:order:${key}:1`]: '{}',
      [`souk:lock:${CUSTOMER.pubkey}`]: '{}',
      'souk:outbox:1': outbox(CUSTOMER.pubkey, MERCHANT.pubkey),
      [`souk:attempt:30017:${MERCHANT.pubkey}:stall`]: attempt(CUSTOMER.pubkey),
    }
    const others = {
      [`souk:cart:30017:${CUSTOMER.pubkey}:stall`]: '{}',
      [`souk:conversation:${MERCHANT.pubkey}:${CUSTOMER.pubkey}`]: '{}',
      'souk:outbox:2': outbox(MERCHANT.pubkey, CUSTOMER.pubkey),
      [`souk:attempt:30017:${CUSTOMER.pubkey}:stall`]: attempt(STRANGER.pubkey),
      'souk:settings:current': '{}',
      [`elsewhere:${CUSTOMER.pubkey}`]: '{}',
    }
    for (const [name, text] of Object.entries({ ...mine, ...others })) storage.setItem(name, text)
    forgetIdentity(CUSTOMER.pubkey)
    const left = Array.from({ length: storage.length }, (_, n) => storage.key(n)).sort()
    expect(left).toEqual(
      [...Object.keys(others), `souk:sealed:${MERCHANT.pubkey}:order:${key}`].sort(),
    )
  })
})

describe('records that were closed', () => {
  it('are neither read nor written nor moved aside: their seal says nothing about them', () => {
    const fact = placed({ id: eventId(1) })
    const { storage, open, problems } = browser()
    const { orders, close } = open()
    orders.mergeFacts(key, [fact])
    const before = written(storage)
    close()
    expect(orders.read(key)).toBeNull()
    expect(orders.readAll().size).toBe(0)
    expect(() => orders.mergeFacts(key, [fact])).toThrow('Nothing was saved')
    expect([written(storage), problems]).toEqual([before, []])
    expect(open().orders.read(key)?.facts).toHaveLength(1)
  })
})
