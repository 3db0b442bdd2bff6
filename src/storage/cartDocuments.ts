/** Carts in localStorage: one record a stall, `souk:cart:<stall address>`, merged line by line. */
import * as v from 'valibot'
import type { Cart } from '@/domain/cart'
import { mergeCarts } from '@/domain/cartMerge'
import { parseAddress } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { migrateCart } from './cartMigration'
import { createDocumentStore, type StoragePorts } from './documents'
import { createMergedDocuments, type MergedDocuments } from './mergedDocuments'
import {
  addressSchema,
  amountSchema,
  countSchema,
  parseWith,
  pubkeySchema,
  timeSchema,
} from './schemas'

export type CartDocuments = MergedDocuments<Cart>

const cartSchema: v.GenericSchema<unknown, Cart> = v.object({
  stallAddress: addressSchema,
  merchant: pubkeySchema,
  zoneId: v.nullable(v.string()),
  zoneChangedAt: timeSchema,
  updatedAt: timeSchema,
  lines: v.array(
    v.object({
      productAddress: addressSchema,
      productId: v.string(),
      quantity: countSchema,
      addedAt: timeSchema,
      changedAt: timeSchema,
      name: v.string(),
      price: amountSchema,
      currency: v.string(),
    }),
  ),
  removed: v.array(v.object({ productAddress: addressSchema, changedAt: timeSchema })),
})

const parseShape = parseWith(cartSchema)

/** A cart counts only under its own stall's address and with that stall's merchant. */
export function parseCart(data: unknown, key: string): Result<Cart> {
  const cart = parseShape(data)
  if (!cart.ok) return cart
  if (cart.value.stallAddress !== key) return fail('it belongs to another stall')
  const address = parseAddress(key)
  if (!address.ok) return address
  if (address.value.pubkey !== cart.value.merchant) return fail('it names another merchant')
  return ok(cart.value)
}

/** The carts of this browser, by stall address. */
export const createCartDocuments = (ports: StoragePorts = {}): CartDocuments =>
  createMergedDocuments(
    createDocumentStore<Cart>({
      ...ports,
      prefix: 'souk:cart:',
      version: 2,
      parse: parseCart,
      migrations: { 1: migrateCart },
    }),
    mergeCarts,
  )
