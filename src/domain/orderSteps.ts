/** What each fact does to an order: the steps of the fold, each for one type of fact. */
import type { EventId } from './ids'
import type {
  Anomaly,
  FactOf,
  FactType,
  Fulfilment,
  InvoiceAttempt,
  OrderPricing,
  OrderRequest,
  RelayAnswer,
} from './order'
import { sameRequest } from './orderVersions'

/** What the fold has gathered so far. */
export interface Draft {
  /** The order message that counts, among all that came under this id. */
  readonly version: FactOf<'placed'> | null
  /** Messages of this order that are no order messages: what relays say of them is not its story. */
  readonly otherMessages: ReadonlySet<string>
  request: OrderRequest | null
  pricing: OrderPricing | null
  pricedLaterAt: number | null
  placedAt: number
  placedEventId: EventId | null
  answers: Map<string, RelayAnswer>
  signed: Map<EventId, string>
  /** Messages that a relay is known to have. */
  accepted: Set<EventId>
  sentAgainAt: number
  answeredAt: number | null
  attempts: InvoiceAttempt[]
  requests: FactOf<'payment-requested'>[]
  consents: Set<string>
  /** Payment hashes that the customer says to have paid. */
  claims: Set<string>
  proofs: FactOf<'payment-proved'>[]
  paidClaimedAt: number | null
  fulfilment: Fulfilment
  anomalies: Anomaly[]
}

export const emptyDraft = (
  version: FactOf<'placed'> | null,
  otherMessages: ReadonlySet<string>,
): Draft => ({
  version,
  otherMessages,
  request: null,
  pricing: null,
  pricedLaterAt: null,
  placedAt: 0,
  placedEventId: null,
  answers: new Map(),
  signed: new Map(),
  accepted: new Set(),
  sentAgainAt: 0,
  answeredAt: null,
  attempts: [],
  requests: [],
  consents: new Set(),
  claims: new Set(),
  proofs: [],
  paidClaimedAt: null,
  fulfilment: 'placed',
  anomalies: [],
})

/** Applies one fact, or says why it is not applied. */
export type Step<T extends FactType> = (draft: Draft, fact: FactOf<T>) => string | undefined

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

/** An invoice that was meant to be made is made: it is on its way to the customer. */
function requestPayment(draft: Draft, fact: FactOf<'payment-requested'>): undefined {
  draft.answeredAt ??= fact.time
  draft.requests.unshift(fact)
  const amount = fact.invoice?.amountMsat ?? null
  draft.attempts = draft.attempts.filter(({ amountSat }) => amountSat * 1000 !== amount)
  if (draft.fulfilment === 'unfulfillable') draft.fulfilment = 'placed'
}

function report(draft: Draft, fact: FactOf<'status-reported'>): undefined {
  draft.answeredAt ??= fact.time
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

/** What each fact does to an order. */
export const STEPS: { readonly [T in FactType]: Step<T> } = {
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
    if (draft.pricing === null) draft.pricedLaterAt = fact.time
    draft.pricing ??= fact.pricing
  },
  signed(draft, fact) {
    draft.signed.set(fact.eventId, fact.event)
  },
  withdrawn(draft) {
    if (draft.version) return 'the order was signed all the same'
    draft.fulfilment = 'cancelled'
  },
  'sent-again'(draft, fact) {
    draft.sentAgainAt = Math.max(draft.sentAgainAt, fact.time)
  },
  'accepted-by-relay'(draft, fact) {
    draft.accepted.add(fact.eventId)
    if (draft.otherMessages.has(fact.eventId)) return
    draft.answers.set(fact.relay, {
      relay: fact.relay,
      accepted: true,
      reason: '',
      retrying: false,
      time: fact.time,
    })
  },
  'refused-by-relay'(draft, fact) {
    if (draft.otherMessages.has(fact.eventId)) return
    if (draft.answers.get(fact.relay)?.accepted) return 'the relay has already stored it'
    const { relay, reason, retrying, time } = fact
    draft.answers.set(relay, { relay, accepted: false, reason, retrying, time })
  },
  'invoice-intended'(draft, { id, time, amountSat, receipt }) {
    draft.attempts.push({ factId: id, time, amountSat, receipt })
  },
  'payment-requested': requestPayment,
  'cannot-be-processed'(draft, fact) {
    draft.answeredAt ??= fact.time
    if (draft.fulfilment === 'shipped') return 'the order is already shipped'
    draft.fulfilment = 'unfulfillable'
  },
  'amount-consented'(draft, fact) {
    draft.consents.add(fact.bolt11)
  },
  'payment-attempted': () => undefined,
  'payment-claimed'(draft, fact) {
    if (fact.claimed) draft.claims.add(fact.paymentHash)
    else draft.claims.delete(fact.paymentHash)
  },
  'payment-proved'(draft, fact) {
    draft.proofs.push(fact)
  },
  'status-reported': report,
  'cannot-be-fulfilled'(draft, fact) {
    draft.answeredAt ??= fact.time
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
