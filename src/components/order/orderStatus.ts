/** The words for where an order stands and what comes next, for customer and merchant. */
import type { OrderState, PaymentRequest } from '@/domain/order'
import type { DeliveryKind } from '@/domain/stall'
import type { Tone } from '../ui/tones'

export interface StatusWords {
  readonly label: string
  readonly tone: Tone
}

export type OrderSide = 'customer' | 'merchant'

/** What a merchant has to do about an order. */
export type MerchantTask = 'invoice' | 'ship' | 'refund' | 'wait' | 'done'

const say = (label: string, tone: Tone): StatusWords => ({ label, tone })

export const isPaid = (order: OrderState): boolean =>
  order.settlement === 'paid-claimed' || order.settlement === 'paid-proved'

/** True while no relay holds the order. One found on relays has no answers here, but was sent. */
export function isUnsent(order: OrderState): boolean {
  if (order.placedEventId === null) return true
  if (order.relayAnswers.some((answer) => answer.accepted)) return false
  const madeHere = order.timeline.some(({ type }) => type === 'intended')
  return madeHere || order.relayAnswers.length > 0
}

/** True once the person says to have paid, and nothing proves or confirms it yet. */
export const isClaimed = (order: OrderState): boolean =>
  !isPaid(order) && order.paymentRequests.some(({ claimed }) => claimed)

export const deliveryOf = (order: OrderState): DeliveryKind =>
  order.pricing?.zone.delivery ?? 'shipped'

/** The request to pay: the newest that no other has replaced. */
export const currentRequest = (order: OrderState): PaymentRequest | null =>
  order.paymentRequests.find((request) => !request.replaced) ?? order.paymentRequests[0] ?? null

/** True once the invoice to pay can no longer be paid. */
function invoiceExpired(order: OrderState, now: number): boolean {
  const invoice = currentRequest(order)?.invoice
  return invoice != null && now >= invoice.expiresAt
}

function endedStatus(order: OrderState): StatusWords | null {
  if (order.settlement === 'refunded') return say('Refunded', 'neutral')
  if (order.fulfilment === 'cancelled') return say('Cancelled', 'neutral')
  if (order.fulfilment === 'unfulfillable') {
    return isPaid(order) ? say('Paid, not fulfilled', 'danger') : say('Not accepted', 'warning')
  }
  if (order.fulfilment === 'delivered') return say('Delivered', 'success')
  if (order.fulfilment !== 'shipped') return null
  return isPaid(order) ? say('Shipped', 'success') : say('Shipped, not paid', 'warning')
}

function customerStatus(order: OrderState, now: number): StatusWords {
  if (isPaid(order)) return say('Paid', 'success')
  if (order.settlement === 'awaiting-invoice') {
    return isUnsent(order)
      ? say('Not sent yet', 'warning')
      : say('Waiting for the invoice', 'neutral')
  }
  if (isClaimed(order)) return say('To be confirmed', 'neutral')
  return invoiceExpired(order, now) ? say('Invoice expired', 'warning') : say('To pay', 'warning')
}

function merchantStatus(order: OrderState, now: number): StatusWords {
  if (isPaid(order)) return say('Paid, to ship', 'warning')
  if (order.settlement === 'awaiting-invoice') return say('Needs an invoice', 'warning')
  if (invoiceExpired(order, now)) return say('Invoice expired', 'neutral')
  return say('Waiting for payment', 'neutral')
}

/** A badge's words and tone: amber for what needs this side, green for money that arrived. */
export function orderStatus(order: OrderState, side: OrderSide, now: number): StatusWords {
  const open = side === 'customer' ? customerStatus : merchantStatus
  return endedStatus(order) ?? open(order, now)
}

const AFTER_PAYMENT: Record<DeliveryKind, string> = {
  shipped: 'The merchant packs your order and tells you here when it is on its way.',
  digital: 'The merchant sends your files or links as a message beside this order.',
  pickup: 'Agree with the merchant on when and where to pick it up.',
}

const AFTER_SHIPPING: Record<DeliveryKind, string> = {
  shipped: 'Your order is on its way to you.',
  digital: 'Your order was delivered. Look at the messages from the merchant.',
  pickup: 'Your order is ready. The merchant says where to pick it up.',
}

export const afterPayment = (order: OrderState): string => AFTER_PAYMENT[deliveryOf(order)]

/** Of an order that ended unpaid: an invoice may have been paid where this client does not see it. */
export const moneyAdvice = ({ paymentRequests }: OrderState): string =>
  paymentRequests.length === 0
    ? 'You paid nothing.'
    : 'If you paid an invoice of it, ask the merchant to return the money.'

function endedStep(order: OrderState): string | null {
  if (order.settlement === 'refunded')
    return 'The merchant returned your money. Nothing is left to do.'
  if (order.fulfilment === 'cancelled') return 'This order has ended. Nothing is left to do.'
  if (order.fulfilment === 'unfulfillable') {
    return isPaid(order)
      ? 'Ask the merchant to return your money or to send something else.'
      : `${moneyAdvice(order)} Change the cart and order again, or ask the merchant.`
  }
  if (order.fulfilment === 'delivered') return 'Nothing is left to do. Enjoy it.'
  return order.fulfilment === 'shipped' ? AFTER_SHIPPING[deliveryOf(order)] : null
}

/** What a customer can do or expect next, in one sentence. */
export function nextStep(order: OrderState, now: number): string {
  const ended = endedStep(order)
  if (ended) return ended
  if (isPaid(order)) return afterPayment(order)
  if (order.settlement === 'awaiting-invoice') {
    return isUnsent(order)
      ? 'The order is saved here and is sent as soon as a relay takes it.'
      : 'The merchant sends an invoice next. Most answer within a minute.'
  }
  if (isClaimed(order)) {
    return 'You say that you paid. The merchant has not confirmed it yet: do not pay again.'
  }
  return invoiceExpired(order, now)
    ? 'The invoice ran out before it was paid. Ask the merchant for a new one, or order again.'
    : 'Pay the invoice to confirm your order.'
}

/** What the merchant has to do about an order now. */
export function merchantTask(order: OrderState): MerchantTask {
  if (order.fulfilment === 'cancelled' || order.settlement === 'refunded') return 'done'
  if (order.fulfilment === 'unfulfillable') return isPaid(order) ? 'refund' : 'done'
  const shipped = order.fulfilment === 'shipped' || order.fulfilment === 'delivered'
  if (isPaid(order)) return shipped ? 'done' : 'ship'
  if (order.settlement === 'awaiting-invoice') return 'invoice'
  return 'wait'
}
