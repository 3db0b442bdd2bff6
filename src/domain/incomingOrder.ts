/** An order as its merchant sees it: priced from the merchant's own catalogue, never from the message. */
import type { OrderPricing, OrderRequest } from './order'
import { formatPrice } from './money'
import { priceOrder, totalInCurrency } from './pricing'
import { stockOf, type Product } from './product'
import { fail, ok, type Result } from './result'
import type { Stall } from './stall'

/** What the merchant has on offer: its own stalls and products. */
export interface OwnCatalogue {
  readonly stalls: Iterable<Stall>
  readonly products: Iterable<Product>
}

/** Why a line cannot be sold, or null. */
function lineProblem(product: Product | undefined, quantity: number): string | null {
  if (!product) return 'The order names a product that is not in your catalogue.'
  if (quantity <= 0) return `The order asks for ${quantity} of ${product.name}.`
  const stock = stockOf(product)
  if (stock === 'unlimited' || stock >= quantity) return null
  return `The order asks for ${quantity} of ${product.name}, but ${stock} are left.`
}

/**
 * Prices an incoming order: every product from one stall of the merchant, in stock, with a shipping
 * zone of that stall. The reason of a refusal is meant for the merchant.
 *
 * @param satPerUnit the rate for the stall's currency, asked for by its name; null if unknown
 */
export function priceIncoming(
  request: OrderRequest,
  own: OwnCatalogue,
  satPerUnit: (currency: string) => number | null,
): Result<OrderPricing> {
  const products = new Map([...own.products].map((product) => [product.id, product]))
  const lines: { product: Product; quantity: number }[] = []
  for (const { productId, quantity } of request.lines) {
    const product = products.get(productId)
    const problem = lineProblem(product, quantity)
    if (!product || problem) return fail(problem ?? 'The order cannot be read.')
    lines.push({ product, quantity })
  }
  const stallIds = new Set(lines.map(({ product }) => product.stallAddress))
  if (stallIds.size !== 1) return fail('The order mixes products of several stalls.')
  const stall = [...own.stalls].find(({ address }) => stallIds.has(address))
  if (!stall) return fail('The stall of this order is not in your catalogue.')
  const zone = stall.zones.find(({ id }) => id === request.shippingId)
  if (!zone) return fail('The order names a shipping zone that its stall does not have.')
  return ok(priceOrder(stall, zone, lines, satPerUnit(stall.currency)))
}

/** What the customer reads beside the invoice, line by line and with the total. */
export function receiptText(pricing: OrderPricing): string {
  const money = (amount: number): string =>
    formatPrice({ amount, currency: pricing.currency }, 'en')
  const lines = pricing.lines.map((line) => {
    const each = line.unitPrice + line.zoneExtra
    return `${line.quantity} x ${line.name} at ${money(each)} = ${money(line.quantity * each)}`
  })
  const shipping = `Shipping (${pricing.zone.name}): ${money(pricing.zone.cost)}`
  return [...lines, shipping, `Total: ${money(totalInCurrency(pricing))}`].join('\n')
}
