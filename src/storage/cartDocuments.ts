/** Carts in localStorage: one record a stall, under `souk:cart:<stall address>`. */
import * as v from 'valibot'
import type { Cart } from '@/domain/cart'
import { parseAddress } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { createDocumentStore, type DocumentStore, type StoragePorts } from './documents'
import {
  addressSchema,
  amountSchema,
  countSchema,
  parseWith,
  pubkeySchema,
  timeSchema,
} from './schemas'

const cartSchema: v.GenericSchema<unknown, Cart> = v.object({
  stallAddress: addressSchema,
  merchant: pubkeySchema,
  zoneId: v.nullable(v.string()),
  updatedAt: timeSchema,
  lines: v.array(
    v.object({
      productAddress: addressSchema,
      productId: v.string(),
      quantity: countSchema,
      addedAt: timeSchema,
      name: v.string(),
      price: amountSchema,
      currency: v.string(),
    }),
  ),
})

const parseShape = parseWith(cartSchema)

/** A cart counts only under its own stall's address and with that stall's merchant. */
function parseCart(data: unknown, key: string): Result<Cart> {
  const cart = parseShape(data)
  if (!cart.ok) return cart
  if (cart.value.stallAddress !== key) return fail('it belongs to another stall')
  const address = parseAddress(key)
  if (!address.ok) return address
  if (address.value.pubkey !== cart.value.merchant) return fail('it names another merchant')
  return ok(cart.value)
}

/** The carts of this browser, by stall address. */
export const createCartDocuments = (ports: StoragePorts = {}): DocumentStore<Cart> =>
  createDocumentStore({
    ...ports,
    prefix: 'souk:cart:',
    version: 1,
    parse: parseCart,
    migrations: {},
  })
