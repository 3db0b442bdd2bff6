/** Checkout of one stall's cart: prices it for a zone and places the order, once. */
import { computed, shallowRef } from 'vue'
import { createOrderId, placeOrder, type PlacingStep } from '@/actions/placeOrder'
import type { Cart } from '@/domain/cart'
import { orderKey, type Address, type OrderKey } from '@/domain/ids'
import type { OrderPricing, OrderRequest, OrderState } from '@/domain/order'
import { priceLine, priceOrder } from '@/domain/pricing'
import { stockOf } from '@/domain/product'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { useExchangeRate } from './useExchangeRate'
import { useSendPorts } from './useSendPorts'

/** What the person filled in. */
export type OrderDetails = Pick<OrderRequest, 'name' | 'address' | 'message' | 'contact'>

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Signs and sends an order that is stored; used by checkout and by "try again". */
export function usePlacing() {
  const sendPorts = useSendPorts()
  const step = shallowRef<PlacingStep | null>(null)
  const problem = shallowRef('')

  /** Answers with the order's key once it is stored and on its way, or null with `problem` set. */
  async function place(
    merchant: OrderState['merchant'],
    request: OrderRequest,
    pricing: OrderPricing,
  ): Promise<OrderKey | null> {
    // A second click while the first is at work must not make a second order.
    if (step.value !== null) return null
    step.value = 'saving'
    problem.value = ''
    try {
      const ports = await sendPorts()
      if (!ports) throw new Error('Sign in, or go on as a guest, to place the order.')
      const placed = await placeOrder(ports, merchant, request, pricing, (at) => (step.value = at))
      if (placed.ok) return orderKey(placed.value.ref)
      problem.value = placed.reason.message
    } catch (error) {
      problem.value = messageOf(error)
    } finally {
      step.value = null
    }
    return null
  }

  return { step, problem, place }
}

export function useCheckout(stallAddress: () => string) {
  const carts = useCartsStore()
  const catalogue = useCatalogueStore()
  const placing = usePlacing()
  // The id is chosen once for this checkout, so that trying again asks for the same order.
  let orderId = createOrderId()

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
          (sum, { line, product }) => sum + line.quantity * (product?.zoneCosts[id] ?? 0),
          0,
        ),
      ]),
    ),
  )
  /** Why the cart cannot be ordered as it is, or empty. */
  const missing = computed(() => {
    const gone = rows.value.find(({ product }) => !product)
    if (gone) return `${gone.line.name} is not offered any more. Remove it from the cart.`
    const short = rows.value.find(({ line, product }) => {
      const stock = product ? stockOf(product) : 'unlimited'
      return stock !== 'unlimited' && stock < line.quantity
    })
    if (!short?.product) return ''
    return `Only ${stockOf(short.product)} left of ${short.product.name}. Change the cart.`
  })

  /** Places the order and empties the cart. Answers with the key of the order to show. */
  async function place(details: OrderDetails): Promise<OrderKey | null> {
    const current = cart.value
    const priced = pricing.value
    if (!current || !priced) {
      placing.problem.value = missing.value || 'Choose how you want to get your order.'
      return null
    }
    const ordered = current.lines.map(({ productId, quantity }) => ({ productId, quantity }))
    const { name, address, message, contact } = details
    const request: OrderRequest = {
      orderId,
      lines: ordered,
      shippingId: priced.zone.id,
      name,
      address,
      message,
      contact,
    }
    const key = await placing.place(current.merchant, request, priced)
    if (key === null) return null
    carts.clear(current.stallAddress)
    orderId = createOrderId()
    return key
  }

  const chooseZone = (zoneId: string): void => carts.setZone(stallAddress() as Address, zoneId)

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
