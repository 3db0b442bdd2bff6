/** What a merchant does with incoming orders: price, invoice, watch, ship, refuse. */
import { onScopeDispose, shallowRef, watch } from 'vue'
import { refuseOrder } from '@/actions/refuseOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import type { SendPorts } from '@/actions/sendMessage'
import { shipOrder } from '@/actions/shipOrder'
import { priceIncoming, receiptText } from '@/domain/incomingOrder'
import { orderKey, type OrderKey, type Pubkey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import { isSatCurrency, type Sat } from '@/domain/money'
import type { OrderRequest, OrderState } from '@/domain/order'
import { ok } from '@/domain/result'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useSettingsStore } from '@/stores/settings'
import { usePaymentWatch } from './usePaymentWatch'
import { usePorts } from './usePorts'
import { useSendPorts } from './useSendPorts'
import { useWithOrder } from './useWithOrder'

/** A rate or a product that was missing is looked for again this often. */
const PRICE_AGAIN_MS = 30_000

/** Prices incoming orders from the merchant's own catalogue, once stalls, products and rates are there. */
function usePricing() {
  const ports = usePorts()
  const orders = useOrdersStore()
  const catalogue = useCatalogueStore()
  const problems = shallowRef<ReadonlyMap<string, string>>(new Map())

  function note(key: OrderKey, problem: string | null): void {
    const next = new Map(problems.value)
    if (problem === null) next.delete(key)
    else next.set(key, problem)
    problems.value = next
  }

  /** Null while the rate is not to be had: without it the total would stay unknown for good. */
  async function lookUp(merchant: Pubkey, request: OrderRequest) {
    const own = {
      stalls: catalogue.stalls.filter((stall) => stall.merchant === merchant),
      products: catalogue.products.filter((product) => product.merchant === merchant),
    }
    const priced = priceIncoming(request, own, () => null)
    if (!priced.ok || isSatCurrency(priced.value.currency) || !ports.rates) return priced
    const rate = await ports.rates.rateOf(priced.value.currency)
    if (rate.ok) return ok({ ...priced.value, satPerUnit: rate.value.satPerUnit })
    return rate.reason.retryable ? null : priced
  }

  async function price(order: OrderState): Promise<void> {
    if (order.pricing || !order.request || !order.placedEventId) return
    const key = orderKey(order)
    const priced = await lookUp(order.merchant, order.request)
    // A product that is missing may be on its way.
    if (!priced || (!priced.ok && !catalogue.isComplete)) return
    note(key, priced.ok ? null : priced.reason)
    if (!priced.ok) return
    const source = { kind: 'client' } as const
    const { placedEventId } = order
    const id = `priced:${placedEventId}`
    const fact = { type: 'priced', id, placedEventId, time: ports.now(), source } as const
    orders.journalOf(order.merchant).record(order, [{ ...fact, pricing: priced.value }])
  }

  function priceAll(): void {
    for (const order of orders.incoming) {
      price(order).catch((error: unknown) => note(orderKey(order), messageOf(error)))
    }
  }

  watch(
    [
      () => orders.incoming.map(orderKey).join(),
      () => catalogue.products,
      () => catalogue.isComplete,
    ],
    priceAll,
    { immediate: true },
  )
  const timer = setInterval(priceAll, PRICE_AGAIN_MS)
  onScopeDispose(() => clearInterval(timer))
  return problems
}

/** Whether something has been done already, going by the order as it is stored now. */
type Check = (order: OrderState) => boolean
type Task = (
  send: SendPorts,
  order: OrderState,
) => Promise<{ ok: true } | { ok: false; reason: { message: string } }>

export function useMerchantOrders() {
  const ports = usePorts()
  const settings = useSettingsStore()
  const sendPorts = useSendPorts()
  const withOrder = useWithOrder()
  const pricingProblems = usePricing()
  const watchProblem = usePaymentWatch()
  /** The key of the order that is being worked on. */
  const busy = shallowRef<string | null>(null)
  const problem = shallowRef('')

  /** What was done meanwhile in another tab is not done again. */
  async function work(order: OrderState, isDone: Check, task: Task): Promise<boolean> {
    if (busy.value !== null) return false
    busy.value = orderKey(order)
    problem.value = ''
    try {
      const send = await sendPorts()
      if (!send) throw new Error('Sign in as the merchant first.')
      const done = await withOrder(order, async (now) => {
        const current = now ?? order
        return isDone(current) ? ok(null) : task(send, current)
      })
      if (!done.ok) problem.value = done.reason.message
      return done.ok
    } catch (error) {
      problem.value = messageOf(error)
      return false
    } finally {
      busy.value = null
    }
  }

  function invoice(order: OrderState, amount: Sat, words: string): Promise<boolean> {
    const before = order.paymentRequests.length
    const isDone: Check = ({ paymentRequests }) => paymentRequests.length > before
    return work(order, isDone, async (send, current) => {
      if (!settings.lnbits) throw new Error('Connect an LNbits wallet first.')
      const issuer = await ports.connectLnbits(settings.lnbits)
      const receipt = words || (order.pricing ? receiptText(order.pricing) : '')
      return sendInvoice({ ...send, issuer }, current, amount, receipt)
    })
  }

  function ship(order: OrderState, shipped: boolean, text: string): Promise<boolean> {
    const isDone: Check = ({ fulfilment }) => (fulfilment === 'shipped') === shipped
    return work(order, isDone, (send, current) => shipOrder(send, current, shipped, text))
  }

  const refuse = (order: OrderState, reason: string): Promise<boolean> =>
    work(
      order,
      ({ fulfilment }) => fulfilment === 'unfulfillable',
      (send, current) => refuseOrder(send, current, reason),
    )

  return { busy, problem, watchProblem, pricingProblems, invoice, ship, refuse }
}
