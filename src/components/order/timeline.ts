/** The timeline of an order as it is read aloud: oldest first, relays together, then what is to come. */
import type { FactType, OrderState, TimelineEntry } from '@/domain/order'
import type { DeliveryKind } from '@/domain/stall'
import { receiptLines } from './receipt'
import { deliveryOf, isClaimed, isPaid, type OrderSide } from './orderStatus'

export interface TimelineRow {
  readonly key: string
  readonly time: number
  readonly type: FactType
  readonly text: string
  readonly words: string
  /** What can be done about trouble; empty where there is none. */
  readonly advice: string
}

const ADVICE: Partial<Record<FactType, string>> = {
  'refused-by-relay':
    'Your order is safe on this device. One relay that takes it is enough for the merchant to see it.',
  'cannot-be-processed': 'Look at the cart and order again, or ask the merchant what was wrong.',
  'cannot-be-fulfilled': 'Ask the merchant to return your money or to send something else.',
}

/** True for what a person has to know about, in amber. */
export const isTrouble = (type: FactType): boolean => type in ADVICE

const rowOf = (entry: TimelineEntry): TimelineRow => ({
  key: entry.factId,
  time: entry.time,
  type: entry.type,
  text: entry.text,
  words: entry.type === 'payment-requested' ? receiptLines(entry.words) : entry.words,
  advice: ADVICE[entry.type] ?? '',
})

/** Neighbouring answers of several relays that took the order become one row. */
function joinRelays(rows: readonly TimelineRow[]): TimelineRow[] {
  const joined: TimelineRow[] = []
  let relays = 0
  for (const row of rows) {
    const last = joined.at(-1)
    relays = row.type === 'accepted-by-relay' ? relays + 1 : 0
    if (relays > 1 && last)
      joined[joined.length - 1] = { ...last, text: `Stored by ${relays} relays` }
    else joined.push(row)
  }
  return joined
}

/** What happened, oldest first. Facts of one second keep the order in which they were folded. */
export function timelineRows(entries: readonly TimelineEntry[]): TimelineRow[] {
  const placed = entries.some(({ type }) => type === 'placed')
  const told = entries.filter(({ type }) => !(placed && type === 'intended'))
  return joinRelays([...told].sort((a, b) => a.time - b.time).map(rowOf))
}

type StepWords = Record<'invoice' | 'pay' | 'confirm' | DeliveryKind, string>

const STEPS: Record<OrderSide, StepWords> = {
  customer: {
    invoice: 'The merchant sends an invoice',
    pay: 'You pay it',
    confirm: 'The merchant confirms your payment',
    shipped: 'The merchant ships your order',
    digital: 'The merchant delivers your order as a message',
    pickup: 'You pick your order up',
  },
  merchant: {
    invoice: 'You send an invoice',
    pay: 'The customer pays it',
    confirm: 'You confirm the payment',
    shipped: 'You ship the order',
    digital: 'You deliver the order as a message',
    pickup: 'The customer picks the order up',
  },
}

/** The steps that an order in good health still has before it, seen from one side. */
export function stepsToCome(order: OrderState, side: OrderSide): string[] {
  if (['shipped', 'delivered', 'cancelled', 'unfulfillable'].includes(order.fulfilment)) return []
  if (order.settlement === 'refunded') return []
  const words = STEPS[side]
  const last = words[deliveryOf(order)]
  if (isPaid(order)) return [last]
  if (isClaimed(order)) return [words.confirm, last]
  return order.settlement === 'invoiced' ? [words.pay, last] : [words.invoice, words.pay, last]
}
