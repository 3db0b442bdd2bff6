/** The invoice of an order: judged every second, with its code and the ways to pay it. */
import { computed, shallowRef, watch, type Ref } from 'vue'
import { payInvoice } from '@/actions/payInvoice'
import type { InvoiceQr } from '@/actions/ports'
import { judgeInvoice } from '@/domain/invoiceJudgement'
import type { OrderState } from '@/domain/order'
import type { WalletProblem } from '@/domain/wallet'
import { useOrdersStore } from '@/stores/orders'
import { usePorts } from './usePorts'

const DEMO_WALLET = 'demo-wallet'

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
  const isPayable = computed(() => judgement.value?.verdict === 'payable')

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

  function consent(paymentHash: string): void {
    if (!order.value) return
    orders.record(order.value, [
      {
        type: 'amount-consented',
        id: `consented:${paymentHash}`,
        time: ports.now(),
        source: { kind: 'client' },
        paymentHash,
      },
    ])
  }

  async function pay(): Promise<void> {
    const current = order.value
    const invoice = request.value?.invoice
    const uri = ports.config.embeddedMarket?.nwc
    if (paying.value || !current || !invoice || !uri || !isPayable.value) return
    paying.value = true
    problem.value = null
    const payer = await ports.connectNwc(uri)
    const paid = payer.ok
      ? await payInvoice({ payer: payer.value, journal: orders, now: ports.now }, current, invoice)
      : payer
    if (!paid.ok) problem.value = paid.reason
    paying.value = false
  }

  return { judgement, qr, methods, paying, problem, consent, pay }
}
