/** Checkout of one stall's cart: prices it for a zone and places the order, once. */
import { computed, shallowRef } from 'vue'
import { createOrderId, placeOrder, type PlacingStep } from '@/actions/placeOrder'
import type { Cart } from '@/domain/cart'
import { orderKey, type Address, type OrderKey } from '@/domain/ids'
import type { OrderPricing, OrderRequest, OrderState } from '@/domain/order'
import { priceOrder } from '@/domain/pricing'
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

  /** Places the order and empties the cart. Answers with the key of the order to show. */
  async function place(details: OrderDetails): Promise<OrderKey | null> {
    const current = cart.value
    const priced = pricing.value
    if (!current || !priced) {
      placing.problem.value = 'Something in this cart is not offered any more. Look at the cart.'
      return null
    }
    const lines = current.lines.map(({ productId, quantity }) => ({ productId, quantity }))
    const request: OrderRequest = { orderId, lines, shippingId: priced.zone.id, ...details }
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
    rows,
    zone,
    pricing,
    rateProblem,
    satPerUnit,
    step: placing.step,
    problem: placing.problem,
    chooseZone,
    place,
  }
}
