/** Watches a sent invoice for the merchant and tells the customer when it is paid. */
import type { OrderRef } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import type { InvoiceIssuer, WalletProblem } from '@/domain/wallet'
import type { SignerProblem } from '@/protocol/signer'
import type { WithOrder } from './ports'
import { provedFact } from './provedFact'
import { sendMessage, type SendPorts } from './sendMessage'

const TEXT = 'Payment received.'

/** Called along the way. */
export interface WatchPaymentHandlers {
  readonly onPaid?: () => void
  readonly onProblem?: (problem: WalletProblem | SignerProblem) => void
  /** The payment could not be stored, so the customer was not told. */
  readonly onFailed?: (error: unknown) => void
}

/**
 * Stores the proof of a payment and tells the customer, unless that was done already: by another
 * tab, or before this page was opened.
 */
function tellOnce(
  ports: SendPorts & { readonly withOrder: WithOrder },
  ref: OrderRef,
  proof: Fact,
): Promise<SignerProblem | null> {
  return ports.withOrder(ref, async (order) => {
    ports.journal.record(ref, [proof])
    if (order?.paidConfirmed) return null
    const { orderId, customer } = ref
    const status = { type: 'status', orderId, paid: true, shipped: null, text: TEXT } as const
    const sent = await sendMessage(ports, customer, status)
    return sent.ok ? null : sent.reason
  })
}

type WatchPorts = SendPorts & { readonly issuer: InvoiceIssuer; readonly withOrder: WithOrder }

/**
 * Asks the wallet once about an invoice that is too old to be watched; a payment is stored and told
 * like any other. Answers with what went wrong, or null.
 */
export async function lookUpPayment(
  ports: WatchPorts,
  ref: OrderRef,
  paymentHash: string,
): Promise<WalletProblem | SignerProblem | null> {
  const status = await ports.issuer.lookupInvoice(paymentHash)
  if (!status.ok) return status.reason
  if (!status.value.paid) return null
  return tellOnce(ports, ref, provedFact(paymentHash, status.value.preimage, ports.now()))
}

/** Watches until the wallet says paid or failed, or until `signal` aborts. */
export function watchPayment(
  ports: WatchPorts,
  ref: OrderRef,
  paymentHash: string,
  signal: AbortSignal,
  handlers: WatchPaymentHandlers = {},
): void {
  async function settle(preimage: string | null): Promise<void> {
    const proof = provedFact(paymentHash, preimage, ports.now())
    const problem = await tellOnce(ports, ref, proof)
    if (problem) handlers.onProblem?.(problem)
    else handlers.onPaid?.()
  }
  ports.issuer.watchInvoice(
    paymentHash,
    {
      onSettled(status) {
        if (status.paid) settle(status.preimage).catch((error) => handlers.onFailed?.(error))
      },
      onProblem: handlers.onProblem,
    },
    signal,
  )
}
