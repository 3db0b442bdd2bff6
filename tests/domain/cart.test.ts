/** A cart holds whole quantities of one stall's products, within their stock. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addToCart,
  chooseZone,
  clampQuantity,
  countPieces,
  emptyCart,
  setQuantity,
} from '@/domain/cart'
import type { Cart } from '@/domain/cart'
import { product, stall } from '../factories/catalogue'
import { T0 } from '../factories/events'
import { MERCHANT } from '../factories/people'

const empty = emptyCart(stall().address, MERCHANT.pubkey, T0)
const tea = product({ quantity: 5 })
const quantities = (cart: Cart): number[] => cart.lines.map(({ quantity }) => quantity)

describe('adding', () => {
  it('keeps what the product looked like', () => {
    expect(addToCart(empty, tea, 'sat', 2, T0 + 1)).toMatchObject({
      updatedAt: T0 + 1,
      lines: [{ productId: 'tea', quantity: 2, name: 'Tea', price: 1000, currency: 'sat' }],
    })
  })

  it('a product again makes its line larger, never a second line', () => {
    const cart = addToCart(addToCart(empty, tea, 'sat', 2, T0), tea, 'sat', 1, T0)
    expect(quantities(cart)).toEqual([3])
  })

  it('stops at what is in stock', () => {
    expect(quantities(addToCart(empty, tea, 'sat', 99, T0))).toEqual([5])
  })

  it.each([
    ['sold out', product({ quantity: 0 })],
    ['deactivated', product({ active: false })],
  ])('a product that is %s changes nothing', (_, gone) => {
    expect(addToCart(empty, gone, 'sat', 1, T0 + 1)).toBe(empty)
  })
})

describe('setting a quantity', () => {
  const cart = addToCart(empty, tea, 'sat', 2, T0)

  it.each([
    [3, [3]],
    [2.9, [2]],
    [0, []],
    [-1, []],
    [Number.NaN, []],
  ])('to %d leaves %j', (quantity, left) => {
    expect(quantities(setQuantity(cart, tea.address, quantity, T0))).toEqual(left)
  })

  it('of a product that is not in the cart changes no line', () => {
    expect(setQuantity(cart, stall().address, 4, T0).lines).toEqual(cart.lines)
  })
})

it('a clamped quantity is whole, not negative and within stock', () => {
  const stock = fc.option(fc.integer({ min: -5, max: 100 }))
  fc.assert(
    fc.property(fc.double(), stock, fc.boolean(), (wanted, quantity, active) => {
      const clamped = clampQuantity(wanted, { quantity, active })
      expect(Number.isInteger(clamped) && clamped >= 0).toBe(true)
      if (!active) expect(clamped).toBe(0)
      else if (quantity !== null) expect(clamped).toBeLessThanOrEqual(Math.max(0, quantity))
    }),
  )
})

it('counts pieces and remembers the zone', () => {
  const cup = product({ id: 'cup', quantity: null })
  const cart = addToCart(addToCart(empty, tea, 'sat', 2, T0), cup, 'sat', 3, T0)
  expect(countPieces(cart)).toBe(5)
  expect(chooseZone(cart, 'world', T0 + 9)).toMatchObject({ zoneId: 'world', updatedAt: T0 + 9 })
})
