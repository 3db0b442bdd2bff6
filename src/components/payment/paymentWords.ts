/** The heading and the sentence below it for every phase of a payment. */
import type { OrderState } from '@/domain/order'
import { afterPayment, nextStep } from '../order/orderStatus'
import type { Tone } from '../ui/tones'
import { waitedFor } from './duration'
import type { PaymentPhase } from './paymentPhase'

export interface PhaseWords {
  readonly title: string
  readonly text: string
  readonly tone: Tone
}

/** After this long a merchant is probably away, not slow. */
const LONG_WAIT_SECONDS = 10 * 60

function waitingText(seconds: number): string {
  const waited = `The merchant has not answered yet (${waitedFor(seconds)}).`
  if (seconds < LONG_WAIT_SECONDS) return `${waited} Most answer within a minute.`
  return `${waited} Some answer by hand, which can take hours. You can leave this page: the invoice will wait for you under Orders.`
}

function paidText(order: OrderState, proved: boolean): string {
  const proof = order.paidConfirmed
    ? 'The merchant confirmed your payment.'
    : proved
      ? 'Your wallet holds the proof of payment; the merchant has still to confirm it.'
      : ''
  if (order.fulfilment === 'placed' || order.fulfilment === 'processing') {
    return `${proof} ${afterPayment(order)}`.trim()
  }
  return `${proof} ${nextStep(order, 0)}`.trim()
}

function paidWords(order: OrderState, proved: boolean): PhaseWords {
  const trouble = order.fulfilment === 'unfulfillable' || order.fulfilment === 'cancelled'
  return {
    title: trouble ? 'Paid, but not fulfilled' : 'Paid',
    text: paidText(order, proved),
    tone: trouble ? 'warning' : 'success',
  }
}

const FIXED: Record<Exclude<PaymentPhase['kind'], 'waiting' | 'refused' | 'paid'>, PhaseWords> = {
  unsent: {
    title: 'Your order is not sent yet',
    text: 'It is saved on this device and is sent as soon as a relay takes it. The merchant cannot see it before that.',
    tone: 'warning',
  },
  'not-accepted': {
    title: 'The merchant could not take this order',
    text: 'Usually something ran out or changed. You paid nothing. Look at the cart and order again, or ask the merchant.',
    tone: 'warning',
  },
  cancelled: {
    title: 'This order was cancelled',
    text: 'There is nothing to pay.',
    tone: 'neutral',
  },
  checking: {
    title: 'Checking the invoice',
    text: 'The merchant sent an invoice. It is compared with your order before you can pay it.',
    tone: 'neutral',
  },
  expired: {
    title: 'This invoice has expired',
    text: 'It can no longer be paid, and nothing was charged here. Order again to get a new one, or ask the merchant. If you did pay in time, the payment still counts and shows up here.',
    tone: 'warning',
  },
  'needs-consent': {
    title: 'Look at the amount before you pay',
    text: 'The merchant asks for something other than what your order should cost. Pay only if you agree.',
    tone: 'warning',
  },
  payable: {
    title: 'Ready to pay',
    text: 'Pay with a Lightning wallet. Your payment confirms the order.',
    tone: 'info',
  },
  paying: {
    title: 'Paying',
    text: 'Your wallet is sending the payment. This takes a few seconds; please do not pay a second time.',
    tone: 'info',
  },
  refunded: {
    title: 'Refunded',
    text: 'The merchant returned your money.',
    tone: 'neutral',
  },
}

/** What the panel says in a phase. The same words are read out when the phase changes. */
export function phaseWords(phase: PaymentPhase, order: OrderState): PhaseWords {
  switch (phase.kind) {
    case 'waiting':
      return {
        title: 'Waiting for the invoice',
        text: waitingText(phase.seconds),
        tone: phase.seconds < LONG_WAIT_SECONDS ? 'info' : 'warning',
      }
    case 'refused':
      return { title: 'This invoice cannot be paid', text: phase.why, tone: 'danger' }
    case 'paid':
      return paidWords(order, phase.proved)
    default:
      return FIXED[phase.kind]
  }
}
