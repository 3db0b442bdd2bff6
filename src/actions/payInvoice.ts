/** Pays an invoice from a connected wallet: records the attempt first, the proof after. */
import type { OrderRef } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import { ok, type Result } from '@/domain/result'
import type { Payer, WalletProblem } from '@/domain/wallet'
import type { Clock, Journal } from './ports'
import { provedFact } from './provedFact'

/** Pays `invoice` for an order. The caller has judged the invoice to be payable. */
export async function payInvoice(
  ports: { readonly payer: Payer; readonly journal: Journal; readonly now: Clock },
  ref: OrderRef,
  invoice: DecodedInvoice,
): Promise<Result<null, WalletProblem>> {
  const { paymentHash } = invoice
  const attempt = { time: ports.now(), source: { kind: 'client' } as const, paymentHash }
  ports.journal.record(ref, [
    { type: 'payment-attempted', id: `attempted:${paymentHash}`, ...attempt },
  ])
  const paid = await ports.payer.payInvoice(invoice)
  if (!paid.ok) return paid
  ports.journal.record(ref, [provedFact(paymentHash, paid.value.preimage, ports.now())])
  return ok(null)
}
