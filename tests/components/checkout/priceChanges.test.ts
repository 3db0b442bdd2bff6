/** A price counts as changed when its number or its currency did, not when its spelling did. */
import { describe, expect, it } from 'vitest'
import { priceChanges } from '@/components/checkout/priceChanges'
import { addToCart, emptyCart } from '@/domain/cart'
import { priceLine } from '@/domain/pricing'
import { product, stall } from '../../factories/catalogue'
import { MERCHANT } from '../../factories/people'

const added = (price: number, currency: string) =>
  addToCart(emptyCart(stall().address, MERCHANT.pubkey, 0), product({ price }), currency, 1, 0)
    .lines
const now = [priceLine(product({ price: 1000 }), 1, '')]

describe('priceChanges', () => {
  it.each([
    ['sat', 'sats'],
    ['EUR', 'eur '],
  ])('finds none between %s and %s', (before, after) => {
    expect(priceChanges(added(1000, before), now, after).size).toBe(0)
  })

  it.each([
    [700, 'sat'],
    [1000, 'USD'],
  ])('tells the old price of %i %s', (amount, currency) => {
    const changes = priceChanges(added(amount, currency), now, 'sat')
    expect([...changes]).toEqual([[product().address, { amount, currency }]])
  })

  it('says nothing of a product that is not here', () => {
    expect(priceChanges(added(700, 'sat'), [], 'sat').size).toBe(0)
  })
})
