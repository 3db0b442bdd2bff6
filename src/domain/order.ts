/** An order: what a customer asked a merchant for, and everything that happened to it since. */
import type { Address, EventId, OrderId, OrderRef, Pubkey } from './ids'
import type { DecodedInvoice, ExpectedTotal, InvoiceProblem } from './invoice'
import type { DeliveryKind } from './stall'

/** A product and a whole quantity, in an order. */
export interface OrderLine {
  readonly productId: string
  readonly quantity: number
}

/** How a merchant can reach the customer. */
export interface Contact {
  readonly nostr?: string
  readonly phone?: string
  readonly email?: string
}

/** The body of an order message (NIP-15 type 0), already normalised. */
export interface OrderRequest {
  readonly orderId: OrderId
  readonly lines: readonly OrderLine[]
  /** Null only in foreign orders that name none: merchants do not answer those. */
  readonly shippingId: string | null
  readonly name: string
  readonly address: string
  readonly message: string
  readonly contact: Contact
}

/** A line as the catalogue showed it when the order was made. */
export interface PricedLine {
  readonly productId: string
  readonly productAddress: Address
  /** The product event that the price was read from. */
  readonly productEventId: EventId
  readonly name: string
  readonly image: string | null
  readonly quantity: number
  /** Per unit, in the stall's currency. */
  readonly unitPrice: number
  /** Extra shipping cost per unit in the chosen zone. */
  readonly zoneExtra: number
}

/** What this client knew of the prices when the order was made or first seen. */
export interface OrderPricing {
  readonly stallAddress: Address
  readonly stallName: string
  readonly currency: string
  readonly lines: readonly PricedLine[]
  readonly zone: {
    readonly id: string
    readonly name: string
    readonly cost: number
    readonly delivery: DeliveryKind
  }
  /** Satoshi per unit of the stall's currency; 1 for sat; null when no rate was known. */
  readonly satPerUnit: number | null
}

export interface PaymentOption {
  /** `ln` is a BOLT11 invoice; NIP-15 also names url, btc and lnurl. */
  readonly type: string
  readonly link: string
}

/** Where a fact comes from. Messages carry their verified author. */
export type FactSource =
  | { readonly kind: 'message'; readonly author: Pubkey; readonly eventId: EventId }
  | { readonly kind: 'relay'; readonly url: string }
  | { readonly kind: 'wallet' }
  | { readonly kind: 'client' }

interface FactBase {
  /** Equal facts have equal ids: an event's id, or a name made from what the fact is about. */
  readonly id: string
  /** Unix seconds. */
  readonly time: number
  readonly source: FactSource
}

/** Something that happened to an order. The state of an order is the fold of a set of these. */
export type Fact = FactBase &
  (
    | {
        /** This client decided to order: stored before anything is signed. */
        readonly type: 'intended'
        readonly request: OrderRequest
        readonly pricing: OrderPricing
      }
    | {
        /** The signed order message. */ readonly type: 'placed'
        readonly request: OrderRequest
      }
    | {
        /** The signed bytes of a message of this order, kept so that the same can be sent again. */
        readonly type: 'signed'
        readonly eventId: EventId
        /** The event as JSON. It is verified anew before it is sent. */
        readonly event: string
      }
    | {
        /** The customer changed the order before it was signed: this intent is given up. */
        readonly type: 'withdrawn'
      }
    | {
        /** The customer had the same signed order sent to all relays once more. */
        readonly type: 'sent-again'
        readonly eventId: EventId
      }
    | {
        /** Prices looked up later, for an order that this client did not make. */
        readonly type: 'priced'
        /** The order message that was priced. */
        readonly placedEventId: EventId
        readonly pricing: OrderPricing
      }
    | {
        /** A relay stored the signed message `eventId`. */
        readonly type: 'accepted-by-relay'
        readonly eventId: EventId
        readonly relay: string
      }
    | {
        readonly type: 'refused-by-relay'
        readonly eventId: EventId
        readonly relay: string
        readonly reason: string
        /** True when the outbox will try this relay again. */
        readonly retrying: boolean
      }
    | {
        readonly type: 'payment-requested'
        readonly text: string
        readonly options: readonly PaymentOption[]
        /** The `ln` option, decoded; null where there is none or it is not valid. */
        readonly invoice: DecodedInvoice | null
        readonly invoiceProblem: InvoiceProblem | null
      }
    | {
        /** A failure reply: this order id has ended. */
        readonly type: 'cannot-be-processed'
        readonly text: string
      }
    | {
        /** The person saw both figures and agreed to pay this invoice. */
        readonly type: 'amount-consented'
        /** The very invoice: another one may name the same payment hash and another amount. */
        readonly bolt11: string
      }
    | {
        readonly type: 'payment-attempted'
        readonly paymentHash: string
      }
    | {
        /** The customer says that this invoice was paid elsewhere; false takes that back. */
        readonly type: 'payment-claimed'
        readonly paymentHash: string
        readonly claimed: boolean
      }
    | {
        /** A preimage whose hash fits, or the issuing wallet's word. */
        readonly type: 'payment-proved'
        readonly paymentHash: string
        readonly preimage: string | null
      }
    | {
        readonly type: 'status-reported'
        /** Null when the message does not say. */
        readonly paid: boolean | null
        readonly shipped: boolean | null
        readonly text: string
      }
    | {
        /** The merchant's plain words that a paid order cannot be fulfilled. */
        readonly type: 'cannot-be-fulfilled'
        readonly text: string
        /** False when more than one order could be meant. */
        readonly certain: boolean
      }
    | {
        /** The merchant's client is about to ask its wallet for an invoice. */
        readonly type: 'invoice-intended'
        readonly amountSat: number
        /** The order message that is invoiced: the version that counts from then on. */
        readonly placedEventId: EventId | null
        /** What the customer reads beside the invoice. */
        readonly receipt: string
      }
    | { readonly type: 'noted'; readonly text: string }
  )

export type FactType = Fact['type']

/** The facts of one type. */
export type FactOf<T extends FactType> = Extract<Fact, { readonly type: T }>

export type Settlement =
  'awaiting-invoice' | 'invoiced' | 'paid-claimed' | 'paid-proved' | 'refunded'

export type Fulfilment =
  'placed' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'unfulfillable'

/** Something about an order that a person should know, with what can be done about it. */
export interface Anomaly {
  readonly name:
    | 'paid-late'
    | 'paid-twice'
    | 'second-invoice-payable'
    | 'invoice-after-paid'
    | 'no-shipping-zone'
    | 'changed-order'
    | 'not-fulfilled-unclear'
    | 'unpaid-after-paid'
  readonly text: string
}

/** One payment request of the merchant, the newest being the one to pay. */
export interface PaymentRequest {
  readonly factId: string
  readonly time: number
  readonly text: string
  readonly options: readonly PaymentOption[]
  readonly invoice: DecodedInvoice | null
  readonly invoiceProblem: InvoiceProblem | null
  readonly replaced: boolean
  readonly paid: boolean
  readonly consented: boolean
  /** The customer says to have paid it; nothing proves it yet. */
  readonly claimed: boolean
}

/** An invoice that the merchant's client meant to make and that no payment request has carried yet. */
export interface InvoiceAttempt {
  readonly factId: string
  readonly time: number
  readonly amountSat: number
  readonly receipt: string
}

/** A signed message of the order: its bytes, and whether a relay is known to have taken them. */
export interface SignedMessage {
  readonly eventId: EventId
  /** The event as JSON. */
  readonly event: string
  readonly accepted: boolean
}

/** A relay's last answer about the signed order. */
export interface RelayAnswer {
  readonly relay: string
  readonly accepted: boolean
  readonly reason: string
  readonly retrying: boolean
  readonly time: number
}

export interface TimelineEntry {
  readonly factId: string
  readonly time: number
  readonly type: FactType
  /** What happened, in one plain sentence. */
  readonly text: string
  /** The merchant's or customer's own words, where there are any. */
  readonly words: string
}

export interface OrderState extends OrderRef {
  readonly request: OrderRequest | null
  readonly pricing: OrderPricing | null
  /** Unix seconds when the prices were looked up, if that was after the order; null otherwise. */
  readonly pricedLaterAt: number | null
  readonly expected: ExpectedTotal
  readonly placedAt: number
  readonly updatedAt: number
  /** The signed order message; null while it is only intended. */
  readonly placedEventId: EventId | null
  readonly relayAnswers: readonly RelayAnswer[]
  /** The messages of this order that were signed here, oldest first. */
  readonly signed: readonly SignedMessage[]
  /** Unix seconds of the last time that the customer had the order sent again; 0 for never. */
  readonly sentAgainAt: number
  /** Unix seconds of the merchant's first message about this order; null while there is none. */
  readonly answeredAt: number | null
  /** Invoices that were being made when something interrupted it, oldest first. */
  readonly invoiceAttempts: readonly InvoiceAttempt[]
  readonly settlement: Settlement
  readonly fulfilment: Fulfilment
  /** The merchant has said that the payment arrived. */
  readonly paidConfirmed: boolean
  /** Newest first. */
  readonly paymentRequests: readonly PaymentRequest[]
  readonly anomalies: readonly Anomaly[]
  readonly timeline: readonly TimelineEntry[]
  /** Facts that were not applied, each with why. Nothing is dropped silently. */
  readonly refusedFacts: readonly { readonly factId: string; readonly reason: string }[]
}
