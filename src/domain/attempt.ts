/** An attempt to make a cart into an order: it keeps one order one, over clicks, tabs and reloads. */
import type { OrderRef } from './ids'
import type { OrderPricing, OrderRequest, OrderState } from './order'

/** The order that a cart was last made into. */
export interface Attempt extends OrderRef {
  /** True once what was ordered was taken out of the cart: the next order is another one. */
  readonly taken: boolean
}

/** What a customer is about to order, before it has an id. */
export type RequestDraft = Omit<OrderRequest, 'orderId'>

const pricesOf = ({ currency, lines, zone }: OrderPricing): string =>
  JSON.stringify([
    currency,
    lines.map(({ unitPrice, zoneExtra }) => [unitPrice, zoneExtra]),
    zone.cost,
  ])

/** True when the same lines cost the same, whatever an exchange rate has become meanwhile. */
export const hasSamePrices = (one: OrderPricing, other: OrderPricing): boolean =>
  pricesOf(one) === pricesOf(other)

/** What makes two requests the same order, apart from the id and the prices. */
const contentOf = (request: RequestDraft): string =>
  JSON.stringify([
    request.lines.map(({ productId, quantity }) => [productId, quantity]),
    [request.shippingId, request.name, request.address, request.message],
    [request.contact.nostr, request.contact.phone, request.contact.email],
  ])

/** True for an order that is stored and was neither signed nor given up. */
export const isUnsigned = (order: OrderState): boolean =>
  order.placedEventId === null && order.fulfilment !== 'cancelled'

/** True when an order asks for exactly this, at these prices. */
export const isSameOrder = (
  order: OrderState,
  request: RequestDraft,
  pricing: OrderPricing,
): boolean =>
  order.request !== null &&
  order.pricing !== null &&
  contentOf(order.request) === contentOf(request) &&
  hasSamePrices(order.pricing, pricing)
