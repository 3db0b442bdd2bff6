/** Dates from the future and from long ago: they count for what they say and never lead a list. */
import { describe, expect, it } from 'vitest'
import { believedFrom, isAhead } from '@/domain/dates'
import { orderKey, type OrderId } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createOrderBook } from '@/domain/orderBook'
import { foldOrder } from '@/domain/orderFold'
import { T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import {
  cannotBeProcessed,
  intended,
  orderRef,
  paymentRequested,
  placed,
  request,
  status,
} from '../factories/orders'
import { shuffled } from '../factories/shuffle'

const NOW = T0 + 1_000
const Y2036 = 2_110_707_112
const Y2100 = 4_102_444_800
const LONG_AGO = -1_000_000

const fold = (facts: readonly Fact[], now = NOW) => foldOrder(orderRef(), facts, now)

it('a quarter of an hour ahead is believed, and no more', () => {
  expect(isAhead(NOW + 900, NOW)).toBe(false)
  expect(isAhead(NOW + 901, NOW)).toBe(true)
  expect(isAhead(Y2100, believedFrom(Y2100))).toBe(false)
  expect(isAhead(Y2100, Infinity)).toBe(false)
})

describe.each([Y2036, Y2100])('a message dated %i', (far) => {
  const today = paymentRequested({ invoice: invoice({ paymentHash: '11'.repeat(32) }) })

  it('is paid when it is all there is, and replaced by any that follows', () => {
    const future = paymentRequested({ time: far })
    expect(fold([placed(), future]).paymentRequests[0]?.factId).toBe(future.id)
    const both = fold([placed(), future, today])
    expect(both.paymentRequests.map(({ factId }) => factId)).toEqual([today.id, future.id])
    expect(both.updatedAt).toBe(today.time)
  })

  it('that the order failed does not undo an invoice of today', () => {
    const facts = [placed(), cannotBeProcessed({ time: far }), today]
    expect(fold(facts).fulfilment).toBe('placed')
  })

  it('that nothing was shipped does not undo a report of today', () => {
    const facts = [placed(), status({ shipped: true }), status({ shipped: false, time: far })]
    expect(fold(facts).fulfilment).toBe('shipped')
  })

  it('with another order under the id is not the version that counts', () => {
    const other = request({ lines: [{ productId: 'tea', quantity: 9 }] })
    const state = fold([placed({ request: other, time: far }), placed()])
    expect(state.request?.lines[0]?.quantity).toBe(1)
  })

  it('gives one state whatever comes first', () => {
    const facts = [
      intended(),
      placed(),
      paymentRequested({ time: far }),
      paymentRequested({ time: far + 1 }),
      today,
      status({ paid: true, time: far }),
      status({ shipped: true }),
    ]
    const whole = JSON.stringify(fold(facts))
    for (let seed = 1; seed <= 50; seed++) {
      expect(JSON.stringify(fold(shuffled(facts, seed)))).toBe(whole)
    }
  })
})

describe('a book', () => {
  it('believes a date once its time has come', () => {
    let now = NOW
    const book = createOrderBook({ now: () => now })
    const soon = paymentRequested({ time: NOW + 2_000 })
    const today = paymentRequested()
    for (const fact of [placed(), soon, today]) book.add(orderRef(), fact)
    const newest = () => book.order(orderKey(orderRef()))?.paymentRequests[0]?.factId
    expect(newest()).toBe(today.id)
    now += 2_000
    expect(newest()).toBe(soon.id)
  })

  it('puts orders from 1969 and from 2100 below those of today', () => {
    const book = createOrderBook({ now: () => NOW })
    for (const [orderId, time] of [
      ['old', LONG_AGO],
      ['far', Y2100],
      ['now', T0],
    ] as const) {
      const id = orderId as OrderId
      book.add(orderRef({ orderId: id }), placed({ time, request: request({ orderId: id }) }))
    }
    expect(book.orders().map(({ orderId }) => orderId)).toEqual(['now', 'old', 'far'])
  })
})
