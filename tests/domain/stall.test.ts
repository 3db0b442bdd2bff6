/** How a shipping zone delivers, read from its words. */
import { describe, expect, it } from 'vitest'
import { deliveryKind } from '@/domain/stall'
import { zone } from '../factories/catalogue'

describe('a zone delivers', () => {
  it.each([
    ['digital', zone({ id: 'online-abc', name: '' })],
    ['digital', zone({ name: 'Digital' })],
    ['digital', zone({ name: 'By e-mail', countries: [] })],
    ['digital', zone({ name: 'Rest', countries: ['Download'] })],
    ['pickup', zone({ name: 'Pickup' })],
    ['pickup', zone({ name: 'Pick-up in Lisbon' })],
    ['pickup', zone({ name: 'Meet up / P2P' })],
    ['shipped', zone({ name: 'Worldwide' })],
    ['shipped', zone({ name: 'Digitalis region', countries: ['Portugal'] })],
  ])('%s: %o', (kind, where) => {
    expect(deliveryKind(where)).toBe(kind)
  })
})
