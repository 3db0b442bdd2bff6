/** What an order should cost, with the exact rounding of the LNbits nostrmarket. */
import type { ExpectedTotal } from './invoice'
import { isSatCurrency, roundHalfEven, type Sat } from './money'
import type { OrderPricing, PricedLine } from './order'
import type { Product } from './product'
import { deliveryKind, type ShippingZone, type Stall } from './stall'

/** Invoices of fiat stalls may differ by this share, since merchant and customer ask for a rate apart. */
export const FIAT_TOLERANCE = 0.02
/** ... and by at least this much. */
export const MIN_TOLERANCE_SAT = 2

/** A cost in the stall's currency as whole satoshi, cut off as nostrmarket does for fiat. */
const toSat = (cost: number, satPerUnit: number, isSat: boolean): number =>
  isSat ? cost : Math.trunc(cost * satPerUnit)

/** Total in the stall's own currency, unrounded: `sum(qty * (price + extra)) + zone cost`. */
export function totalInCurrency(pricing: OrderPricing): number {
  const products = pricing.lines.reduce(
    (sum, line) => sum + line.quantity * (line.unitPrice + line.zoneExtra),
    0,
  )
  return products + pricing.zone.cost
}

/**
 * Total in satoshi: sat stalls `sum(qty * (price + extra)) + zone cost`; fiat stalls
 * `sum(qty * trunc((price + extra) * rate)) + trunc(zone cost * rate)`; then half to even.
 * Null when the rate is not known or the figures are not sane.
 */
export function totalInSat(pricing: OrderPricing): Sat | null {
  const isSat = isSatCurrency(pricing.currency)
  const rate = isSat ? 1 : pricing.satPerUnit
  if (rate === null) return null
  const products = pricing.lines.reduce(
    (sum, line) => sum + line.quantity * toSat(line.unitPrice + line.zoneExtra, rate, isSat),
    0,
  )
  const total = roundHalfEven(products + toSat(pricing.zone.cost, rate, isSat))
  return Number.isSafeInteger(total) && total > 0 ? (total as Sat) : null
}

/** The total to hold against the merchant's invoice: exact for sat, a tolerance for fiat. */
export function expectedTotal(pricing: OrderPricing | null): ExpectedTotal {
  if (!pricing) return { kind: 'unknown', why: 'The prices of this order are not known here.' }
  const sat = totalInSat(pricing)
  if (sat === null) {
    const noRate = pricing.satPerUnit === null && !isSatCurrency(pricing.currency)
    const why = noRate
      ? `No exchange rate for ${pricing.currency.slice(0, 12)} was available.`
      : 'The prices of this order do not add up to an amount that can be paid.'
    return { kind: 'unknown', why }
  }
  if (isSatCurrency(pricing.currency)) return { kind: 'exact', sat }
  const toleranceSat = Math.max(MIN_TOLERANCE_SAT, Math.floor(sat * FIAT_TOLERANCE)) as Sat
  return { kind: 'estimate', sat, toleranceSat }
}

/** The product's extra cost in a zone. Zone ids are a stranger's words: `constructor` may be one. */
const zoneCost = ({ zoneCosts }: Product, zoneId: string): number =>
  Object.hasOwn(zoneCosts, zoneId) ? (zoneCosts[zoneId] ?? 0) : 0

/** A product and quantity, priced as the catalogue shows it now for one zone. */
export function priceLine(product: Product, quantity: number, zoneId: string): PricedLine {
  return {
    productId: product.id,
    productAddress: product.address,
    productEventId: product.eventId,
    name: product.name,
    image: product.images[0] ?? null,
    quantity,
    unitPrice: product.price,
    zoneExtra: zoneCost(product, zoneId),
  }
}

/** Prices a whole order as the catalogue shows it now. */
export function priceOrder(
  stall: Stall,
  zone: ShippingZone,
  lines: readonly { readonly product: Product; readonly quantity: number }[],
  satPerUnit: number | null,
): OrderPricing {
  return {
    stallAddress: stall.address,
    stallName: stall.name,
    currency: stall.currency,
    lines: lines.map(({ product, quantity }) => priceLine(product, quantity, zone.id)),
    zone: { id: zone.id, name: zone.name, cost: zone.cost, delivery: deliveryKind(zone) },
    satPerUnit: isSatCurrency(stall.currency) ? 1 : satPerUnit,
  }
}
