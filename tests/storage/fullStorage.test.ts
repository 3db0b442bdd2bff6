/** A full storage: five million letters, as browsers have it. Orders stay, what is expendable goes. */
import { describe, expect, it } from 'vitest'
import { orderKey, type OrderId } from '@/domain/ids'
import { listAsides } from '@/storage/asides'
import { createCartDocuments } from '@/storage/cartDocuments'
import { listKept } from '@/storage/kept'
import { createOrderDocuments } from '@/storage/orderDocuments'
import { reserveRoom } from '@/storage/room'
import { StorageError } from '@/storage/storageProblems'
import { sealedFor } from '../factories/storage'
import { createFakeBrowser } from './fakeBrowser'
import { allFacts, cart, customer, facts, ref, stallAddress } from './samples'

/** As Chromium counts: keys and values together, each letter once. The browser tests compare. */
const QUOTA = 5 * 1024 * 1024

function open(quota = QUOTA) {
  const { storage } = createFakeBrowser(quota).openTab()
  const orders = createOrderDocuments({ ...sealedFor(customer), storage })
  const place = (n: number) => {
    const own = { ...ref, orderId: `order-${n}` as OrderId }
    return orders.mergeFacts(orderKey(own), allFacts)
  }
  return { storage, orders, place, carts: createCartDocuments({ storage }) }
}

const used = (storage: Storage): number =>
  listKept(storage).reduce((sum, { bytes }) => sum + bytes, 0) / 2

/** Leaves so many letters free. */
function fill(storage: Storage, quota: number, free: number) {
  const key = 'souk:sealed:filler'
  storage.setItem(key, 'x'.repeat(quota - used(storage) - key.length - free))
}

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return error instanceof StorageError ? error.code : String(error)
  }
}

describe('orders until the storage is full', () => {
  it('are refused with words in the end, and every one that was accepted is still there', () => {
    const { storage, orders, place } = open(QUOTA / 10)
    let count = 0
    const placeNext = () => {
      reserveRoom(storage, 30_000)
      place(count)
      count += 1
    }
    let code = 'none'
    while (code === 'none' && count < 10_000) code = codeOf(placeNext)
    expect(code).toBe('full')
    expect(count).toBeGreaterThan(20)
    expect(orders.readAll().size).toBe(count)
    expect(used(storage)).toBeGreaterThan(QUOTA / 10 - 40_000)
  })

  it('leave room for all that follows an order that was accepted', () => {
    const { storage, orders, place } = open()
    fill(storage, QUOTA, 31_000)
    reserveRoom(storage, 30_000)
    place(1)
    const key = orderKey({ ...ref, orderId: 'order-1' as OrderId })
    const more = { ...facts.noted, id: 'later', text: 'y'.repeat(10_000) }
    expect(orders.mergeFacts(key, [more]).facts).toContainEqual(more)
  })

  it('are refused before anything of them is stored', () => {
    const { storage } = open()
    fill(storage, QUOTA, 10_000)
    const before = listKept(storage)
    expect(codeOf(() => reserveRoom(storage, 30_000))).toBe('full')
    expect(listKept(storage)).toEqual(before)
  })
})

describe('when room is needed', () => {
  const dropped = { key: `souk:cart:${stallAddress}`, reason: 'damaged', text: 'x'.repeat(2000) }
  const precious = { key: 'souk:sealed:a:order:b', reason: 'damaged', text: 'y'.repeat(2000) }

  function crowded() {
    const opened = open(20_000)
    const { storage } = opened
    storage.setItem(`souk:aside:${dropped.key}:1`, JSON.stringify(dropped))
    storage.setItem(`souk:aside:${precious.key}:1`, JSON.stringify(precious))
    opened.carts.merge(stallAddress, cart)
    fill(storage, 20_000, 500)
    return opened
  }

  it('carts and settings that were moved aside go; orders that were moved aside stay', () => {
    const { storage } = crowded()
    reserveRoom(storage, 1500)
    expect(listAsides(storage).map(({ key }) => key)).toEqual([precious.key])
    expect(codeOf(() => reserveRoom(storage, 10_000))).toBe('full')
    expect(listAsides(storage)).toHaveLength(1)
  })

  it('a record that finds none is written after they have gone', () => {
    const { storage, orders } = crowded()
    expect(orders.mergeFacts(orderKey(ref), [facts.placed]).facts).toHaveLength(1)
    expect(listAsides(storage)).toHaveLength(1)
  })

  it('a cart with something in it stays, one that only remembers removals goes', () => {
    const { storage, carts } = crowded()
    const other = stallAddress.replace('stall:1', 'stall:2') as typeof stallAddress
    const empty = { ...cart, stallAddress: other, lines: [], removed: [] }
    storage.setItem(`souk:cart:${other}`, JSON.stringify({ version: 2, data: empty }))
    expect(carts.readAll().size).toBe(2)
    reserveRoom(storage, 1500)
    expect([...carts.readAll().keys()]).toEqual([stallAddress])
  })
})

describe('records cut at any byte', () => {
  it('are moved aside, and the others are shown', () => {
    const { storage, orders, place } = open()
    place(1)
    place(2)
    const key = `souk:sealed:${customer}:order:${orderKey({ ...ref, orderId: 'order-1' as OrderId })}`
    const whole = storage.getItem(key)!
    for (let length = 0; length < whole.length; length += 97) {
      storage.setItem(key, whole.slice(0, length))
      expect([...orders.readAll().values()].map((one) => one.ref.orderId)).toEqual(['order-2'])
      const [aside] = listAsides(storage)
      expect(aside).toMatchObject({ key, text: whole.slice(0, length) })
      storage.removeItem(aside!.asideKey)
    }
  })

  it('hide no cart but their own', () => {
    const { storage, carts } = open()
    const other = stallAddress.replace('stall:1', 'stall:2') as typeof stallAddress
    carts.merge(stallAddress, cart)
    carts.merge(other, { ...cart, stallAddress: other })
    const key = `souk:cart:${stallAddress}`
    const whole = storage.getItem(key)!
    for (let length = 0; length < whole.length; length += 1) {
      storage.setItem(key, whole.slice(0, length))
      expect([...carts.readAll().keys()]).toEqual([other])
      expect(listAsides(storage)).toHaveLength(1)
      storage.removeItem(listAsides(storage)[0]!.asideKey)
    }
  })
})
