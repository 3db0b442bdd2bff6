/** The merchant's invoice for an order: made by the wallet once, sent as a payment request. */
import type { OrderRef } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import { toMsat, type Sat } from '@/domain/money'
import type { OrderState } from '@/domain/order'
import { fail, ok, type Result } from '@/domain/result'
import type { InvoiceIssuer, WalletProblem } from '@/domain/wallet'
import type { SignerProblem } from '@/protocol/signer'
import { sendMessage, type SendPorts } from './sendMessage'

const EXPIRY_SECONDS = 3600
/** An invoice that runs out sooner is not sent any more: the customer needs time to pay. */
const MIN_LEFT_SECONDS = 5 * 60

type IssuingPorts = SendPorts & { readonly issuer: InvoiceIssuer }
export type InvoicedOrder = OrderRef &
  Pick<OrderState, 'placedEventId' | 'invoiceAttempts' | 'paymentRequests'>

function recordIntent(
  { journal, now }: SendPorts,
  { placedEventId, ...ref }: OrderRef & Pick<OrderState, 'placedEventId'>,
  amountSat: Sat,
  receipt: string,
): void {
  const time = now()
  const id = `invoice-intended:${ref.orderId}:${amountSat}:${time}`
  const source = { kind: 'client' } as const
  const intent = { type: 'invoice-intended', id, time, source } as const
  journal.record(ref, [{ ...intent, amountSat, placedEventId, receipt }])
}

/** The newest invoice over this amount that the wallet has made for the order and can be paid yet. */
async function findLive(
  { issuer, now }: IssuingPorts,
  ref: OrderRef,
  amount: Sat,
): Promise<Result<DecodedInvoice | null, WalletProblem>> {
  const made = await issuer.findInvoices(ref)
  if (!made.ok) return made
  const isLive = ({ amountMsat, expiresAt }: DecodedInvoice): boolean =>
    amountMsat === toMsat(amount) && expiresAt > now() + MIN_LEFT_SECONDS
  return ok(made.value.find(isLive) ?? null)
}

/** An answer that was lost on its way may have left an invoice behind. */
const mayHaveMadeIt = ({ code }: WalletProblem): boolean =>
  code === 'timed-out' || code === 'unreachable' || code === 'server-error'

async function makeOrFind(
  ports: IssuingPorts,
  ref: OrderRef,
  amount: Sat,
  triedBefore: boolean,
): Promise<Result<DecodedInvoice, WalletProblem>> {
  const earlier = triedBefore ? await findLive(ports, ref, amount) : ok(null)
  if (!earlier.ok) return earlier
  if (earlier.value) return ok(earlier.value)
  const memo = `Order '${ref.orderId}' for pubkey '${ref.customer}'`
  const expirySeconds = EXPIRY_SECONDS
  const issued = await ports.issuer.createInvoice({ amount, memo, expirySeconds, order: ref })
  if (issued.ok) return ok(issued.value.invoice)
  if (!mayHaveMadeIt(issued.reason)) return fail(issued.reason)
  const late = await findLive(ports, ref, amount)
  return late.ok && late.value ? ok(late.value) : fail(issued.reason)
}

/**
 * Sends an invoice for an order. The intent is stored before the wallet is asked; where there was one
 * before, the wallet is first asked whether it has made that invoice, so that an order has at most
 * one live invoice of a price. A wallet that cannot say leads to no second one.
 *
 * @param order as it is stored now
 * @param receipt what the customer reads beside the invoice
 */
export async function sendInvoice(
  ports: IssuingPorts,
  order: InvoicedOrder,
  amount: Sat,
  receipt: string,
): Promise<Result<DecodedInvoice, WalletProblem | SignerProblem>> {
  const { merchant, customer, orderId, placedEventId } = order
  const ref: OrderRef = { merchant, customer, orderId }
  const triedBefore = order.invoiceAttempts.length > 0 || order.paymentRequests.length > 0
  recordIntent(ports, { ...ref, placedEventId }, amount, receipt)
  const made = await makeOrFind(ports, ref, amount, triedBefore)
  if (!made.ok) return fail(made.reason)
  const options = [{ type: 'ln', link: made.value.bolt11 }]
  const message = { type: 'payment-request', orderId, text: receipt, options } as const
  const sent = await sendMessage(ports, customer, message)
  return sent.ok ? ok(made.value) : fail(sent.reason)
}
