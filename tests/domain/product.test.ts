/** What is left of a product. */
import { expect, it } from 'vitest'
import { isAvailable, stockOf } from '@/domain/product'

it.each([
  [{ active: true, quantity: 3 }, 3],
  [{ active: true, quantity: null }, 'unlimited'],
  [{ active: true, quantity: 0 }, 0],
  [{ active: true, quantity: -2 }, 0],
  [{ active: false, quantity: 3 }, 0],
  [{ active: false, quantity: null }, 0],
] as const)('of %o %s is left', (product, left) => {
  expect(stockOf(product)).toBe(left)
  expect(isAvailable(product)).toBe(left !== 0)
})
