/** Attributes a decoded message: which order's fact it is, or which conversation's text. */
import type { ConversationText } from '@/domain/conversation'
import type { EventId, OrderRef, Pubkey } from '@/domain/ids'
import type { InvoiceProblem } from '@/domain/invoice'
import type { Fact, PaymentOption } from '@/domain/order'
import type { OrderMessage } from '@/domain/orderMessage'
import type { DecodeInvoice } from './ports'

/** Where a message stands, whatever it says: taken from the verified event alone. */
export interface MessageFrame {
  readonly eventId: EventId
  readonly author: Pubkey
  readonly recipient: Pubkey
  /** Unix seconds. */
  readonly time: number
}

export type Attributed =
  | { readonly type: 'fact'; readonly ref: OrderRef; readonly fact: Fact }
  | { readonly type: 'text'; readonly peers: readonly Pubkey[]; readonly text: ConversationText }

/** The first option that is an invoice; where none is, what is wrong with the first. */
function paymentRequest(options: readonly PaymentOption[], decodeInvoice: DecodeInvoice) {
  let invoiceProblem: InvoiceProblem | null = null
  for (const { link } of options.filter(({ type }) => type === 'ln')) {
    const decoded = decodeInvoice(link)
    if (decoded.ok) return { invoice: decoded.value, invoiceProblem: null }
    invoiceProblem ??= decoded.reason
  }
  return { invoice: null, invoiceProblem }
}

/**
 * Turns a message into a fact of the order between its author and its recipient. Orders come from
 * the customer; payment requests and statuses from the merchant: so a stranger's message lands in
 * an order that nobody placed, and changes no other.
 */
export function attribute(
  frame: MessageFrame,
  message: OrderMessage,
  decodeInvoice: DecodeInvoice,
): Attributed {
  const { eventId, author, recipient, time } = frame
  const base = { id: eventId, time, source: { kind: 'message', author, eventId } as const }
  if (message.type === 'text') {
    const text = { eventId, author, time, text: message.text }
    return { type: 'text', peers: [author, recipient], text }
  }
  if (message.type === 'order') {
    const { orderId } = message.request
    const ref: OrderRef = { merchant: recipient, customer: author, orderId }
    return { type: 'fact', ref, fact: { ...base, type: 'placed', request: message.request } }
  }
  const ref: OrderRef = { merchant: author, customer: recipient, orderId: message.orderId }
  const { text } = message
  if (message.type === 'status') {
    const { paid, shipped } = message
    return { type: 'fact', ref, fact: { ...base, type: 'status-reported', paid, shipped, text } }
  }
  if (message.options.length === 0) {
    return { type: 'fact', ref, fact: { ...base, type: 'cannot-be-processed', text } }
  }
  const { options } = message
  const decoded = paymentRequest(options, decodeInvoice)
  return {
    type: 'fact',
    ref,
    fact: { ...base, type: 'payment-requested', text, options, ...decoded },
  }
}
