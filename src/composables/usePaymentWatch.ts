/** Watches the invoices of a merchant's orders, and tells the customer of each payment. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { AppPorts } from '@/actions/ports'
import { lookUpPayment, watchPayment } from '@/actions/watchPayment'
import type { DecodedInvoice } from '@/domain/invoice'
import { messageOf } from '@/domain/messageOf'
import type { OrderState, PaymentRequest } from '@/domain/order'
import { useOrdersStore } from '@/stores/orders'
import { useSettingsStore } from '@/stores/settings'
import { usePorts } from './usePorts'
import { useSendPorts } from './useSendPorts'
import { useSigner } from './useSigner'
import { useWithOrder } from './useWithOrder'

/** Unpaid, or paid without the customer having been told: the message may have been declined. */
const awaitsPayment = ({ settlement, paidConfirmed }: OrderState): boolean =>
  settlement === 'invoiced' || (settlement === 'paid-proved' && !paidConfirmed)

/** A wallet may book a payment this long after its invoice has expired. */
const LATE_SECONDS = 15 * 60
const DAY_SECONDS = 24 * 3600
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** False for what is only looked up once. A paid one is watched so that its customer is told. */
function mayYetBePaid({ invoice, paid, replaced }: PaymentRequest, now: number): boolean {
  if (!invoice || paid) return invoice !== null
  return now < invoice.expiresAt + (replaced ? 0 : DAY_SECONDS)
}

interface Invoiced {
  readonly order: OrderState
  readonly request: PaymentRequest
  readonly invoice: DecodedInvoice
}

const invoicesOf = (order: OrderState): Invoiced[] =>
  order.paymentRequests.flatMap((request) =>
    request.invoice ? [{ order, request, invoice: request.invoice }] : [],
  )

type WalletConnection = Parameters<AppPorts['connectLnbits']>[0]

interface InvoiceWatch {
  readonly abort: AbortController
  readonly connection: WalletConnection
}

/** For instance when a part of the app could not be loaded. */
const AGAIN_MS = 30_000

/** Watches every invoice that awaits its payment while the page is open. */
export function usePaymentWatch() {
  const ports = usePorts()
  const orders = useOrdersStore()
  const settings = useSettingsStore()
  const signer = useSigner()
  const sendPorts = useSendPorts()
  const withOrder = useWithOrder()
  const watched = new Map<string, InvoiceWatch>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const problem = shallowRef('')
  /** Counts how often everything was begun anew, after something could not be begun. */
  const round = shallowRef(0)
  let again: ReturnType<typeof setTimeout> | undefined
  let disposed = false

  function beginAgain(): void {
    again = undefined
    problem.value = ''
    round.value += 1
  }

  /** What cannot be begun is told, and tried again. */
  function failed(error: unknown): void {
    if (disposed) return
    problem.value = messageOf(error)
    again ??= setTimeout(beginAgain, AGAIN_MS)
  }

  /** A watch that ended begins anew only with another wallet. */
  function isWatched(paymentHash: string, connection: WalletConnection): boolean {
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
    const issuer = await ports.connectLnbits(connection).catch((error: unknown) => {
      watched.delete(paymentHash)
      throw error
    })
    watchPayment({ ...send, issuer, withOrder }, order, paymentHash, abort.signal, {
      onPaid: () => (problem.value = ''),
      onProblem(trouble) {
        // Another wallet made this invoice: no trouble, but nothing to wait for either.
        if (trouble.code === 'not-found') abort.abort()
        else problem.value = trouble.message
      },
      onFailed: (error) => (problem.value = messageOf(error)),
    })
  }

  /** Old invoices of this wallet that were asked about, or could not be: not again on this page. */
  const lookedUp = new Set<string>()
  let lookingUp = false

  /** They may have been paid while no page was open. One after another, to spare the wallet. */
  async function lookUpOld(invoices: readonly Invoiced[]): Promise<void> {
    const connection = settings.lnbits
    const send = await sendPorts()
    if (disposed || lookingUp || !connection || !send) return
    lookingUp = true
    try {
      const issuer = await ports.connectLnbits(connection)
      for (const { order, invoice } of invoices) {
        const name = `${connection.url} ${invoice.paymentHash}`
        if (disposed || lookedUp.has(name)) continue
        lookedUp.add(name)
        const trouble = await lookUpPayment(
          { ...send, issuer, withOrder },
          order,
          invoice.paymentHash,
        )
        if (trouble && trouble.code !== 'not-found') problem.value = trouble.message
      }
    } finally {
      lookingUp = false
    }
  }

  const invoiced = computed(() => orders.incoming.filter(awaitsPayment).flatMap(invoicesOf))
  watch(
    [invoiced, () => settings.lnbits, signer, round],
    ([invoices]) => {
      const isOpen = ({ request }: Invoiced) => mayYetBePaid(request, ports.now())
      const open = invoices.filter(isOpen)
      open.forEach(({ order, invoice }) => void start(order, invoice).catch(failed))
      lookUpOld(invoices.filter((one) => !isOpen(one))).catch(failed)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    disposed = true
    clearTimeout(again)
    timers.forEach(clearTimeout)
    watched.forEach(({ abort }) => abort.abort())
  })
  return problem
}
