/** Expected totals with the exact rounding of the LNbits nostrmarket. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderPricing } from '@/domain/order'
import { expectedTotal, priceLine, priceOrder, totalInCurrency, totalInSat } from '@/domain/pricing'
import { product, stall, zone } from '../factories/catalogue'
import { pricing } from '../factories/orders'

interface Basket {
  readonly currency?: string
  readonly lines: readonly (readonly [quantity: number, price: number, extra?: number])[]
  readonly shipping?: number
  readonly rate?: number | null
}

/** An order of some products with their extra cost in the zone, and the cost of the zone. */
function basket({ currency = 'sat', lines, shipping = 0, rate = null }: Basket): OrderPricing {
  const here = zone({ cost: shipping })
  const priced = lines.map(([quantity, price, extra = 0], n) => ({
    quantity,
    product: product({ id: `p${n}`, price, zoneCosts: { [here.id]: extra } }),
  }))
  return priceOrder(stall({ currency, zones: [here] }), here, priced, rate)
}

const EUR = 1e8 / 90_000
const USD = 1e8 / 100_000

describe('the total in satoshi', () => {
  it.each<[string, Basket, number]>([
    [
      'a sat stall',
      {
        lines: [
          [2, 1000, 10],
          [1, 250],
        ],
        shipping: 100,
      },
      2370,
    ],
    ['a half, even below', { lines: [[1, 214.5]] }, 214],
    ['a half, even above', { lines: [[1, 215.5]] }, 216],
    ['halves that add up first', { lines: [[3, 37.5]] }, 112],
    ['half a satoshi of shipping', { lines: [[1, 112]], shipping: 0.5 }, 112],
    ['dollars', { currency: 'USD', lines: [[2, 12.5]], shipping: 5, rate: USD }, 30_000],
    [
      'euros with extra costs',
      {
        currency: 'EUR',
        lines: [
          [3, 9.9, 2],
          [1, 24],
        ],
        shipping: 8.5,
        rate: EUR,
      },
      75_776,
    ],
    ['fiat cut off per unit, not per line', { currency: 'EUR', lines: [[3, 1]], rate: 1.9 }, 3],
    [
      'fiat shipping cut off on its own',
      { currency: 'EUR', lines: [[1, 1]], shipping: 1, rate: 1.9 },
      2,
    ],
  ])('%s', (_, given, sat) => {
    expect(totalInSat(basket(given))).toBe(sat)
  })

  it('is not known without a rate', () => {
    expect(totalInSat(basket({ currency: 'EUR', lines: [[1, 1]] }))).toBeNull()
  })

  it.each<[string, Basket]>([
    ['nothing', { lines: [[1, 0]] }],
    ['too small for a satoshi', { currency: 'EUR', lines: [[1, 0.0001]], rate: EUR }],
    ['beyond all numbers', { lines: [[9, 1e308]] }],
    ['beyond exact numbers', { lines: [[1, 2 ** 60]] }],
  ])('is not known for %s', (_, given) => {
    expect(totalInSat(basket(given))).toBeNull()
  })

  it('is a whole positive number or not known, whatever the prices', () => {
    const price = fc.double({ min: 0, noNaN: true })
    const line = fc.tuple(fc.integer(), price, price)
    const rate = fc.option(fc.double({ noNaN: true }))
    fc.assert(
      fc.property(
        fc.array(line),
        price,
        rate,
        fc.constantFrom('sat', 'EUR'),
        (lines, shipping, satPerUnit, currency) => {
          const total = totalInSat(basket({ lines, shipping, rate: satPerUnit, currency }))
          expect(total === null || (Number.isSafeInteger(total) && total > 0)).toBe(true)
        },
      ),
    )
  })
})

describe('the expected total', () => {
  it('is exact for satoshi', () => {
    expect(expectedTotal(pricing())).toEqual({ kind: 'exact', sat: 1100 })
  })

  it.each([
    [10_000, 200],
    [10_049, 200],
    [50, 2],
    [1, 2],
  ])('of %i sat in fiat tolerates %i', (sat, toleranceSat) => {
    const given = basket({ currency: 'EUR', lines: [[1, sat]], rate: 1 })
    expect(expectedTotal(given)).toEqual({ kind: 'estimate', sat, toleranceSat })
  })

  it('says that a rate is missing, and for which currency', () => {
    expect(expectedTotal(basket({ currency: 'EUR', lines: [[1, 1]] }))).toEqual({
      kind: 'unknown',
      why: 'No exchange rate for EUR was available.',
    })
  })

  it('says that prices are not known or not sane', () => {
    expect(expectedTotal(null)).toMatchObject({ kind: 'unknown' })
    expect(expectedTotal(basket({ lines: [[1, 0]] }))).toMatchObject({
      why: expect.stringContaining('do not add up'),
    })
  })
})

describe('a priced line', () => {
  it('takes the extra cost of the chosen zone only', () => {
    const tea = product({ zoneCosts: { world: 10, home: 2 } })
    expect([priceLine(tea, 1, 'home').zoneExtra, priceLine(tea, 1, 'moon').zoneExtra]).toEqual([
      2, 0,
    ])
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'has no extra cost in a zone called %s',
    (id) => {
      expect(priceLine(product(), 1, id).zoneExtra).toBe(0)
    },
  )
})

it('keeps the total in the currency of the stall unrounded', () => {
  const given = basket({
    currency: 'EUR',
    lines: [
      [3, 9.9, 2],
      [1, 24],
    ],
    shipping: 8.5,
  })
  expect(totalInCurrency(given)).toBeCloseTo(68.2, 10)
})
