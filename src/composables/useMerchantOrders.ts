/** What a merchant does with incoming orders: price, invoice, watch, ship, refuse. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { refuseOrder } from '@/actions/refuseOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import { shipOrder } from '@/actions/shipOrder'
import { watchPayment } from '@/actions/watchPayment'
import { priceIncoming, receiptText } from '@/domain/incomingOrder'
import { orderKey, type OrderKey, type Pubkey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import { isSatCurrency, type Sat } from '@/domain/money'
import type { OrderRequest, OrderState, PaymentRequest } from '@/domain/order'
import { ok } from '@/domain/result'
import type { DecodedInvoice } from '@/domain/invoice'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useSettingsStore } from '@/stores/settings'
import { usePorts } from './usePorts'
import { useSendPorts } from './useSendPorts'
import { useSigner } from './useSigner'

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
    orders.record(order, [{ ...fact, pricing: priced.value }])
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

/** Unpaid, or paid without the customer having been told: the message may have been declined. */
const awaitsPayment = ({ settlement, paidConfirmed }: OrderState): boolean =>
  settlement === 'invoiced' || (settlement === 'paid-proved' && !paidConfirmed)

/** A wallet may book a payment this long after its invoice has expired. */
const LATE_SECONDS = 15 * 60
const DAY_SECONDS = 24 * 3600
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** False for what nobody will pay any more. A paid one is looked up so that its customer is told. */
function mayYetBePaid({ invoice, paid, replaced }: PaymentRequest, now: number): boolean {
  if (!invoice || paid) return invoice !== null
  return now < invoice.expiresAt + (replaced ? 0 : DAY_SECONDS)
}

interface InvoiceWatch {
  readonly abort: AbortController
  readonly connection: LnbitsConnection
}

/** Watches every invoice that awaits its payment while the page is open. */
function usePaymentWatch() {
  const ports = usePorts()
  const orders = useOrdersStore()
  const settings = useSettingsStore()
  const signer = useSigner()
  const sendPorts = useSendPorts()
  const watched = new Map<string, InvoiceWatch>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const problem = shallowRef('')
  let disposed = false

  /** A watch that ended begins anew only with another wallet. */
  function isWatched(paymentHash: string, connection: LnbitsConnection): boolean {
    const known = watched.get(paymentHash)
    return known !== undefined && (!known.abort.signal.aborted || known.connection === connection)
  }

  /** One that expired already is looked up for a while too: it may have been paid in time. */
  function endLate({ expiresAt }: DecodedInvoice, abort: AbortController): void {
    const seconds = Math.max(expiresAt - ports.now(), 0) + LATE_SECONDS
    timers.add(setTimeout(() => abort.abort(), Math.min(seconds * 1000, LONGEST_TIMEOUT_MS)))
  }

  async function start(order: OrderState, invoice: DecodedInvoice): Promise<void> {
    const { paymentHash } = invoice
    const connection = settings.lnbits
    const send = await sendPorts()
    // Two pages that watch the same invoice would both tell the customer.
    if (disposed || !connection || !send || isWatched(paymentHash, connection)) return
    const abort = new AbortController()
    watched.set(paymentHash, { abort, connection })
    endLate(invoice, abort)
    const issuer = await ports.connectLnbits(connection)
    watchPayment({ ...send, issuer }, order, paymentHash, abort.signal, {
      onPaid: () => (problem.value = ''),
      onProblem(trouble) {
        // Another wallet made this invoice: no trouble, but nothing to wait for either.
        if (trouble.code === 'not-found') abort.abort()
        else problem.value = trouble.message
      },
      onFailed: (error) => (problem.value = messageOf(error)),
    })
  }

  const open = computed(() =>
    orders.incoming
      .filter(awaitsPayment)
      .flatMap((order) =>
        order.paymentRequests
          .filter((request) => mayYetBePaid(request, ports.now()))
          .flatMap(({ invoice }) => (invoice ? [{ order, invoice }] : [])),
      ),
  )
  watch(
    [open, () => settings.lnbits, signer],
    ([invoices]) => invoices.forEach(({ order, invoice }) => void start(order, invoice)),
    { immediate: true },
  )
  onScopeDispose(() => {
    disposed = true
    timers.forEach(clearTimeout)
    watched.forEach(({ abort }) => abort.abort())
  })
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

  const invoice = (order: OrderState, amount: Sat, words: string): Promise<boolean> =>
    work(order, async (send) => {
      if (!settings.lnbits) throw new Error('Connect an LNbits wallet first.')
      const issuer = await ports.connectLnbits(settings.lnbits)
      const receipt = words || (order.pricing ? receiptText(order.pricing) : '')
      return sendInvoice({ ...send, issuer }, order, amount, receipt)
    })

  const ship = (order: OrderState, shipped: boolean, text: string): Promise<boolean> =>
    work(order, (send) => shipOrder(send, order, shipped, text))

  const refuse = (order: OrderState, reason: string): Promise<boolean> =>
    work(order, (send) => refuseOrder(send, order, reason))

  return { busy, problem, watchProblem, pricingProblems, invoice, ship, refuse }
}
