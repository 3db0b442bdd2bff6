/** The payment requests of an order: which of them were paid, and what is odd about that. */
import type { Anomaly, FactOf, PaymentRequest } from './order'

/** The payment requests, newest first, each with what became of it. */
export function paymentRequests({
  requests,
  proofs,
  consents,
  claims,
}: {
  readonly requests: readonly FactOf<'payment-requested'>[]
  readonly proofs: readonly FactOf<'payment-proved'>[]
  readonly consents: ReadonlySet<string>
  readonly claims: ReadonlySet<string>
}): PaymentRequest[] {
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
    claimed: fact.invoice !== null && claims.has(fact.invoice.paymentHash),
  }))
}

/** True when the newest invoice is not the one that was paid: it could be paid on top. */
function asksAgain(
  requests: readonly PaymentRequest[],
  proofs: readonly FactOf<'payment-proved'>[],
  settledAt: number,
): boolean {
  const [newest] = requests
  if (!newest?.invoice || newest.paid) return false
  return proofs.length > 0 || newest.time > settledAt
}

/**
 * Trouble with payments that only the whole set of facts shows.
 *
 * @param settledAt unix seconds when the order was first said or proved to be paid, or null
 */
export function paymentAnomalies(
  requests: readonly PaymentRequest[],
  proofs: readonly FactOf<'payment-proved'>[],
  settledAt: number | null,
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
  if (new Set(requests.map(({ invoice }) => invoice?.bolt11)).size > 1 && settledAt === null) {
    found.push({
      name: 'second-invoice-payable',
      text: 'The merchant replaced the invoice. Pay only the newest one; do not pay both.',
    })
  }
  if (settledAt !== null && asksAgain(requests, proofs, settledAt)) {
    found.push({
      name: 'invoice-after-paid',
      text: 'This order is paid, and another invoice of it is still open. Do not pay that one too.',
    })
  }
  return found
}
