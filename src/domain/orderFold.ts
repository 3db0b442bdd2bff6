/**
 * The state of an order: a pure function of the SET of its facts.
 *
 *   settlement   awaiting-invoice ──payment request──▶ invoiced ──merchant says paid──▶ paid-claimed
 *                        │                                │                                  │
 *                        └──────────── proof: preimage or the issuing wallet's word ─────────┴──▶ paid-proved
 *
 *   fulfilment   placed ──paid──▶ processing ──shipped: true──▶ shipped
 *                   │                  ▲ ◀───── shipped: false ─────┘
 *                   │                  └── a newer payment request after a failure reply
 *                   ├── failure reply, or "cannot be fulfilled" ──▶ unfulfillable
 *                   └── withdrawn before it was signed ──▶ cancelled
 *
 * Facts are deduplicated by id and put in one total order: time, then what comes first by its
 * nature (merchant software sends several messages within one second), then id. Paid never goes
 * back; "not shipped" after "shipped" does, because carriers return parcels. A message dated far ahead
 * of the clock counts, but never as the newest.
 */
import { isAhead } from './dates'
import { sortFacts } from './factOrder'
import type { OrderRef } from './ids'
import type { Anomaly, Fact, FactType, OrderState, Settlement, SignedMessage } from './order'
import { paymentAnomalies, paymentRequests } from './orderPayments'
import { emptyDraft, STEPS, type Draft, type Step } from './orderSteps'
import { describeFact } from './orderTimeline'
import { countingVersion } from './orderVersions'
import { expectedTotal } from './pricing'

const STRAY_PROOF = 'no invoice of this order has this payment hash'

const MERCHANT_ONLY: readonly FactType[] = [
  'payment-requested',
  'cannot-be-processed',
  'status-reported',
  'cannot-be-fulfilled',
]

/** Why a fact may not count for this order at all, or null. */
function authorProblem(fact: Fact, ref: OrderRef): string | null {
  const author = fact.source.kind === 'message' ? fact.source.author : null
  if (fact.type === 'placed') {
    return author === ref.customer ? null : 'an order counts only from its customer'
  }
  if (MERCHANT_ONLY.includes(fact.type) && author !== ref.merchant) {
    return 'this message counts only from the merchant of the order'
  }
  return null
}

function apply(draft: Draft, fact: Fact): string | null {
  const step = STEPS[fact.type] as Step<FactType>
  return step(draft, fact) ?? null
}

/** Payment hashes of the merchant's invoices. They may come later than the proof of a payment. */
function invoiceHashes(ref: OrderRef, facts: readonly Fact[]): ReadonlySet<string> {
  const hashes = facts.flatMap((fact) => {
    const counts = fact.type === 'payment-requested' && authorProblem(fact, ref) === null
    return counts && fact.invoice ? [fact.invoice.paymentHash] : []
  })
  return new Set(hashes)
}

/** Ids of the messages of an order that are no order messages: invoices, statuses, refusals. */
function otherMessages(facts: readonly Fact[]): ReadonlySet<string> {
  const others = facts.filter(({ type, source }) => source.kind === 'message' && type !== 'placed')
  return new Set(others.map(({ id }) => id))
}

interface Outcome {
  readonly draft: Draft
  readonly applied: readonly Fact[]
  readonly refusedFacts: OrderState['refusedFacts']
}

/** Applies sorted facts, or notes why one does not count. */
function applyAll(ref: OrderRef, sorted: readonly Fact[]): Outcome {
  const counting = sorted.filter((fact) => authorProblem(fact, ref) === null)
  const draft = emptyDraft(countingVersion(counting), otherMessages(sorted))
  const hashes = invoiceHashes(ref, sorted)
  const refusedFacts: { factId: string; reason: string }[] = []
  const applied: Fact[] = []
  for (const fact of sorted) {
    const stray = fact.type === 'payment-proved' && !hashes.has(fact.paymentHash)
    const reason = authorProblem(fact, ref) ?? (stray ? STRAY_PROOF : apply(draft, fact))
    if (reason === null) applied.push(fact)
    else refusedFacts.push({ factId: fact.id, reason })
  }
  return { draft, applied, refusedFacts }
}

function settlementOf(draft: Draft): Settlement {
  if (draft.proofs.length > 0) return 'paid-proved'
  if (draft.paidClaimedAt !== null) return 'paid-claimed'
  return draft.requests.length > 0 ? 'invoiced' : 'awaiting-invoice'
}

/** When money was first said or proved to have arrived; null while it was not. */
function settledAt(draft: Draft): number | null {
  const times = draft.proofs.map(({ time }) => time)
  if (draft.paidClaimedAt !== null) times.push(draft.paidClaimedAt)
  return times.length > 0 ? Math.min(...times) : null
}

const signedMessages = ({ signed, accepted }: Draft): SignedMessage[] =>
  [...signed].map(([eventId, event]) => ({ eventId, event, accepted: accepted.has(eventId) }))

/** What relays say of other messages than the order is kept, and not told. */
const isTold = (fact: Fact, { otherMessages }: Draft): boolean =>
  !(
    (fact.type === 'accepted-by-relay' || fact.type === 'refused-by-relay') &&
    otherMessages.has(fact.eventId)
  )

/** Each trouble is told once, however often it came. */
const onceEach = (anomalies: readonly Anomaly[]): Anomaly[] => [
  ...new Map(anomalies.map((anomaly) => [anomaly.name, anomaly])).values(),
]

/**
 * Folds a set of facts into the state of an order. The same set gives the same state in any order
 * of arrival and with any repetition. Facts that do not count are listed with the reason.
 *
 * @param now unix seconds: messages dated far ahead of it are not put in order by their date
 */
export function foldOrder(ref: OrderRef, facts: Iterable<Fact>, now = Infinity): OrderState {
  const { draft, applied, refusedFacts } = applyAll(ref, sortFacts(facts, now))
  const believed = applied.filter(({ time }) => !isAhead(time, now))
  const requests = paymentRequests(draft)
  const payments = paymentAnomalies(requests, draft.proofs, settledAt(draft))
  const settlement = settlementOf(draft)
  const settled = settlement === 'paid-proved' || settlement === 'paid-claimed'
  const processing = settled && draft.fulfilment === 'placed'
  return {
    merchant: ref.merchant,
    customer: ref.customer,
    orderId: ref.orderId,
    request: draft.request,
    pricing: draft.pricing,
    pricedLaterAt: draft.pricedLaterAt,
    expected: expectedTotal(draft.pricing),
    placedAt: draft.placedAt,
    updatedAt: (believed.at(-1) ?? applied.at(-1))?.time ?? 0,
    placedEventId: draft.placedEventId,
    relayAnswers: [...draft.answers.values()],
    signed: signedMessages(draft),
    sentAgainAt: draft.sentAgainAt,
    answeredAt: draft.answeredAt,
    invoiceAttempts: draft.attempts,
    settlement,
    fulfilment: processing ? 'processing' : draft.fulfilment,
    paidConfirmed: draft.paidClaimedAt !== null,
    paymentRequests: requests,
    anomalies: onceEach([...draft.anomalies, ...payments]),
    timeline: applied.filter((fact) => isTold(fact, draft)).flatMap(describeFact),
    refusedFacts,
  }
}

/** True for an order that exists: its customer placed it, or this client is about to. */
export const isPlaced = (order: OrderState): boolean => order.request !== null
