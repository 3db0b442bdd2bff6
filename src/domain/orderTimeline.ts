/** The facts of an order as sentences that a person can read aloud. */
import { relayName } from './delivery'
import { formatSat, msatAsSat } from './money'
import type { Fact, FactOf, TimelineEntry } from './order'

/** How the fact of a relay that said nothing is named. */
const SILENCE = /:(?:timed-out|unreachable):(?:retrying|final)$/

function statusText(paid: boolean | null, shipped: boolean | null): string {
  if (shipped) return 'Shipped'
  if (paid) return 'The merchant says: paid'
  return shipped === false ? 'The merchant says: not shipped' : 'Message from the merchant'
}

/** What a relay said are its words; why it said nothing is ours, and told as such. */
function notStored({ id, relay, reason }: FactOf<'refused-by-relay'>) {
  const text = `Not stored by ${relayName(relay)}`
  return SILENCE.test(id) ? { text: `${text}. ${reason}` } : { text, words: reason }
}

/** What happened and whose words came with it; null for facts that are no step of the story. */
function sentence(fact: Fact): { text: string; words?: string } | null {
  switch (fact.type) {
    case 'intended':
      return { text: 'Order saved on this device' }
    case 'placed':
      return { text: 'Order placed', words: fact.request.message }
    case 'withdrawn':
      return { text: 'Changed before it was signed: this version was never sent' }
    case 'sent-again':
      return { text: 'You sent the same order again' }
    case 'accepted-by-relay':
      return { text: `Stored by ${relayName(fact.relay)}` }
    case 'refused-by-relay':
      return notStored(fact)
    case 'payment-requested': {
      const msat = fact.invoice?.amountMsat
      const amount = msat ? ` for ${formatSat(msatAsSat(msat))}` : ''
      return { text: `Invoice from the merchant${amount}`, words: fact.text }
    }
    case 'cannot-be-processed':
      return { text: 'The merchant cannot process this order', words: fact.text }
    case 'amount-consented':
      return { text: 'You agreed to the amount of the invoice' }
    case 'payment-attempted':
      return { text: 'Payment started' }
    case 'payment-claimed':
      return { text: fact.claimed ? 'You say that you paid' : 'You say that you did not pay' }
    case 'payment-proved':
      return { text: 'Paid' }
    case 'status-reported':
      return { text: statusText(fact.paid, fact.shipped), words: fact.text }
    case 'cannot-be-fulfilled':
      return {
        text: fact.certain
          ? 'Paid, but the merchant cannot fulfil the order'
          : 'The merchant cannot fulfil a paid order, and this may be the one',
        words: fact.text,
      }
    case 'noted':
      return { text: 'Note', words: fact.text }
    case 'signed':
    case 'priced':
    case 'invoice-intended':
      return null
  }
}

/** The entry of one fact in the order's timeline, or none. */
export function describeFact(fact: Fact): TimelineEntry[] {
  const told = sentence(fact)
  if (!told) return []
  return [
    { factId: fact.id, time: fact.time, type: fact.type, text: told.text, words: told.words ?? '' },
  ]
}
