/** Placing an order: stored, signed and sent once, whatever is clicked meanwhile. */
import { shallowRef } from 'vue'
import { placeOrder, type PlacingStep } from '@/actions/placeOrder'
import { orderKey, type OrderKey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import type { OrderPricing, OrderRequest, OrderState } from '@/domain/order'
import { useCartsStore } from '@/stores/carts'
import { useSendPorts } from './useSendPorts'

/** Signs and sends an order that is stored; used by checkout and by "try again". */
export function usePlacing() {
  const sendPorts = useSendPorts()
  const carts = useCartsStore()
  const step = shallowRef<PlacingStep | null>(null)
  const problem = shallowRef('')

  /**
   * Answers with the order's key once it is stored and on its way, and takes what was ordered out of
   * the cart; or answers null with `problem` set.
   */
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
      if (placed.ok) {
        carts.takeOut(pricing.stallAddress, request.lines)
        return orderKey(placed.value.ref)
      }
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
