/** The price of a product as a stall asks it. */
import type { Price } from '@/domain/money'
import type { Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'

/**
 * A stall has one currency, which its orders are counted in; what the product names counts only
 * while its stall is not known.
 */
export function productPrice(
  product: Pick<Product, 'price' | 'currency'>,
  stall: Pick<Stall, 'currency'> | null,
): Price {
  return { amount: product.price, currency: stall?.currency ?? product.currency ?? '' }
}
