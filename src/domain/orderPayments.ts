/** The payment requests of an order: which of them were paid, and what is odd about that. */
import type { Anomaly, FactOf, PaymentRequest } from './order'

/** The payment requests, newest first, each with what became of it. */
export function paymentRequests(
  requests: readonly FactOf<'payment-requested'>[],
  proofs: readonly FactOf<'payment-proved'>[],
  consents: ReadonlySet<string>,
): PaymentRequest[] {
  const provedHashes = new Set(proofs.map((proof) => proof.paymentHash))
  return requests.map((fact, index) => ({
    factId: fact.id,
    time: fact.time,
    text: fact.text,
    options: fact.options,
    invoice: fact.invoice,
    invoiceProblem: fact.invoiceProblem,
    replaced: index > 0,
    paid: fact.invoice !== null && provedHashes.has(fact.invoice.paymentHash),
    consented: fact.invoice !== null && consents.has(fact.invoice.bolt11),
  }))
}

/** Trouble with payments that only the whole set of facts shows. */
export function paymentAnomalies(
  requests: readonly PaymentRequest[],
  proofs: readonly FactOf<'payment-proved'>[],
  settled: boolean,
): Anomaly[] {
  const found: Anomaly[] = []
  const invoices = new Map(
    requests.flatMap(({ invoice }) => (invoice ? [[invoice.paymentHash, invoice] as const] : [])),
  )
  if (new Set(proofs.map((proof) => proof.paymentHash)).size > 1) {
    found.push({
      name: 'paid-twice',
      text: 'Two invoices of this order were paid. Ask the merchant to refund one.',
    })
  }
  if (
    proofs.some((proof) => proof.time > (invoices.get(proof.paymentHash)?.expiresAt ?? Infinity))
  ) {
    found.push({
      name: 'paid-late',
      text: 'The payment was seen after the invoice had expired. It counts all the same.',
    })
  }
  if (new Set(requests.map(({ invoice }) => invoice?.bolt11)).size > 1 && !settled) {
    found.push({
      name: 'second-invoice-payable',
      text: 'The merchant replaced the invoice. Pay only the newest one; do not pay both.',
    })
  }
  return found
}
