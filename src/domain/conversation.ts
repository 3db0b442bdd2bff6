/** Plain texts between two parties, and which order a merchant's refusal in plain words is about. */
import type { EventId, Pubkey } from './ids'
import type { Fact, OrderState } from './order'

export interface ConversationText {
  readonly eventId: EventId
  readonly author: Pubkey
  /** Unix seconds. */
  readonly time: number
  readonly text: string
}

/** A conversation with one other key. */
export interface Conversation {
  readonly peer: Pubkey
  readonly texts: readonly ConversationText[]
}

/** So many texts of a conversation are kept. */
const STORED_TEXTS = 500
const TEXT_LENGTH = 20_000

/** A text that is too long ends in an ellipsis. */
export const bounded = (text: ConversationText): ConversationText =>
  text.text.length <= TEXT_LENGTH
    ? text
    : { ...text, text: `${text.text.slice(0, TEXT_LENGTH - 1)}…` }

/** The newest texts of a conversation, as many as are kept; the given list where it is short enough. */
export const newestTexts = (texts: readonly ConversationText[]): readonly ConversationText[] =>
  texts.length <= STORED_TEXTS
    ? texts
    : [...texts]
        .sort((a, b) => b.time - a.time || (a.eventId < b.eventId ? -1 : 1))
        .slice(0, STORED_TEXTS)

// The LNbits nostrmarket writes this after a payment for which the stock has run out meanwhile.
const REFUSAL = /^Order cannot be fulfilled\. Reason: /
const MISSING_PRODUCT = /\(([^()]{1,100})\)\. Required '(\d{1,9})'/

/** True when this text of a merchant refuses an order that was already paid. */
export const isRefusal = (text: string): boolean => REFUSAL.test(text)

function couldBeMeant(order: OrderState, refusal: ConversationText): boolean {
  const invoiced = order.paymentRequests.some((request) => request.time <= refusal.time)
  if (!invoiced || order.paidConfirmed) return false
  const missing = MISSING_PRODUCT.exec(refusal.text)
  if (!missing) return true
  return (order.request?.lines ?? []).some(
    (line) => line.productId === missing[1] && line.quantity === Number(missing[2]),
  )
}

/**
 * The facts that a merchant's plain-text refusals add to its orders. A refusal names a product but
 * no order, so it is about the invoiced orders for that product and quantity that the merchant has
 * not reported as paid: certain if there is just one.
 *
 * @param orders all orders with the author of the texts, folded without these facts
 */
export function refusalFacts(
  orders: readonly OrderState[],
  texts: readonly ConversationText[],
): Map<OrderState, Fact[]> {
  const found = new Map<OrderState, Fact[]>()
  for (const text of texts.filter(({ text }) => isRefusal(text))) {
    const meant = orders.filter(
      (order) => order.merchant === text.author && couldBeMeant(order, text),
    )
    for (const order of meant) {
      const fact: Fact = {
        type: 'cannot-be-fulfilled',
        id: text.eventId,
        time: text.time,
        source: { kind: 'message', author: text.author, eventId: text.eventId },
        text: text.text,
        certain: meant.length === 1,
      }
      found.set(order, [...(found.get(order) ?? []), fact])
    }
  }
  return found
}
