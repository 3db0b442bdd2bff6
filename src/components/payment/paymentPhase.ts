/** What a payment panel has to say now: one phase out of an order, its invoice's judgement and the clock. */
import type { DecodedInvoice, InvoiceCheck, InvoiceJudgement } from '@/domain/invoice'
import { explainInvoiceProblem, payableUntil } from '@/domain/invoiceJudgement'
import type { OrderState, PaymentRequest } from '@/domain/order'
import { silenceOf, type Silence } from '@/domain/silence'
import { currentRequest, isPaid, isUnsent } from '../order/orderStatus'

/** A way to pay with one click. */
export interface PayMethod {
  readonly id: string
  /** What the button says, such as "Pay with the demo wallet". */
  readonly label: string
}

/** A QR code for one invoice, so that a code never outlives the invoice it was made for. */
export interface InvoiceQr {
  readonly bolt11: string
  readonly size: number
  readonly path: string
}

/** An invoice on the screen with the request that brought it. */
interface Shown {
  readonly request: PaymentRequest
  readonly invoice: DecodedInvoice
}

export type PaymentPhase =
  | { readonly kind: 'unsent' }
  | { readonly kind: 'waiting'; readonly seconds: number }
  | { readonly kind: 'silent'; readonly silence: Silence }
  | { readonly kind: 'not-accepted'; readonly words: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly why: string }
  | ({ readonly kind: 'checking' } & Shown)
  | ({ readonly kind: 'expired' } & Shown)
  | ({ readonly kind: 'needs-consent'; readonly checks: readonly InvoiceCheck[] } & Shown)
  | ({
      readonly kind: 'payable'
      readonly checks: readonly InvoiceCheck[]
      /** A payment was started before, and nobody has confirmed it. */
      readonly attempted: boolean
    } & Shown)
  | ({ readonly kind: 'paying' } & Shown)
  /** The person says to have paid, and nothing proves or confirms it yet. */
  | ({ readonly kind: 'claimed' } & Shown)
  | { readonly kind: 'paid'; readonly proved: boolean; readonly invoice: DecodedInvoice | null }
  | { readonly kind: 'refunded' }

function problemOf(request: PaymentRequest): string {
  if (request.invoiceProblem) return explainInvoiceProblem(request.invoiceProblem)
  return 'The merchant asked for a payment, but offers no Lightning invoice.'
}

function paidPhase(order: OrderState): PaymentPhase | null {
  if (order.settlement === 'refunded') return { kind: 'refunded' }
  if (!isPaid(order)) return null
  const paid = order.paymentRequests.find((request) => request.paid)
  return {
    kind: 'paid',
    proved: order.settlement === 'paid-proved',
    invoice: (paid ?? currentRequest(order))?.invoice ?? null,
  }
}

function endedPhase(order: OrderState): PaymentPhase | null {
  if (order.fulfilment === 'cancelled') return { kind: 'cancelled' }
  if (order.fulfilment !== 'unfulfillable') return null
  const reply = order.timeline.findLast(
    ({ type }) => type === 'cannot-be-processed' || type === 'cannot-be-fulfilled',
  )
  return { kind: 'not-accepted', words: reply?.words ?? '' }
}

/** A claim stands over newer requests too: whoever paid is not asked to pay again. */
function claimedPhase({ paymentRequests }: OrderState): PaymentPhase | null {
  const request = paymentRequests.find(({ claimed }) => claimed)
  return request?.invoice ? { kind: 'claimed', request, invoice: request.invoice } : null
}

function unansweredPhase(order: OrderState, lastWordAt: number | null, now: number): PaymentPhase {
  if (isUnsent(order)) return { kind: 'unsent' }
  const silence = silenceOf(order, lastWordAt, now)
  if (silence) return { kind: 'silent', silence }
  return { kind: 'waiting', seconds: Math.max(0, now - order.placedAt) }
}

/**
 * True when a payment was started, of this invoice or of one that it replaced, with no word on how it
 * ended. Whether before the request or after it is no matter: that date is the merchant's.
 */
const wasAttempted = ({ timeline }: OrderState): boolean =>
  timeline.some(({ type }) => type === 'payment-attempted')

function judgedPhase(
  shown: Shown,
  judgement: InvoiceJudgement | null,
  now: number,
  attempted: boolean,
): PaymentPhase {
  const failed = judgement?.checks.filter(({ passed }) => !passed) ?? []
  const beyondExpiry = failed.filter(({ name }) => name !== 'expiry')
  if (judgement?.verdict === 'refused' && beyondExpiry.length > 0) {
    const why = beyondExpiry.map(({ text }) => text).join(' ')
    return { kind: 'refused', why }
  }
  const late = now >= payableUntil(shown.invoice)
  if (late || failed.some(({ name }) => name === 'expiry')) return { kind: 'expired', ...shown }
  if (!judgement) return { kind: 'checking', ...shown }
  const { checks, verdict } = judgement
  if (verdict === 'refused') {
    return { kind: 'refused', why: 'This invoice did not pass the checks.' }
  }
  if (verdict === 'needs-consent' && !shown.request.consented) {
    return { kind: 'needs-consent', checks, ...shown }
  }
  return { kind: 'payable', checks, attempted, ...shown }
}

/**
 * Decides what the panel shows. Only `payable` ever carries a QR code: money that arrived comes
 * first, then an order that ended, then one that is said to be paid, then the judgement of the newest
 * request.
 *
 * @param lastWordAt unix seconds of the merchant's last plain text since the order, or null
 */
export function paymentPhase(
  order: OrderState,
  judgement: InvoiceJudgement | null,
  now: number,
  paying: boolean,
  lastWordAt: number | null = null,
): PaymentPhase {
  const settled = paidPhase(order) ?? endedPhase(order) ?? claimedPhase(order)
  if (settled) return settled
  const request = currentRequest(order)
  if (!request) return unansweredPhase(order, lastWordAt, now)
  if (!request.invoice) return { kind: 'refused', why: problemOf(request) }
  const shown = { request, invoice: request.invoice }
  if (paying) return { kind: 'paying', ...shown }
  return judgedPhase(shown, judgement, now, wasAttempted(order))
}
