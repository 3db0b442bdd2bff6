/** A product: something for sale in a stall (kind 30018). */
import type { Address, EventId, Pubkey } from './ids'

export interface Product {
  readonly address: Address
  readonly merchant: Pubkey
  readonly id: string
  readonly stallId: string
  /** Address of the stall it belongs to: always the same merchant's. */
  readonly stallAddress: Address
  readonly name: string
  readonly description: string
  readonly images: readonly string[]
  /** Null when the message names none: then the stall's currency counts. */
  readonly currency: string | null
  readonly price: number
  /** Whole pieces in stock, null for unlimited. */
  readonly quantity: number | null
  readonly active: boolean
  readonly categories: readonly string[]
  readonly specs: readonly (readonly [name: string, value: string])[]
  /** Extra cost per unit by shipping zone id, in the stall's currency. */
  readonly zoneCosts: Readonly<Record<string, number>>
  readonly eventId: EventId
  readonly publishedAt: number
}

/** What is left to sell: a count, `unlimited`, or 0 for sold out and deactivated products. */
export function stockOf(product: Pick<Product, 'active' | 'quantity'>): number | 'unlimited' {
  if (!product.active) return 0
  return product.quantity === null ? 'unlimited' : Math.max(0, product.quantity)
}

/** True when at least one piece can be ordered. */
export const isAvailable = (product: Pick<Product, 'active' | 'quantity'>): boolean =>
  stockOf(product) !== 0
