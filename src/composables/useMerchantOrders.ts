/** What a merchant does with incoming orders: price, invoice, watch, ship, refuse. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { refuseOrder } from '@/actions/refuseOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import { shipOrder } from '@/actions/shipOrder'
import { watchPayment } from '@/actions/watchPayment'
import { priceIncoming, receiptText } from '@/domain/incomingOrder'
import { orderKey } from '@/domain/ids'
import type { Sat } from '@/domain/money'
import type { OrderState } from '@/domain/order'
import { isSatCurrency } from '@/domain/money'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useSettingsStore } from '@/stores/settings'
import { usePorts } from './usePorts'
import { useSendPorts } from './useSendPorts'

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Prices incoming orders from the merchant's own catalogue, once stalls, products and rates are there. */
function usePricing() {
  const ports = usePorts()
  const orders = useOrdersStore()
  const catalogue = useCatalogueStore()
  const problems = shallowRef(new Map<string, string>())

  async function rateFor(currency: string): Promise<number | null> {
    if (isSatCurrency(currency)) return 1
    const rate = await ports.rates?.rateOf(currency)
    return rate?.ok ? rate.value.satPerUnit : null
  }

  async function price(order: OrderState): Promise<void> {
    if (order.pricing || !order.request) return
    const own = {
      stalls: catalogue.stalls.filter(({ merchant }) => merchant === order.merchant),
      products: catalogue.products.filter(({ merchant }) => merchant === order.merchant),
    }
    const rates = new Map<string, number | null>()
    for (const { currency } of own.stalls) rates.set(currency, await rateFor(currency))
    const priced = priceIncoming(order.request, own, (currency) => rates.get(currency) ?? null)
    const key = orderKey(order)
    problems.value = new Map(problems.value)
    if (!priced.ok) {
      problems.value.set(key, priced.reason)
      return
    }
    problems.value.delete(key)
    const source = { kind: 'client' } as const
    const fact = { type: 'priced', id: `priced:${key}`, time: ports.now(), source } as const
    orders.record(order, [{ ...fact, pricing: priced.value }])
  }

  watch(
    [() => orders.incoming.map(orderKey).join(), () => catalogue.products],
    () => orders.incoming.forEach((order) => void price(order)),
    { immediate: true },
  )
  return problems
}

/** Watches every unpaid invoice of this page's wallet while the page is open. */
function usePaymentWatch() {
  const ports = usePorts()
  const orders = useOrdersStore()
  const settings = useSettingsStore()
  const sendPorts = useSendPorts()
  const watched = new Map<string, AbortController>()
  const problem = shallowRef('')

  async function start(order: OrderState, paymentHash: string): Promise<void> {
    const connection = settings.lnbits
    const ports_ = await sendPorts()
    if (!connection || !ports_ || watched.has(paymentHash)) return
    const abort = new AbortController()
    watched.set(paymentHash, abort)
    const issuer = await ports.connectLnbits(connection)
    watchPayment({ ...ports_, issuer }, order, paymentHash, abort.signal, {
      onPaid: () => (problem.value = ''),
      onProblem: ({ message }) => (problem.value = message),
    })
  }

  const open = computed(() =>
    orders.incoming
      .filter(({ settlement }) => settlement === 'invoiced')
      .flatMap((order) =>
        order.paymentRequests.flatMap(({ invoice }) => (invoice ? [{ order, invoice }] : [])),
      ),
  )
  watch(
    [open, () => settings.lnbits],
    ([invoices]) =>
      invoices.forEach(({ order, invoice }) => void start(order, invoice.paymentHash)),
    { immediate: true },
  )
  onScopeDispose(() => watched.forEach((abort) => abort.abort()))
  return problem
}

export function useMerchantOrders() {
  const ports = usePorts()
  const settings = useSettingsStore()
  const sendPorts = useSendPorts()
  const pricingProblems = usePricing()
  const watchProblem = usePaymentWatch()
  /** The key of the order that is being worked on. */
  const busy = shallowRef<string | null>(null)
  const problem = shallowRef('')

  async function work(
    order: OrderState,
    task: (
      send: NonNullable<Awaited<ReturnType<typeof sendPorts>>>,
    ) => Promise<{ ok: true } | { ok: false; reason: { message: string } }>,
  ): Promise<boolean> {
    if (busy.value !== null) return false
    busy.value = orderKey(order)
    problem.value = ''
    try {
      const send = await sendPorts()
      if (!send) throw new Error('Sign in as the merchant first.')
      const done = await task(send)
      if (!done.ok) problem.value = done.reason.message
      return done.ok
    } catch (error) {
      problem.value = messageOf(error)
      return false
    } finally {
      busy.value = null
    }
  }

  const invoice = (order: OrderState, amount: Sat, memo: string): Promise<boolean> =>
    work(order, async (send) => {
      if (!settings.lnbits) throw new Error('Connect an LNbits wallet first.')
      const issuer = await ports.connectLnbits(settings.lnbits)
      const receipt = memo || (order.pricing ? receiptText(order.pricing) : '')
      return sendInvoice({ ...send, issuer }, order, amount, receipt)
    })

  const ship = (order: OrderState, shipped: boolean, text: string): Promise<boolean> =>
    work(order, (send) => shipOrder(send, order, shipped, text))

  const refuse = (order: OrderState, reason: string): Promise<boolean> =>
    work(order, (send) => refuseOrder(send, order, reason))

  return { busy, problem, watchProblem, pricingProblems, invoice, ship, refuse }
}
