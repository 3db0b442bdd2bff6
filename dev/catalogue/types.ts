/** What a demo merchant is and sells, before it is written as Nostr events. */
import type { Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'

export type DemoProduct = Pick<
  Product,
  'id' | 'name' | 'description' | 'price' | 'quantity' | 'categories' | 'specs' | 'zoneCosts'
> & {
  /** File names without ending, drawn by the pictures beside this file; the first is the main one. */
  readonly pictures: readonly string[]
  /** What the merchant writes once the order is paid: the goods themselves, when they are digital. */
  readonly autoreply?: string
}

export type DemoStall = Pick<Stall, 'id' | 'name' | 'description' | 'currency' | 'zones'> & {
  readonly products: readonly DemoProduct[]
}

export interface DemoMerchant {
  readonly name: string
  /** Hex. Derived from a public sentence: anyone can sign as a demo merchant. */
  readonly secretKey: string
  /** Hex. */
  readonly publicKey: string
  /** Pictures by file name. */
  readonly profile: { readonly name: string; readonly about: string; readonly picture: string }
  readonly stalls: readonly DemoStall[]
  /** `program`: a headless program handles its orders. `person`: whoever signs in as it. */
  readonly answeredBy: 'program' | 'person'
}
