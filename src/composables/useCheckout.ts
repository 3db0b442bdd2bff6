/** Checkout of one stall's cart: prices it for a zone and places the order, once. */
import { computed } from 'vue'
import { createOrderId } from '@/actions/placeOrder'
import { hasSamePrices, isSameOrder, isUnsigned, type RequestDraft } from '@/domain/attempt'
import type { Cart, CartLine } from '@/domain/cart'
import type { Address, OrderKey, Pubkey } from '@/domain/ids'
import type { OrderPricing, OrderRequest } from '@/domain/order'
import { priceLine, priceOrder } from '@/domain/pricing'
import { stockOf, type Product } from '@/domain/product'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useExchangeRate } from './useExchangeRate'
import { useCartSettling, usePlacing, type Choice } from './usePlacing'

/** What the person filled in. */
export interface OrderDetails extends Pick<
  OrderRequest,
  'name' | 'address' | 'message' | 'contact'
> {
  /** The delivery chosen in this tab; the cart's where nothing is said. */
  readonly zoneId?: string
}

const OTHER_DELIVERY =
  'The delivery of this cart was changed in another tab. Look at the total, then place the order.'
const OTHER_PRICES =
  'A price changed while the order was placed. Look at the total, then place the order.'

/** What the person saw when the order was asked for. */
interface Seen {
  readonly lines: string
  readonly pricing: OrderPricing
}

/** Why a line cannot be ordered, or empty. */
function lineProblem({ name, quantity }: CartLine, product: Product | null): string {
  if (!product) return `${name} is not offered any more. Remove it from the cart.`
  const stock = stockOf(product)
  if (stock === 'unlimited' || stock >= quantity) return ''
  if (stock === 0) return `${product.name} is sold out. Remove it from the cart.`
  return `Only ${stock} left of ${product.name}. Change the cart.`
}

/** Trying again asks for the same order: an equal one that was stored but never signed. */
function useOrderIds() {
  const orders = useOrdersStore()
  return (merchant: Pubkey, request: RequestDraft, priced: OrderPricing) =>
    orders.placed.find(
      (order) =>
        order.merchant === merchant && isUnsigned(order) && isSameOrder(order, request, priced),
    )?.orderId ?? createOrderId()
}

export function useCheckout(stallAddress: () => string) {
  const carts = useCartsStore()
  const catalogue = useCatalogueStore()
  const placing = usePlacing()
  const orderIdFor = useOrderIds()
  const settle = useCartSettling()

  const cart = computed<Cart | null>(() => carts.cart(stallAddress()))
  const stall = computed(() => catalogue.stall(stallAddress()))
  const { satPerUnit, problem: rateProblem } = useExchangeRate(() => stall.value?.currency ?? null)

  const rows = computed(() =>
    (cart.value?.lines ?? []).map((line) => ({
      line,
      product: catalogue.product(line.productAddress),
    })),
  )
  const zone = computed(
    () => stall.value?.zones.find(({ id }) => id === cart.value?.zoneId) ?? null,
  )

  function pricingFor(zoneId: string): OrderPricing | null {
    const chosen = stall.value?.zones.find(({ id }) => id === zoneId)
    const lines = rows.value.flatMap(({ line, product }) =>
      product ? [{ product, quantity: line.quantity }] : [],
    )
    if (!stall.value || !chosen || lines.length !== rows.value.length) return null
    return priceOrder(stall.value, chosen, lines, satPerUnit.value)
  }

  const pricing = computed(() => (zone.value ? pricingFor(zone.value.id) : null))
  /** The cart's lines with pictures and current prices, as far as the catalogue has them. */
  const lines = computed(() =>
    rows.value.flatMap(({ line, product }) =>
      product ? [priceLine(product, line.quantity, zone.value?.id ?? '')] : [],
    ),
  )
  /** What the products add in each zone, by zone id. */
  const zoneExtras = computed(() =>
    Object.fromEntries(
      (stall.value?.zones ?? []).map(({ id }) => [
        id,
        rows.value.reduce(
          (sum, { line, product }) =>
            sum + line.quantity * (product ? priceLine(product, line.quantity, id).zoneExtra : 0),
          0,
        ),
      ]),
    ),
  )
  /** Why the cart cannot be ordered as it is, or empty. A catalogue on its way says nothing yet. */
  const missing = computed(() => {
    for (const { line, product } of rows.value) {
      const problem = product || catalogue.isComplete ? lineProblem(line, product) : ''
      if (problem) return problem
    }
    return ''
  })

  function whyNot(): string {
    if (missing.value) return missing.value
    const waiting = !stall.value || rows.value.some(({ product }) => !product)
    if (waiting) return 'The stall and its products are still on their way. Try again in a moment.'
    return pricing.value ? '' : 'Choose how you want to get your order.'
  }

  const linesOf = ({ lines }: Cart) =>
    lines.map(({ productId, quantity }) => ({ productId, quantity }))

  /** What to place, now that no other tab is at it: the cart as it is stored, or the order it became. */
  function choose(seen: Seen, details: OrderDetails): Choice {
    const address = stallAddress() as Address
    const placed = settle(address)
    const current = carts.reread(address)
    if (!current?.lines.length) {
      return placed ? { placed } : { problem: 'The cart is empty now: it was ordered or emptied.' }
    }
    if (JSON.stringify(linesOf(current)) !== seen.lines) {
      return { problem: 'The cart was changed meanwhile. Look at it again.' }
    }
    const priced = pricing.value
    const problem = whyNot()
    if (problem || !priced) return { problem }
    if (details.zoneId !== undefined && details.zoneId !== priced.zone.id) {
      return { problem: OTHER_DELIVERY }
    }
    if (!hasSamePrices(priced, seen.pricing)) return { problem: OTHER_PRICES }
    const { name, address: where, message, contact } = details
    const lines = linesOf(current)
    const draft = { lines, shippingId: priced.zone.id, name, address: where, message, contact }
    const orderId = orderIdFor(current.merchant, draft, priced)
    return { request: { orderId, ...draft }, pricing: priced }
  }

  const chooseZone = (zoneId: string): void => void carts.setZone(stallAddress() as Address, zoneId)

  /** Places the order. Answers with the key of the order to show. */
  async function place(details: OrderDetails): Promise<OrderKey | null> {
    const current = cart.value
    if (placing.step.value !== null || !current) return null
    if (details.zoneId !== undefined && details.zoneId !== current.zoneId) {
      chooseZone(details.zoneId)
      placing.problem.value = OTHER_DELIVERY
      return null
    }
    const shown = pricing.value
    placing.problem.value = whyNot()
    if (placing.problem.value || !shown) return null
    const seen = { lines: JSON.stringify(linesOf(current)), pricing: shown }
    return placing.place(current.merchant, current.stallAddress, () => choose(seen, details))
  }

  return {
    cart,
    stall,
    pricing,
    lines,
    zoneExtras,
    missing,
    rateProblem,
    step: placing.step,
    problem: placing.problem,
    chooseZone,
    place,
  }
}
