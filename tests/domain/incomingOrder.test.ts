/** An incoming order is priced from the merchant's own catalogue, or refused with words for it. */
import { describe, expect, it } from 'vitest'
import { priceIncoming, receiptText } from '@/domain/incomingOrder'
import type { OrderRequest } from '@/domain/order'
import { product, stall } from '../factories/catalogue'
import { request } from '../factories/orders'

const own = {
  stalls: [stall(), stall({ id: 'other' })],
  products: [
    product({ quantity: 3, zoneCosts: { world: 10 } }),
    product({ id: 'cup', quantity: null, price: 250 }),
    product({ id: 'hidden', active: false }),
    product({ id: 'poster', stallId: 'other' }),
    product({ id: 'orphan', stallId: 'gone' }),
  ],
}
const price = (fields: Partial<OrderRequest>) => priceIncoming(request(fields), own, () => null)
const lines = (...given: [string, number][]) =>
  given.map(([productId, quantity]) => ({ productId, quantity }))

it('takes prices from the catalogue', () => {
  const priced = price({ lines: lines(['tea', 2], ['cup', 1]) })
  expect(priced).toMatchObject({
    ok: true,
    value: {
      currency: 'sat',
      zone: { id: 'world', cost: 100 },
      lines: [
        { productId: 'tea', unitPrice: 1000, zoneExtra: 10, quantity: 2 },
        { productId: 'cup', unitPrice: 250, zoneExtra: 0, quantity: 1 },
      ],
    },
  })
})

describe('refuses', () => {
  it.each<[string, Partial<OrderRequest>, RegExp]>([
    ['an unknown product', { lines: lines(['nope', 1]) }, /not in your catalogue/],
    ['more than is left', { lines: lines(['tea', 4]) }, /asks for 4 of Tea, but 3 are left/],
    ['no pieces', { lines: lines(['tea', 0]) }, /asks for 0/],
    ['negative pieces', { lines: lines(['tea', -1]) }, /asks for -1/],
    ['a deactivated product', { lines: lines(['hidden', 1]) }, /0 are left/],
    ['products of two stalls', { lines: lines(['tea', 1], ['poster', 1]) }, /several stalls/],
    ['a product without a stall', { lines: lines(['orphan', 1]) }, /stall of this order/],
    ['another zone', { shippingId: 'moon' }, /shipping zone/],
    ['no zone', { shippingId: null }, /shipping zone/],
  ])('%s', (_, fields, reason) => {
    expect(price(fields)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })
})

it('writes a receipt line by line', () => {
  const priced = price({ lines: lines(['tea', 2]) })
  expect(priced.ok && receiptText(priced.value).split('\n')).toEqual([
    '2 x Tea at 1,010 sat = 2,020 sat',
    'Shipping (Worldwide): 100 sat',
    'Total: 2,120 sat',
  ])
})
