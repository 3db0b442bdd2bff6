/** Merging carts: whichever tab or device is heard first, and however often, the same cart comes out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addToCart,
  chooseZone,
  emptyCart,
  restoreLine,
  setQuantity,
  takeOrdered,
  type Cart,
} from '@/domain/cart'
import { mergeCarts } from '@/domain/cartMerge'
import { product, stall } from '../factories/catalogue'
import { T0 } from '../factories/events'
import { MERCHANT } from '../factories/people'

const NOW = T0 * 1000
const empty = emptyCart(stall().address, MERCHANT.pubkey, NOW)
const [tea, cup, soap] = ['tea', 'cup', 'soap'].map((id) => product({ id, name: id }))
const lines = (cart: Cart) => cart.lines.map(({ productId, quantity }) => [productId, quantity])

const both = addToCart(addToCart(empty, tea!, 'sat', 1, NOW + 1), cup!, 'sat', 1, NOW + 2)

describe('two states of a cart', () => {
  it('each with a line of its own have both', () => {
    const mine = addToCart(empty, tea!, 'sat', 1, NOW + 1)
    const theirs = addToCart(empty, cup!, 'sat', 2, NOW + 1)
    expect(lines(mergeCarts(mine, theirs))).toEqual([
      ['cup', 2],
      ['tea', 1],
    ])
  })

  it('of one line, changed twice, have the later quantity', () => {
    const earlier = setQuantity(both, tea!.address, 5, NOW + 3)
    const later = setQuantity(both, tea!.address, 2, NOW + 4)
    expect(lines(mergeCarts(earlier, later))).toContainEqual(['tea', 2])
  })

  it('do not bring back what one has taken out', () => {
    const taken = takeOrdered(both, [{ productId: 'tea', quantity: 1 }], NOW + 3)
    expect(lines(mergeCarts(both, taken))).toEqual([['cup', 1]])
    expect(mergeCarts(taken, both)).toBe(taken)
  })

  it('keep what was changed after the other took it out', () => {
    const taken = setQuantity(both, tea!.address, 0, NOW + 3)
    const changed = setQuantity(both, tea!.address, 4, NOW + 4)
    expect(lines(mergeCarts(taken, changed))).toEqual([
      ['tea', 4],
      ['cup', 1],
    ])
  })

  it('have the zone that was chosen last', () => {
    const near = chooseZone(both, 'near', NOW + 8)
    const far = chooseZone(both, 'far', NOW + 9)
    expect(mergeCarts(near, far).zoneId).toBe('far')
    expect(mergeCarts(far, near)).toBe(far)
  })
})

it('a change counts after all earlier ones, though the clock went back', () => {
  const changed = setQuantity(both, tea!.address, 7, NOW - 100_000)
  expect(lines(mergeCarts(both, changed))).toContainEqual(['tea', 7])
})

const products = [tea!, cup!, soap!]
const someProduct = fc.constantFrom(...products)
const edit = fc.oneof(
  fc.tuple(someProduct, fc.integer({ min: 1, max: 3 })).map(
    ([one, n]) =>
      (cart: Cart, now: number) =>
        addToCart(cart, one, 'sat', n, now),
  ),
  fc.tuple(someProduct, fc.integer({ min: 0, max: 3 })).map(
    ([one, n]) =>
      (cart: Cart, now: number) =>
        setQuantity(cart, one.address, n, now),
  ),
  fc
    .constantFrom('near', 'far', null)
    .map((zone) => (cart: Cart, now: number) => chooseZone(cart, zone, now)),
  fc.constant((cart: Cart, now: number) => {
    const [line] = both.lines
    return line ? restoreLine(cart, line, now) : cart
  }),
)
/** States that went different ways from one start; times clash. */
const state = fc
  .array(fc.tuple(edit, fc.integer({ min: 0, max: 4 })), { maxLength: 8 })
  .map((edits) => edits.reduce((cart, [change, at]) => change(cart, NOW + at), both))

describe('merging', () => {
  it('does not depend on order, grouping or repetition', () => {
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        const merged = mergeCarts(mergeCarts(a, b), c)
        expect(mergeCarts(a, mergeCarts(b, c))).toEqual(merged)
        expect(mergeCarts(c, mergeCarts(b, a))).toEqual(merged)
        expect(mergeCarts(merged, a)).toBe(merged)
        expect(mergeCarts(merged, c)).toBe(merged)
      }),
      { numRuns: 500 },
    )
  })

  it('has each product once, in the cart or taken out', () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        const { lines: kept, removed } = mergeCarts(a, b)
        const all = [...kept, ...removed].map(({ productAddress }) => productAddress)
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })
})
