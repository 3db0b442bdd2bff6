/** What a customer can do beside paying, in each phase of a payment. */
import type { PaymentPhase } from './paymentPhase'

/** Something to do, as the panel emits it. */
export type Help =
  | 'resend'
  | 'write'
  | 'ask-invoice'
  | 'order-again'
  | 'claim'
  | 'unclaim'
  | 'ask-relays'
  | 'send-hash'

export interface HelpButton {
  readonly help: Help
  readonly label: string
  readonly variant: 'primary' | 'secondary' | 'quiet'
}

const button = (
  help: Help,
  label: string,
  variant: HelpButton['variant'] = 'secondary',
): HelpButton => ({ help, label, variant })

const ORDER_ANEW = button('order-again', 'Order anew', 'quiet')
const WRITE = button('write', 'Write to the merchant')
const NEW_INVOICE = button('ask-invoice', 'Ask for a new invoice', 'primary')

const HELPS: Partial<Record<PaymentPhase['kind'], readonly HelpButton[]>> = {
  silent: [button('resend', 'Send the same order again', 'primary'), WRITE, ORDER_ANEW],
  'not-accepted': [button('order-again', 'Order again', 'primary'), WRITE],
  cancelled: [button('order-again', 'Order again')],
  refused: [NEW_INVOICE, ORDER_ANEW],
  expired: [NEW_INVOICE, button('claim', 'I have paid it'), ORDER_ANEW],
  claimed: [
    button('ask-relays', 'Ask the relays again', 'primary'),
    button('send-hash', 'Send the merchant the payment hash'),
    button('unclaim', 'I have not paid', 'quiet'),
  ],
}

/** The most likely help first. Nothing of it happens by itself. */
export const helpsIn = (phase: PaymentPhase): readonly HelpButton[] => HELPS[phase.kind] ?? []
