/** Watches a sent invoice for the merchant and tells the customer when it is paid. */
import type { OrderRef } from '@/domain/ids'
import type { InvoiceIssuer, WalletProblem } from '@/domain/wallet'
import type { SignerProblem } from '@/protocol/signer'
import { provedFact } from './provedFact'
import { sendMessage, type SendPorts } from './sendMessage'

/** Called along the way. */
export interface WatchPaymentHandlers {
  readonly onPaid?: () => void
  readonly onProblem?: (problem: WalletProblem | SignerProblem) => void
  /** The payment could not be stored, so the customer was not told. */
  readonly onFailed?: (error: unknown) => void
}

/** Watches until the wallet says paid or failed, or until `signal` aborts. */
export function watchPayment(
  ports: SendPorts & { readonly issuer: InvoiceIssuer },
  ref: OrderRef,
  paymentHash: string,
  signal: AbortSignal,
  handlers: WatchPaymentHandlers = {},
): void {
  async function settle(preimage: string | null): Promise<void> {
    ports.journal.record(ref, [provedFact(paymentHash, preimage, ports.now())])
    const { orderId, customer } = ref
    const status = { type: 'status', orderId, paid: true, shipped: null } as const
    const sent = await sendMessage(ports, customer, { ...status, text: 'Payment received.' })
    if (sent.ok) handlers.onPaid?.()
    else handlers.onProblem?.(sent.reason)
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
