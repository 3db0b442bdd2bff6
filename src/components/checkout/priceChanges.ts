/** Which prices of a cart are no longer what they were when the product was added. */
import type { CartLine } from '@/domain/cart'
import { isSatCurrency, type Price } from '@/domain/money'
import type { PricedLine } from '@/domain/order'

const sameCurrency = (a: string, b: string): boolean =>
  (isSatCurrency(a) && isSatCurrency(b)) || a.trim().toLowerCase() === b.trim().toLowerCase()

/** The old prices of the lines that changed since they were added, by product address. */
export function priceChanges(
  added: readonly CartLine[],
  now: readonly PricedLine[],
  currency: string,
): ReadonlyMap<string, Price> {
  const current = new Map(now.map((line) => [line.productAddress, line.unitPrice]))
  return new Map(
    added.flatMap((line) => {
      const price = current.get(line.productAddress)
      if (price === undefined) return []
      if (price === line.price && sameCurrency(line.currency, currency)) return []
      return [[line.productAddress, { amount: line.price, currency: line.currency }] as const]
    }),
  )
}
