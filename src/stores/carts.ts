/** The carts, one a stall, each its own record in localStorage. */
import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import {
  addToCart,
  chooseZone,
  countPieces,
  emptyCart,
  setQuantity,
  type Cart,
  type CartLine,
} from '@/domain/cart'
import type { Address } from '@/domain/ids'
import type { OrderLine } from '@/domain/order'
import type { Product } from '@/domain/product'
import { createCartDocuments } from '@/storage/cartDocuments'
import { useNoticesStore } from './notices'

const unixNow = (): number => Math.floor(Date.now() / 1000)

/** A cart keeps its place on the page while its quantities change. */
const lastAdded = ({ lines }: Cart): number => Math.max(...lines.map(({ addedAt }) => addedAt))

export const useCartsStore = defineStore('carts', () => {
  const documents = createCartDocuments({ onProblem: useNoticesStore().tellStorageProblem })
  const byStall = shallowReactive(new Map<string, Cart>(documents.readAll()))

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

  /** Stores first, shows after. Throws a StorageError when the cart cannot be kept. */
  function save(cart: Cart): void {
    if (cart.lines.length === 0) {
      documents.remove(cart.stallAddress)
      byStall.delete(cart.stallAddress)
      return
    }
    documents.write(cart.stallAddress, cart)
    byStall.set(cart.stallAddress, cart)
  }

  /** Another tab may have changed the record since: the stored one is what is changed. */
  function change(stall: Address, edit: (cart: Cart) => Cart): void {
    const stored = documents.read(stall)
    if (stored) save(edit(stored))
    else byStall.delete(stall)
  }

  const cart = (stall: string): Cart | null => byStall.get(stall) ?? null

  function add(product: Product, currency: string, quantity: number): void {
    const { stallAddress, merchant } = product
    const current = documents.read(stallAddress) ?? emptyCart(stallAddress, merchant, unixNow())
    save(addToCart(current, product, currency, quantity, unixNow()))
  }

  const setLine = (stall: Address, product: Address, quantity: number): void =>
    change(stall, (current) => setQuantity(current, product, quantity, unixNow()))

  const setZone = (stall: Address, zoneId: string): void =>
    change(stall, (current) => chooseZone(current, zoneId, unixNow()))

  /** Puts back the lines that `earlier` had; what was added since stays. */
  function restore(earlier: Cart): void {
    const had = new Set(earlier.lines.map(({ productAddress }) => productAddress))
    const since = documents.read(earlier.stallAddress)?.lines ?? []
    const added = since.filter(({ productAddress }) => !had.has(productAddress))
    save({ ...earlier, updatedAt: unixNow(), lines: [...earlier.lines, ...added] })
  }

  /** Takes out what was ordered, once the order is stored; what was put in meanwhile stays. */
  function takeOut(stall: Address, ordered: readonly OrderLine[]): void {
    const isOrdered = (line: CartLine): boolean =>
      ordered.some((one) => one.productId === line.productId && one.quantity === line.quantity)
    change(stall, (current) => ({
      ...current,
      updatedAt: unixNow(),
      lines: current.lines.filter((line) => !isOrdered(line)),
    }))
  }

  return { carts, pieces, cart, add, setLine, setZone, restore, takeOut }
})
