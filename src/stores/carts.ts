/** The carts, one a stall, each its own record in localStorage. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, watch } from 'vue'
import {
  addToCart,
  chooseZone,
  countPieces,
  emptyCart,
  restoreLine,
  setQuantity,
  takeOrdered,
  type Cart,
} from '@/domain/cart'
import { mergeCarts } from '@/domain/cartMerge'
import type { Address } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import type { OrderLine } from '@/domain/order'
import type { Product } from '@/domain/product'
import { createCartDocuments } from '@/storage/cartDocuments'
import { useCartCountStore } from './cartCount'
import { useNoticesStore } from './notices'

/** An empty cart stays this long, as the mark of what was taken out, for tabs that slept meanwhile. */
const KEEP_EMPTY_MS = 30 * 24 * 3600 * 1000

/** A cart keeps its place on the page while its quantities change. */
const lastAdded = ({ lines }: Cart): number => Math.max(...lines.map(({ addedAt }) => addedAt))

export const useCartsStore = defineStore('carts', () => {
  const notices = useNoticesStore()
  const documents = createCartDocuments({ onProblem: notices.tellStorageProblem })
  const byStall = shallowReactive(new Map<string, Cart>(documents.readAll()))

  for (const { stallAddress, lines, updatedAt } of [...byStall.values()]) {
    if (lines.length === 0 && updatedAt < Date.now() - KEEP_EMPTY_MS) forget(stallAddress)
  }

  documents.onChange((stall, cart) => {
    if (cart) byStall.set(stall, cart)
    else byStall.delete(stall)
  })

  const carts = computed(() =>
    [...byStall.values()]
      .filter((cart) => cart.lines.length > 0)
      .sort((a, b) => lastAdded(b) - lastAdded(a)),
  )
  const pieces = computed(() => carts.value.reduce((sum, cart) => sum + countPieces(cart), 0))
  const count = useCartCountStore()
  watch(pieces, (now) => (count.pieces = now), { immediate: true, flush: 'sync' })

  function forget(stall: Address): void {
    documents.remove(stall)
    byStall.delete(stall)
  }

  /** Stores first, shows after. Throws a StorageError when the cart cannot be kept. */
  function save(cart: Cart): void {
    try {
      byStall.set(cart.stallAddress, documents.merge(cart.stallAddress, cart))
    } catch (error) {
      // Emptying makes room: it must be possible where nothing more can be written.
      if (cart.lines.length > 0) throw error
      forget(cart.stallAddress)
    }
  }

  /** Answers whether the change was kept; when not, the person is told why. */
  function attempt(work: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      const text = messageOf(error)
      notices.tell({ tone: 'danger', title: 'The cart was not changed', text })
      return false
    }
  }

  /** What is stored now, with what this tab stored: another tab may just have replaced it. */
  function stored(stall: Address): Cart | null {
    const record = documents.read(stall)
    const mine = byStall.get(stall)
    return record && mine ? mergeCarts(record, mine) : record
  }

  /** A cart whose record is gone was removed on purpose: it is not brought back. */
  function change(stall: Address, edit: (cart: Cart) => Cart): boolean {
    return attempt(() => {
      const current = stored(stall)
      if (current) save(edit(current))
      else byStall.delete(stall)
    })
  }

  const cart = (stall: string): Cart | null => byStall.get(stall) ?? null

  /** The cart with what another tab may have changed a moment ago. */
  function reread(stall: Address): Cart | null {
    const current = stored(stall)
    if (current) byStall.set(stall, current)
    else byStall.delete(stall)
    return current
  }

  function add(product: Product, currency: string, quantity: number): boolean {
    const { stallAddress, merchant } = product
    return attempt(() => {
      const current = stored(stallAddress) ?? emptyCart(stallAddress, merchant, Date.now())
      const next = addToCart(current, product, currency, quantity, Date.now())
      if (next !== current) save(next)
    })
  }

  const setLine = (stall: Address, product: Address, quantity: number): boolean =>
    change(stall, (current) => setQuantity(current, product, quantity, Date.now()))

  const setZone = (stall: Address, zoneId: string): boolean =>
    change(stall, (current) => chooseZone(current, zoneId, Date.now()))

  /** Puts a line of `earlier` back where it was; what happened to the others since stays. */
  function restore(earlier: Cart, product: Address): boolean {
    const line = earlier.lines.find(({ productAddress }) => productAddress === product)
    return attempt(() => {
      const current = stored(earlier.stallAddress) ?? { ...earlier, lines: [] }
      if (line) save(restoreLine(current, line, Date.now()))
    })
  }

  /** Takes out what was ordered, once the order is stored; what was put in meanwhile stays. */
  const takeOut = (stall: Address, ordered: readonly OrderLine[]): boolean =>
    change(stall, (current) => takeOrdered(current, ordered, Date.now()))

  /** Every cart, with the marks of what was taken out: for a backup. */
  const all = (): readonly Cart[] => [...byStall.values()]

  /** Merges a cart of a backup. Throws a StorageError when it cannot be kept. */
  function adopt(imported: Cart): void {
    const current = stored(imported.stallAddress)
    save(current ? mergeCarts(current, imported) : imported)
  }

  return { carts, pieces, cart, reread, all, adopt, add, setLine, setZone, restore, takeOut }
})
