/** A cart: chosen products of ONE stall, with whole quantities. */
import type { Address, Pubkey } from './ids'
import { stockOf, type Product } from './product'

export interface CartLine {
  readonly productAddress: Address
  readonly productId: string
  readonly quantity: number
  /** Unix seconds. */
  readonly addedAt: number
  /** Name, price and currency as they were when added, to tell a change. */
  readonly name: string
  readonly price: number
  readonly currency: string
}

export interface Cart {
  readonly stallAddress: Address
  readonly merchant: Pubkey
  /** The shipping zone chosen so far. */
  readonly zoneId: string | null
  /** Unix seconds of the last change. */
  readonly updatedAt: number
  readonly lines: readonly CartLine[]
}

/** An empty cart for a stall. */
export const emptyCart = (stallAddress: Address, merchant: Pubkey, now: number): Cart => ({
  stallAddress,
  merchant,
  zoneId: null,
  updatedAt: now,
  lines: [],
})

/** Keeps a quantity whole, at least 0 and within what is in stock. */
export function clampQuantity(
  quantity: number,
  product: Pick<Product, 'active' | 'quantity'> | null,
): number {
  const whole = Number.isFinite(quantity) ? Math.max(0, Math.trunc(quantity)) : 0
  const stock = product ? stockOf(product) : 'unlimited'
  return stock === 'unlimited' ? Math.min(whole, 9999) : Math.min(whole, stock)
}

/** Adds pieces of a product; a product already in the cart gets the larger quantity. */
export function addToCart(
  cart: Cart,
  product: Product,
  currency: string,
  quantity: number,
  now: number,
): Cart {
  const current = cart.lines.find((line) => line.productAddress === product.address)
  const wanted = clampQuantity((current?.quantity ?? 0) + quantity, product)
  if (current) return setQuantity(cart, product.address, wanted, now)
  if (wanted === 0) return cart
  const line: CartLine = {
    productAddress: product.address,
    productId: product.id,
    quantity: wanted,
    addedAt: now,
    name: product.name,
    price: product.price,
    currency,
  }
  return { ...cart, updatedAt: now, lines: [...cart.lines, line] }
}

/** Sets a line's quantity, cut to a whole number; 0 removes the line. */
export function setQuantity(cart: Cart, product: Address, quantity: number, now: number): Cart {
  const whole = clampQuantity(quantity, null)
  const lines = cart.lines.flatMap((line) => {
    if (line.productAddress !== product) return [line]
    return whole > 0 ? [{ ...line, quantity: whole }] : []
  })
  return { ...cart, updatedAt: now, lines }
}

/** Chooses the shipping zone. */
export const chooseZone = (cart: Cart, zoneId: string | null, now: number): Cart => ({
  ...cart,
  zoneId,
  updatedAt: now,
})

/** How many pieces a cart holds. */
export const countPieces = (cart: Cart): number =>
  cart.lines.reduce((sum, line) => sum + line.quantity, 0)
