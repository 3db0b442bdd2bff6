/** A cart: chosen products of ONE stall, with whole quantities. */
import { latestOf } from './cartMerge'
import type { Address, Pubkey } from './ids'
import type { OrderLine } from './order'
import { stockOf, type Product } from './product'

export interface CartLine {
  readonly productAddress: Address
  readonly productId: string
  readonly quantity: number
  /** Unix milliseconds. */
  readonly addedAt: number
  /** Unix milliseconds; of two tabs' changes the later one counts. */
  readonly changedAt: number
  /** Name, price and currency as they were when added, to tell a change. */
  readonly name: string
  readonly price: number
  readonly currency: string
}

/** The mark that a line was taken out: a tab that still has the line must not bring it back. */
export interface RemovedLine {
  readonly productAddress: Address
  /** Unix milliseconds. */
  readonly changedAt: number
}

export interface Cart {
  readonly stallAddress: Address
  readonly merchant: Pubkey
  /** The shipping zone chosen so far. */
  readonly zoneId: string | null
  /** Unix milliseconds. */
  readonly zoneChangedAt: number
  /** Unix milliseconds of the last change. */
  readonly updatedAt: number
  /** In the order in which they were added. */
  readonly lines: readonly CartLine[]
  readonly removed: readonly RemovedLine[]
}

/** An empty cart for a stall. `now` is in unix milliseconds, here and below. */
export const emptyCart = (stallAddress: Address, merchant: Pubkey, now: number): Cart => ({
  stallAddress,
  merchant,
  zoneId: null,
  zoneChangedAt: 0,
  updatedAt: now,
  lines: [],
  removed: [],
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

/** The time of the next change: later than every change so far, whatever the clock says. */
const nextTime = (cart: Cart, now: number): number => Math.max(now, cart.updatedAt + 1)

const changed = (cart: Cart, at: number, entry: CartLine | RemovedLine): Cart => ({
  ...cart,
  updatedAt: at,
  ...latestOf([...cart.lines, ...cart.removed, entry]),
})

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
  const at = nextTime(cart, now)
  return changed(cart, at, {
    productAddress: product.address,
    productId: product.id,
    quantity: wanted,
    addedAt: at,
    changedAt: at,
    name: product.name,
    price: product.price,
    currency,
  })
}

/** Sets a line's quantity, cut to a whole number; 0 removes the line. */
export function setQuantity(cart: Cart, product: Address, quantity: number, now: number): Cart {
  const line = cart.lines.find(({ productAddress }) => productAddress === product)
  if (!line) return cart
  const whole = clampQuantity(quantity, null)
  const changedAt = nextTime(cart, now)
  const gone: RemovedLine = { productAddress: product, changedAt }
  return changed(cart, changedAt, whole > 0 ? { ...line, quantity: whole, changedAt } : gone)
}

/** Puts a line back where it was, unless there is one of its product. */
export function restoreLine(cart: Cart, line: CartLine, now: number): Cart {
  if (cart.lines.some(({ productAddress }) => productAddress === line.productAddress)) return cart
  const changedAt = nextTime(cart, now)
  return changed(cart, changedAt, { ...line, changedAt })
}

/** Takes out what was ordered; what was put in or changed meanwhile stays. */
export const takeOrdered = (cart: Cart, ordered: readonly OrderLine[], now: number): Cart =>
  cart.lines
    .filter(({ productId, quantity }) =>
      ordered.some((one) => one.productId === productId && one.quantity === quantity),
    )
    .reduce((left, { productAddress }) => setQuantity(left, productAddress, 0, now), cart)

/** Chooses the shipping zone. */
export function chooseZone(cart: Cart, zoneId: string | null, now: number): Cart {
  const at = nextTime(cart, now)
  return { ...cart, zoneId, zoneChangedAt: at, updatedAt: at }
}

/** How many pieces a cart holds. */
export const countPieces = (cart: Cart): number =>
  cart.lines.reduce((sum, line) => sum + line.quantity, 0)
