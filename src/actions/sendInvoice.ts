/** The merchant's invoice for an order: made by the wallet, sent as a payment request. */
import type { OrderRef } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import type { Sat } from '@/domain/money'
import type { OrderState } from '@/domain/order'
import { fail, ok, type Result } from '@/domain/result'
import type { InvoiceIssuer, WalletProblem } from '@/domain/wallet'
import type { SignerProblem } from '@/protocol/signer'
import { sendMessage, type SendPorts } from './sendMessage'

const EXPIRY_SECONDS = 3600

/**
 * Asks the wallet for an invoice and sends it. The intent is stored before the wallet is asked, so
 * that a wallet that answers too late is noticed.
 *
 * @param receipt what the customer reads beside the invoice
 */
export async function sendInvoice(
  ports: SendPorts & { readonly issuer: InvoiceIssuer },
  order: OrderRef & Pick<OrderState, 'placedEventId'>,
  amount: Sat,
  receipt: string,
): Promise<Result<DecodedInvoice, WalletProblem | SignerProblem>> {
  const time = ports.now()
  const { merchant, customer, orderId, placedEventId } = order
  const ref: OrderRef = { merchant, customer, orderId }
  ports.journal.record(ref, [
    {
      type: 'invoice-intended',
      id: `invoice-intended:${orderId}:${time}`,
      time,
      source: { kind: 'client' },
      amountSat: amount,
      placedEventId,
      receipt,
    },
  ])
  const memo = `Order '${orderId}' for pubkey '${customer}'`
  const issued = await ports.issuer.createInvoice({
    amount,
    memo,
    expirySeconds: EXPIRY_SECONDS,
    order: ref,
  })
  if (!issued.ok) return fail(issued.reason)
  const { invoice } = issued.value
  const options = [{ type: 'ln', link: invoice.bolt11 }]
  const sent = await sendMessage(ports, customer, {
    type: 'payment-request',
    orderId,
    text: receipt,
    options,
  })
  return sent.ok ? ok(invoice) : fail(sent.reason)
}
