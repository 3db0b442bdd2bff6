/** Where an order stands and what comes next, in words, for both sides. */
import { describe, expect, it } from 'vitest'
import type { OrderState } from '@/domain/order'
import { merchantTask, nextStep, orderStatus } from '@/components/order/orderStatus'
import { fact, fold, invoice, NOW, placed, proved, reported, requested } from './samples'

const decoded = invoice(12_800)
const claimed = fact(9, {
  type: 'payment-claimed',
  paymentHash: decoded.paymentHash,
  claimed: true,
})
const failed = fact(9, { type: 'cannot-be-processed', text: 'No' })
const gone = fact(9, { type: 'cannot-be-fulfilled', text: 'Sold out', certain: true })

const CASES: [name: string, OrderState, customer: string, merchant: string, task: string][] = [
  ['intended', fold(placed().slice(0, 1)), 'Not sent yet', 'Needs an invoice', 'invoice'],
  ['placed', fold(placed()), 'Waiting for the invoice', 'Needs an invoice', 'invoice'],
  ['invoiced', fold(placed(), requested(decoded)), 'To pay', 'Waiting for payment', 'wait'],
  [
    'said to be paid',
    fold(placed(), requested(decoded), claimed),
    'To be confirmed',
    'Waiting for payment',
    'wait',
  ],
  [
    'expired',
    fold(placed(), requested({ ...decoded, expiresAt: NOW - 1 })),
    'Invoice expired',
    'Invoice expired',
    'wait',
  ],
  ['paid', fold(placed(), requested(decoded), proved(decoded)), 'Paid', 'Paid, to ship', 'ship'],
  ['shipped', fold(placed(), reported(true, true, '')), 'Shipped', 'Shipped', 'done'],
  ['failed', fold(placed(), failed), 'Not accepted', 'Not accepted', 'done'],
  [
    'unfulfillable',
    fold(placed(), requested(decoded), gone),
    'Paid, not fulfilled',
    'Paid, not fulfilled',
    'refund',
  ],
]

describe('order status', () => {
  it.each(CASES)('names an order that is %s', (_, order, customer, merchant, task) => {
    expect(orderStatus(order, 'customer', NOW).label).toBe(customer)
    expect(orderStatus(order, 'merchant', NOW).label).toBe(merchant)
    expect(merchantTask(order)).toBe(task)
    expect(nextStep(order, NOW)).toMatch(/\.$/)
  })

  it('is green for money that arrived alone', () => {
    const green = CASES.filter(
      ([, order]) => orderStatus(order, 'customer', NOW).tone === 'success',
    )
    expect(green.map(([name]) => name)).toEqual(['paid', 'shipped'])
  })
})
