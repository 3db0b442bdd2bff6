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
} from '@/domain/cart'
import type { Address } from '@/domain/ids'
import type { Product } from '@/domain/product'
import { createCartDocuments } from '@/storage/cartDocuments'

const unixNow = (): number => Math.floor(Date.now() / 1000)

export const useCartsStore = defineStore('carts', () => {
  const documents = createCartDocuments()
  const byStall = shallowReactive(new Map<string, Cart>(documents.readAll()))

  documents.onChange((stall, cart) => {
    if (cart) byStall.set(stall, cart)
    else byStall.delete(stall)
  })

  const carts = computed(() =>
    [...byStall.values()]
      .filter((cart) => cart.lines.length > 0)
      .sort((a, b) => b.updatedAt - a.updatedAt),
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
    const cart = documents.read(stall) ?? byStall.get(stall)
    if (cart) save(edit(cart))
  }

  const cart = (stall: string): Cart | null => byStall.get(stall) ?? null

  function add(product: Product, currency: string, quantity: number): void {
    const stall = product.stallAddress
    const current =
      documents.read(stall) ?? byStall.get(stall) ?? emptyCart(stall, product.merchant, unixNow())
    save(addToCart(current, product, currency, quantity, unixNow()))
  }

  const setLine = (stall: Address, product: Address, quantity: number): void =>
    change(stall, (current) => setQuantity(current, product, quantity, unixNow()))

  const setZone = (stall: Address, zoneId: string): void =>
    change(stall, (current) => chooseZone(current, zoneId, unixNow()))

  /** Empties a cart, once its order is stored. */
  function clear(stall: Address): void {
    documents.remove(stall)
    byStall.delete(stall)
  }

  return { carts, pieces, cart, add, setLine, setZone, restore: save, clear }
})
