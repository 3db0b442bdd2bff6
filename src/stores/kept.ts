/** What this browser keeps, for the page about it; and room for an order before it is accepted. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { listAsides, type Aside } from '@/storage/asides'
import { listKept, removeEverything, type Kept } from '@/storage/kept'
import { reserveRoom } from '@/storage/room'
import { openStorage } from '@/storage/storageArea'
import { useNoticesStore } from './notices'

export type { Aside }
export type { Kept }

/** An order is stored as intent, order message and signed event, each sealed or encrypted. */
const COPIES = 5
/** Answers of relays, the invoice, the merchant's words. */
const WHAT_FOLLOWS = 16_000

export const useKeptStore = defineStore('kept', () => {
  const report = useNoticesStore().tellStorageProblem
  const local = openStorage('localStorage', report)
  const kinds = shallowRef<readonly Kept[]>([])
  const asides = shallowRef<readonly Aside[]>([])
  /** Catalogue events in the cache; null until they are counted. */
  const cached = shallowRef<number | null>(null)

  async function openCache() {
    const { createEventCache } = await import('@/storage/eventCache')
    return createEventCache()
  }

  /** Counts the records again. */
  function look(): void {
    kinds.value = listKept(local)
    asides.value = listAsides(local)
  }

  /** Counts everything again. */
  async function refresh(): Promise<void> {
    look()
    const cache = await openCache()
    cached.value = await cache.count()
    await cache.close()
  }

  function removeAside(asideKey: string): void {
    local.removeItem(asideKey)
    look()
  }

  async function clearCache(): Promise<void> {
    const cache = await openCache()
    await cache.clear()
    cached.value = await cache.count()
    await cache.close()
  }

  /** Throws a StorageError when an order of this size, and what follows it, could not be stored. */
  function reserveForOrder(order: unknown): void {
    reserveRoom(local, COPIES * JSON.stringify(order).length + WHAT_FOLLOWS)
  }

  const removeAll = (): Promise<void> =>
    removeEverything([local, openStorage('sessionStorage', report)])

  return {
    kinds,
    asides,
    cached,
    look,
    refresh,
    removeAside,
    clearCache,
    reserveForOrder,
    removeAll,
  }
})
