/** The invoice of an order: judged every second, with its code and the ways to pay it. */
import { computed, shallowRef, watch, type Ref } from 'vue'
import { payInvoice } from '@/actions/payInvoice'
import type { InvoiceQr } from '@/actions/ports'
import type { OrderRef } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import { judgeInvoice } from '@/domain/invoiceJudgement'
import { messageOf } from '@/domain/messageOf'
import type { OrderState } from '@/domain/order'
import type { WalletProblem } from '@/domain/wallet'
import { useOrdersStore } from '@/stores/orders'
import { usePorts } from './usePorts'

const DEMO_WALLET = 'demo-wallet'

/** Such as a storage that is full: what the error says is meant for the person. */
const unexpected = (error: unknown): WalletProblem => ({
  code: 'refused',
  message: messageOf(error),
  retryable: true,
})

export function useInvoice(order: Readonly<Ref<OrderState | null>>, now: Readonly<Ref<number>>) {
  const ports = usePorts()
  const orders = useOrdersStore()
  const qr = shallowRef<InvoiceQr | null>(null)
  const paying = shallowRef(false)
  const problem = shallowRef<WalletProblem | null>(null)

  const request = computed(() => order.value?.paymentRequests.find((one) => !one.replaced) ?? null)
  const judgement = computed(() => {
    if (!order.value || !request.value) return null
    const { invoice, invoiceProblem, consented } = request.value
    return judgeInvoice({
      invoice,
      problem: invoiceProblem,
      expected: order.value.expected,
      network: ports.config.network,
      now: now.value,
      consented,
    })
  })
  /** An order that is paid, is said to be, or has ended, has nothing to pay any more. */
  const isOpen = computed(() => {
    const { settlement, fulfilment, paymentRequests } = order.value ?? {}
    // Who says to have paid is not shown a code to pay again.
    if (paymentRequests?.some(({ claimed }) => claimed)) return false
    return settlement === 'invoiced' && fulfilment !== 'cancelled' && fulfilment !== 'unfulfillable'
  })
  const isPayable = computed(() => isOpen.value && judgement.value?.verdict === 'payable')

  watch(
    () => (isPayable.value ? request.value?.invoice?.bolt11 : undefined),
    async (bolt11) => {
      qr.value = null
      if (!bolt11) return
      const drawn = await ports.invoiceQr(bolt11)
      if (request.value?.invoice?.bolt11 === bolt11) qr.value = drawn
    },
    { immediate: true },
  )

  const methods = computed(() =>
    ports.config.embeddedMarket ? [{ id: DEMO_WALLET, label: 'Pay with the demo wallet' }] : [],
  )

  /** The person saw both figures of this very invoice and agrees to pay it. */
  function consent(bolt11: string): void {
    if (!order.value) return
    const id = `consented:${bolt11}`
    const source = { kind: 'client' } as const
    try {
      const fact = { type: 'amount-consented', id, time: ports.now(), source, bolt11 } as const
      orders.record(order.value, [fact])
    } catch (error) {
      problem.value = unexpected(error)
    }
  }

  async function payFrom(
    uri: string,
    ref: OrderRef,
    invoice: DecodedInvoice,
  ): Promise<WalletProblem | null> {
    const payer = await ports.connectNwc(uri)
    if (!payer.ok) return payer.reason
    const { now } = ports
    const journal = orders.journalOf(ref.customer)
    const paid = await payInvoice({ payer: payer.value, journal, now }, ref, invoice)
    return paid.ok ? null : paid.reason
  }

  async function pay(): Promise<void> {
    const current = order.value
    const invoice = request.value?.invoice
    const uri = ports.config.embeddedMarket?.nwc
    if (paying.value || !current || !invoice || !uri || !isPayable.value) return
    paying.value = true
    problem.value = null
    problem.value = await payFrom(uri, current, invoice).catch(unexpected)
    paying.value = false
  }

  return { judgement, qr, methods, paying, problem, consent, pay }
}
