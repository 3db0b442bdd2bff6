/** Placing an order: stored, signed and sent once, whatever is clicked, closed or open beside it. */
import { shallowRef } from 'vue'
import { placeOrder, withdrawnFact, type PlacingStep } from '@/actions/placeOrder'
import type { SendPorts } from '@/actions/sendMessage'
import { isUnsigned, type Attempt } from '@/domain/attempt'
import { orderKey, type Address, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import type { OrderPricing, OrderRequest } from '@/domain/order'
import { useAttemptsStore } from '@/stores/attempts'
import { useCartsStore } from '@/stores/carts'
import { useKeptStore } from '@/stores/kept'
import { useOrdersStore } from '@/stores/orders'
import { withTabLock } from './tabLock'
import { useSendPorts } from './useSendPorts'

/** What is to be placed; or the order that was placed already; or why nothing can be. */
export type Choice =
  | { readonly request: OrderRequest; readonly pricing: OrderPricing }
  | { readonly placed: OrderKey }
  | { readonly problem: string }

const SWITCHED = 'The key that you use has changed meanwhile. Nothing was ordered; try again.'

/** Takes out of the cart what was ordered. It may be told twice: the second time changes nothing. */
export function useCartSettling() {
  const attempts = useAttemptsStore()
  const carts = useCartsStore()
  const orders = useOrdersStore()

  /** The order is placed whatever happens here: without this note the cart is settled once more. */
  function noteTaken(stall: Address, attempt: Attempt): void {
    try {
      attempts.note(stall, { ...attempt, taken: true })
    } catch {
      return
    }
  }

  /** @returns the key of the order that this cart was made into, if it was placed */
  return function settle(stall: Address): OrderKey | null {
    const attempt = attempts.of(stall)
    if (!attempt || attempt.customer !== orders.own) return null
    const order = orders.reread(orderKey(attempt))
    if (!order?.placedEventId || !order.request) return null
    if (!attempt.taken && carts.takeOut(stall, order.request.lines)) noteTaken(stall, attempt)
    return orderKey(attempt)
  }
}

/** Signs and sends an order; used by checkout and by an order that was never signed. */
export function usePlacing() {
  const sendPorts = useSendPorts()
  const attempts = useAttemptsStore()
  const orders = useOrdersStore()
  const settle = useCartSettling()
  const kept = useKeptStore()
  const step = shallowRef<PlacingStep | null>(null)
  const problem = shallowRef('')

  /** An order that was never signed gives way to the one that its cart is made into now. */
  function giveUpOthers(stall: Address, ref: OrderRef, time: number): void {
    for (const order of orders.placed) {
      const isOther = orderKey(order) !== orderKey(ref)
      const ofThisCart = order.pricing?.stallAddress === stall && isUnsigned(order)
      if (isOther && ofThisCart) orders.record(order, [withdrawnFact(order.orderId, time)])
    }
  }

  async function run(
    ports: SendPorts,
    merchant: Pubkey,
    stall: Address,
    choose: () => Choice,
  ): Promise<OrderKey | null> {
    const customer = ports.signer.publicKey
    // The turn may have been long in coming.
    if (orders.own !== customer) throw new Error(SWITCHED)
    const choice = choose()
    if ('placed' in choice) return choice.placed
    if ('problem' in choice) throw new Error(choice.problem)
    const { request, pricing } = choice
    kept.reserveForOrder([request, pricing])
    const ref = { merchant, customer, orderId: request.orderId }
    attempts.note(stall, { ...ref, taken: false })
    giveUpOthers(stall, ref, ports.now())
    const placed = await placeOrder(ports, merchant, request, pricing, (at) => (step.value = at))
    if (placed.ok) return settle(stall) ?? orderKey(ref)
    problem.value = placed.reason.message
    return null
  }

  /**
   * Answers with the order's key once it is stored, and takes what was ordered out of the cart; or
   * answers null with `problem` set. One cart is placed by one tab at a time: `choose` is asked when
   * it is this tab's turn, and sees what the others did.
   */
  async function place(
    merchant: Pubkey,
    stall: Address,
    choose: () => Choice,
  ): Promise<OrderKey | null> {
    // A second click while the first is at work must not make a second order.
    if (step.value !== null) return null
    step.value = 'saving'
    problem.value = ''
    try {
      const ports = await sendPorts()
      if (!ports) throw new Error('Sign in, or go on as a guest, to place the order.')
      const turn = `souk-placing:${stall}`
      return await withTabLock(turn, () => run(ports, merchant, stall, choose))
    } catch (error) {
      problem.value = messageOf(error)
      return null
    } finally {
      step.value = null
    }
  }

  return { step, problem, place }
}
