/** The heading and the sentence below it for every phase of a payment. */
import type { OrderState } from '@/domain/order'
import type { Silence } from '@/domain/silence'
import { afterPayment, moneyAdvice, nextStep } from '../order/orderStatus'
import type { Tone } from '../ui/tones'
import { agoWords, waitedFor } from './duration'
import type { PaymentPhase } from './paymentPhase'

export interface PhaseWords {
  readonly title: string
  readonly text: string
  readonly tone: Tone
}

const waitingText = (seconds: number): string =>
  `The merchant has not answered yet (${waitedFor(seconds)}). Most answer within a minute.`

const SILENT_TEXTS: Record<Silence['level'], string> = {
  quiet:
    'The merchant may be away, or answer by hand, which can take hours. You can leave this page: the invoice will wait for you under Orders.',
  long: 'The merchant may have stopped selling here, or its software could not read the order. You paid nothing. You can send the same order again, or write to the merchant.',
}

function silentWords({ level, seconds, sentAgo }: Silence): PhaseWords {
  const again = sentAgo === null ? '' : ` You sent it again ${agoWords(sentAgo)}.`
  const reached = `Your order reached the relays ${agoWords(seconds)}, and nothing came back.${again}`
  return {
    title: level === 'long' ? 'The merchant does not answer' : 'No answer yet',
    text: `${reached} ${SILENT_TEXTS[level]}`,
    tone: level === 'long' ? 'warning' : 'info',
  }
}

function proofText(order: OrderState, proved: boolean): string {
  if (!order.paidConfirmed) {
    return 'Your wallet holds the proof of payment; the merchant has still to confirm it.'
  }
  return proved
    ? 'Your wallet holds the proof of payment, and the merchant confirmed it.'
    : 'The merchant confirmed your payment. There is no proof of it on this device, and none is needed now.'
}

function paidText(order: OrderState, proved: boolean): string {
  const proof = proofText(order, proved)
  if (order.fulfilment === 'placed' || order.fulfilment === 'processing') {
    return `${proof} ${afterPayment(order)}`.trim()
  }
  return `${proof} ${nextStep(order, 0)}`.trim()
}

function paidWords(order: OrderState, proved: boolean): PhaseWords {
  const trouble = order.fulfilment === 'unfulfillable' || order.fulfilment === 'cancelled'
  return {
    title: trouble ? 'Paid, but not fulfilled' : proved ? 'Paid' : 'The merchant says: paid',
    text: paidText(order, proved),
    tone: trouble ? 'warning' : 'success',
  }
}

const FIXED: Record<
  Exclude<PaymentPhase['kind'], 'waiting' | 'silent' | 'not-accepted' | 'refused' | 'paid'>,
  PhaseWords
> = {
  unsent: {
    title: 'Your order is not sent yet',
    text: 'It is saved on this device and is sent as soon as a relay takes it. The merchant cannot see it before that.',
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
    text: 'It can no longer be paid. Ask the merchant for a new one. If you did pay in time, say so: the payment still counts.',
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
  claimed: {
    title: 'Waiting for the merchant to confirm',
    text: 'You say that you paid this invoice. Nothing proves it here yet, and the merchant has not confirmed it. Do not pay a second time.',
    tone: 'info',
  },
  refunded: {
    title: 'Refunded',
    text: 'The merchant returned your money.',
    tone: 'neutral',
  },
}

const notAcceptedWords = (order: OrderState): PhaseWords => ({
  title: 'The merchant could not take this order',
  text: `Usually something ran out or changed. ${moneyAdvice(order)} You can look at the cart and order again, or ask the merchant.`,
  tone: 'warning',
})

/** What the panel says in a phase. The same words are read out when the phase changes. */
export function phaseWords(phase: PaymentPhase, order: OrderState): PhaseWords {
  switch (phase.kind) {
    case 'waiting':
      return {
        title: 'Waiting for the invoice',
        text: waitingText(phase.seconds),
        tone: 'info',
      }
    case 'silent':
      return silentWords(phase.silence)
    case 'not-accepted':
      return notAcceptedWords(order)
    case 'refused':
      return { title: 'This invoice cannot be paid', text: phase.why, tone: 'danger' }
    case 'paid':
      return paidWords(order, phase.proved)
    default:
      return FIXED[phase.kind]
  }
}
