/** Satoshi shown beside a stall's own currency. */
import { isSatCurrency, type Price } from '@/domain/money'
import type { OrderPricing } from '@/domain/order'

/** Satoshi in the stall's currency at the order's rate; null for sat stalls and unknown rates. */
export function inStallCurrency(sat: number, pricing: OrderPricing | null): Price | null {
  if (!pricing || !pricing.satPerUnit || isSatCurrency(pricing.currency)) return null
  return { amount: sat / pricing.satPerUnit, currency: pricing.currency }
}
