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
 *                   └── failure reply, or "cannot be fulfilled" ──▶ unfulfillable
 *
 * Facts are deduplicated by id and put in one total order: time, then what comes first by its
 * nature (merchant software sends several messages within one second), then id. Paid never goes
 * back; "not shipped" after "shipped" does, because carriers return parcels.
 */
import { sortFacts } from './factOrder'
import type { EventId, OrderRef } from './ids'
import type {
  Anomaly,
  Fact,
  FactOf,
  FactType,
  Fulfilment,
  OrderPricing,
  OrderRequest,
  OrderState,
  RelayAnswer,
  Settlement,
} from './order'
import { paymentAnomalies, paymentRequests } from './orderPayments'
import { describeFact } from './orderTimeline'
import { countingVersion, sameRequest } from './orderVersions'
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

/** What the fold has gathered so far. */
interface Draft {
  /** The order message that counts, among all that came under this id. */
  readonly version: FactOf<'placed'> | null
  request: OrderRequest | null
  pricing: OrderPricing | null
  placedAt: number
  placedEventId: EventId | null
  answers: Map<string, RelayAnswer>
  requests: FactOf<'payment-requested'>[]
  consents: Set<string>
  proofs: FactOf<'payment-proved'>[]
  paidClaimedAt: number | null
  fulfilment: Fulfilment
  anomalies: Anomaly[]
}

const emptyDraft = (version: FactOf<'placed'> | null): Draft => ({
  version,
  request: null,
  pricing: null,
  placedAt: 0,
  placedEventId: null,
  answers: new Map(),
  requests: [],
  consents: new Set(),
  proofs: [],
  paidClaimedAt: null,
  fulfilment: 'placed',
  anomalies: [],
})

/** Applies one fact, or says why it is not applied. */
type Step<T extends FactType> = (draft: Draft, fact: FactOf<T>) => string | undefined

function place(draft: Draft, fact: FactOf<'placed'>): string | undefined {
  if (draft.version && fact.id !== draft.version.id) {
    if (sameRequest(draft.version.request, fact.request)) return 'the same order again'
    draft.anomalies.push({
      name: 'changed-order',
      text: 'A different order came under the same id. The one that was invoiced counts, or else the first.',
    })
    return 'another order under the same id'
  }
  draft.request = fact.request
  draft.placedAt = fact.time
  draft.placedEventId = fact.source.kind === 'message' ? fact.source.eventId : null
  if (fact.request.shippingId === null) {
    draft.anomalies.push({
      name: 'no-shipping-zone',
      text: 'The order names no shipping zone. Merchant software does not answer such orders.',
    })
  }
}

function report(draft: Draft, fact: FactOf<'status-reported'>): undefined {
  const before = draft.paidClaimedAt
  if (fact.paid) draft.paidClaimedAt = before ?? fact.time
  if (fact.paid === false && before !== null && fact.shipped !== true) {
    draft.anomalies.push({
      name: 'unpaid-after-paid',
      text: 'The merchant said "paid" and later "not paid". Paid stays; ask the merchant.',
    })
  }
  if (fact.shipped === true) draft.fulfilment = 'shipped'
  else if (fact.shipped === false && draft.fulfilment === 'shipped') draft.fulfilment = 'processing'
}

const STEPS: { readonly [T in FactType]: Step<T> } = {
  intended(draft, fact) {
    draft.request ??= fact.request
    if (!draft.version || sameRequest(draft.version.request, fact.request)) {
      draft.pricing ??= fact.pricing
    }
    draft.placedAt ||= fact.time
  },
  placed: place,
  priced(draft, fact) {
    if (fact.placedEventId !== draft.version?.id) return 'these are the prices of another version'
    draft.pricing ??= fact.pricing
  },
  'accepted-by-relay'(draft, fact) {
    draft.answers.set(fact.relay, {
      relay: fact.relay,
      accepted: true,
      reason: '',
      retrying: false,
      time: fact.time,
    })
  },
  'refused-by-relay'(draft, fact) {
    if (draft.answers.get(fact.relay)?.accepted) return 'the relay has already stored it'
    const { relay, reason, retrying, time } = fact
    draft.answers.set(relay, { relay, accepted: false, reason, retrying, time })
  },
  'invoice-intended': () => undefined,
  'payment-requested'(draft, fact) {
    draft.requests.unshift(fact)
    if (draft.fulfilment === 'unfulfillable') draft.fulfilment = 'placed'
  },
  'cannot-be-processed'(draft) {
    if (draft.fulfilment === 'shipped') return 'the order is already shipped'
    draft.fulfilment = 'unfulfillable'
  },
  'amount-consented'(draft, fact) {
    draft.consents.add(fact.bolt11)
  },
  'payment-attempted': () => undefined,
  'payment-proved'(draft, fact) {
    draft.proofs.push(fact)
  },
  'status-reported': report,
  'cannot-be-fulfilled'(draft, fact) {
    if (!fact.certain) {
      draft.anomalies.push({
        name: 'not-fulfilled-unclear',
        text: 'The merchant cannot fulfil a paid order, and this may be the one. Ask the merchant.',
      })
      return
    }
    // Merchant software says this only after it has seen the payment.
    draft.paidClaimedAt ??= fact.time
    draft.fulfilment = 'unfulfillable'
  },
  noted: () => undefined,
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

interface Outcome {
  readonly draft: Draft
  readonly applied: readonly Fact[]
  readonly refusedFacts: OrderState['refusedFacts']
}

/** Applies sorted facts, or notes why one does not count. */
function applyAll(ref: OrderRef, sorted: readonly Fact[]): Outcome {
  const counting = sorted.filter((fact) => authorProblem(fact, ref) === null)
  const draft = emptyDraft(countingVersion(counting))
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

/** Each trouble is told once, however often it came. */
const onceEach = (anomalies: readonly Anomaly[]): Anomaly[] => [
  ...new Map(anomalies.map((anomaly) => [anomaly.name, anomaly])).values(),
]

/**
 * Folds a set of facts into the state of an order. The same set gives the same state in any order
 * of arrival and with any repetition. Facts that do not count are listed with the reason.
 */
export function foldOrder(ref: OrderRef, facts: Iterable<Fact>): OrderState {
  const { draft, applied, refusedFacts } = applyAll(ref, sortFacts(facts))
  const requests = paymentRequests(draft.requests, draft.proofs, draft.consents)
  const settlement = settlementOf(draft)
  const settled = settlement === 'paid-proved' || settlement === 'paid-claimed'
  const processing = settled && draft.fulfilment === 'placed'
  return {
    merchant: ref.merchant,
    customer: ref.customer,
    orderId: ref.orderId,
    request: draft.request,
    pricing: draft.pricing,
    expected: expectedTotal(draft.pricing),
    placedAt: draft.placedAt,
    updatedAt: applied.at(-1)?.time ?? 0,
    placedEventId: draft.placedEventId,
    relayAnswers: [...draft.answers.values()],
    settlement,
    fulfilment: processing ? 'processing' : draft.fulfilment,
    paidConfirmed: draft.paidClaimedAt !== null,
    paymentRequests: requests,
    anomalies: onceEach([...draft.anomalies, ...paymentAnomalies(requests, draft.proofs, settled)]),
    timeline: applied.flatMap((fact) => describeFact(fact)),
    refusedFacts,
  }
}

/** True for an order that exists: its customer placed it, or this client is about to. */
export const isPlaced = (order: OrderState): boolean => order.request !== null
