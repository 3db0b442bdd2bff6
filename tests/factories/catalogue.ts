/** Stalls, products and profiles of the tests' merchant. */
import type { Profile } from '@/domain/catalogue'
import { addressOf } from '@/domain/ids'
import type { Product } from '@/domain/product'
import type { ShippingZone, Stall } from '@/domain/stall'
import { KIND } from '@/protocol/event'
import { eventId, T0 } from './events'
import { MERCHANT } from './people'

export const zone = (fields: Partial<ShippingZone> = {}): ShippingZone => ({
  id: 'world',
  name: 'Worldwide',
  cost: 100,
  countries: ['Worldwide'],
  ...fields,
})

/** A sat stall with one zone. */
export function stall(fields: Partial<Stall> = {}): Stall {
  const { merchant = MERCHANT.pubkey, id = 'stall' } = fields
  return {
    address: addressOf(KIND.stall, merchant, id),
    merchant,
    id,
    name: 'Tea house',
    description: 'Leaves and cups',
    currency: 'sat',
    zones: [zone()],
    eventId: eventId(100),
    publishedAt: T0,
    ...fields,
  }
}

/** A product of {@link stall} that costs 1000. */
export function product(fields: Partial<Product> = {}): Product {
  const { merchant = MERCHANT.pubkey, id = 'tea', stallId = 'stall' } = fields
  return {
    address: addressOf(KIND.product, merchant, id),
    merchant,
    id,
    stallId,
    stallAddress: addressOf(KIND.stall, merchant, stallId),
    name: 'Tea',
    description: 'Loose leaf',
    images: [],
    currency: null,
    price: 1000,
    quantity: 5,
    active: true,
    categories: [],
    specs: [],
    zoneCosts: {},
    eventId: eventId(200),
    publishedAt: T0,
    ...fields,
  }
}

export const profile = (fields: Partial<Profile> = {}): Profile => ({
  pubkey: MERCHANT.pubkey,
  name: 'Mina',
  about: 'Tea since 1998',
  picture: '',
  banner: '',
  website: '',
  nip05: '',
  lud16: '',
  eventId: eventId(300),
  publishedAt: T0,
  ...fields,
})
