/** The catalogue on screen: sorted, without what cannot be bought, names with a stand-in. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KIND } from '@/protocol/event'
import { addressOf } from '@/domain/ids'
import { useCatalogueStore } from '@/stores/catalogue'
import { product, profile, stall } from '../factories/catalogue'
import { eventId, T0 } from '../factories/events'
import { MERCHANT, OTHER_MERCHANT } from '../factories/people'

beforeEach(() => {
  vi.useFakeTimers({ now: (T0 + 100) * 1000, toFake: ['Date'] })
  setActivePinia(createPinia())
})
afterEach(() => void vi.useRealTimers())

describe('the catalogue', () => {
  it('shows stalls by name and products by what can be bought, newest first', () => {
    const catalogue = useCatalogueStore()
    catalogue.apply([
      {
        type: 'stall',
        stall: stall({
          id: 'b',
          address: addressOf(KIND.stall, MERCHANT.pubkey, 'b'),
          name: 'Zoo',
        }),
      },
      { type: 'stall', stall: stall() },
      { type: 'product', product: product({ id: 'old', publishedAt: T0 - 9, name: 'Old' }) },
      { type: 'product', product: product({ id: 'out', publishedAt: T0 + 9, quantity: 0 }) },
      { type: 'product', product: product({ id: 'new', publishedAt: T0 + 5 }) },
      { type: 'product', product: product({ id: 'off', active: false }) },
    ])
    expect(catalogue.stalls.map(({ name }) => name)).toEqual(['Tea house', 'Zoo'])
    expect(catalogue.products.map(({ id }) => id)).toEqual(['new', 'old', 'out'])
    expect(catalogue.productsOf(stall().address)).toHaveLength(3)
    expect(catalogue.merchants).toEqual(new Set([MERCHANT.pubkey]))
  })

  it('still finds a product that is not for sale right now', () => {
    const catalogue = useCatalogueStore()
    const off = product({ active: false })
    expect(catalogue.product(off.address)).toBeNull()
    catalogue.apply([{ type: 'product', product: off }])
    expect(catalogue.product(off.address)?.name).toBe('Tea')
    expect(catalogue.products).toEqual([])
  })

  it('takes away what its merchant deleted', () => {
    const catalogue = useCatalogueStore()
    const { address } = product()
    catalogue.apply([{ type: 'product', product: product() }])
    const deletion = { eventIds: [], addresses: [address], time: T0 + 1 }
    catalogue.apply([
      { type: 'deletion', deletion: { ...deletion, author: OTHER_MERCHANT.pubkey } },
    ])
    expect(catalogue.products).toHaveLength(1)
    catalogue.apply([{ type: 'deletion', deletion: { ...deletion, author: MERCHANT.pubkey } }])
    expect(catalogue.products).toEqual([])
  })

  it('names people by their profile, or shortens their key', () => {
    const catalogue = useCatalogueStore()
    expect(catalogue.nameOf(MERCHANT.pubkey)).toBe(
      `${MERCHANT.pubkey.slice(0, 8)}…${MERCHANT.pubkey.slice(-4)}`,
    )
    catalogue.apply([{ type: 'profile', profile: profile() }])
    expect(catalogue.nameOf(MERCHANT.pubkey)).toBe('Mina')
    catalogue.apply([
      { type: 'profile', profile: profile({ name: '', publishedAt: T0 + 1, eventId: eventId(2) }) },
    ])
    expect(catalogue.nameOf(MERCHANT.pubkey)).toContain('…')
  })

  it('counts what could not be read and knows when a relay has sent everything', () => {
    const catalogue = useCatalogueStore()
    catalogue.refuse('no name')
    catalogue.refuse('no name')
    expect([...catalogue.refused]).toEqual([['no name', 2]])
    expect(catalogue.isComplete).toBe(false)
    catalogue.storedBy.add('wss://one.example')
    expect(catalogue.isComplete).toBe(true)
  })
})
