/** What a newly arrived fact means to the person, in two short lines. */
import { formatSat, msatAsSat } from './money'
import type { Fact } from './order'

export interface OrderNotice {
  readonly tone: 'info' | 'success' | 'warning'
  readonly title: string
  readonly text: string
}

const forCustomer = (fact: Fact, merchant: string): OrderNotice | null => {
  switch (fact.type) {
    case 'payment-requested': {
      const msat = fact.invoice?.amountMsat
      const amount = msat ? `${formatSat(msatAsSat(msat))} to pay` : 'Open the order to look at it'
      return { tone: 'info', title: `${merchant} sent the invoice`, text: amount }
    }
    case 'cannot-be-processed':
      return { tone: 'warning', title: `${merchant} cannot process your order`, text: fact.text }
    case 'status-reported': {
      if (fact.shipped)
        return { tone: 'success', title: 'Your order is on its way', text: fact.text }
      if (fact.paid) {
        return { tone: 'success', title: `${merchant} confirmed your payment`, text: fact.text }
      }
      return { tone: 'info', title: `News from ${merchant}`, text: fact.text }
    }
    default:
      return null
  }
}

/**
 * The notice for a fact, or null for facts that nobody waits for.
 *
 * @param side who the reader is in this order
 * @param other the name of the other party
 */
export function orderNotice(
  fact: Fact,
  side: 'customer' | 'merchant',
  other: string,
): OrderNotice | null {
  if (side === 'customer') return forCustomer(fact, other)
  if (fact.type !== 'placed') return null
  return { tone: 'info', title: 'A new order came in', text: `From ${fact.request.name || other}` }
}
