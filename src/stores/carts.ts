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
import { messageOf } from '@/domain/messageOf'
import type { OrderLine } from '@/domain/order'
import type { Product } from '@/domain/product'
import { createCartDocuments } from '@/storage/cartDocuments'
import { useNoticesStore } from './notices'

const unixNow = (): number => Math.floor(Date.now() / 1000)

/** A cart keeps its place on the page while its quantities change. */
const lastAdded = ({ lines }: Cart): number => Math.max(...lines.map(({ addedAt }) => addedAt))

export const useCartsStore = defineStore('carts', () => {
  const notices = useNoticesStore()
  const documents = createCartDocuments({ onProblem: notices.tellStorageProblem })
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

  /** Another tab may have changed the record since: the stored one is what is changed. */
  function change(stall: Address, edit: (cart: Cart, now: number) => Cart): boolean {
    return attempt(() => {
      const stored = documents.read(stall)
      if (stored) save(edit(stored, unixNow()))
      else byStall.delete(stall)
    })
  }

  const cart = (stall: string): Cart | null => byStall.get(stall) ?? null

  function add(product: Product, currency: string, quantity: number): boolean {
    const { stallAddress, merchant } = product
    return attempt(() => {
      const now = unixNow()
      const current = documents.read(stallAddress) ?? emptyCart(stallAddress, merchant, now)
      save(addToCart(current, product, currency, quantity, now))
    })
  }

  const setLine = (stall: Address, product: Address, quantity: number): boolean =>
    change(stall, (current, now) => setQuantity(current, product, quantity, now))

  const setZone = (stall: Address, zoneId: string): boolean =>
    change(stall, (current, now) => chooseZone(current, zoneId, now))

  /** Puts a line of `earlier` back where it was; what happened to the others since stays. */
  function restore(earlier: Cart, product: Address): boolean {
    const isIt = ({ productAddress }: CartLine): boolean => productAddress === product
    const at = earlier.lines.findIndex(isIt)
    return attempt(() => {
      const current = documents.read(earlier.stallAddress) ?? { ...earlier, lines: [] }
      if (at < 0 || current.lines.some(isIt)) return
      const { lines } = current
      const whole = [...lines.slice(0, at), ...earlier.lines.slice(at, at + 1), ...lines.slice(at)]
      save({ ...current, updatedAt: unixNow(), lines: whole })
    })
  }

  /** Takes out what was ordered, once the order is stored; what was put in meanwhile stays. */
  function takeOut(stall: Address, ordered: readonly OrderLine[]): boolean {
    const isOrdered = (line: CartLine): boolean =>
      ordered.some((one) => one.productId === line.productId && one.quantity === line.quantity)
    return change(stall, (current, now) => ({
      ...current,
      updatedAt: now,
      lines: current.lines.filter((line) => !isOrdered(line)),
    }))
  }

  return { carts, pieces, cart, add, setLine, setZone, restore, takeOut }
})
