/** Identifiers: public keys, event ids, order ids and the addresses that key everything else. */
import { fail, ok, type Result } from './result'

declare const brand: unique symbol
/** A primitive that only its own checked constructor can make. */
export type Brand<T, B extends string> = T & { readonly [brand]: B }

/** 32-byte public key, 64 lowercase hex characters (NIP-01). */
export type Pubkey = Brand<string, 'Pubkey'>
/** Event id, 64 lowercase hex characters (NIP-01). */
export type EventId = Brand<string, 'EventId'>
/** An order id as its customer chose it: an opaque string, unique only beside its merchant. */
export type OrderId = Brand<string, 'OrderId'>
/** `kind:pubkey:d` of a replaceable event (NIP-01). Stalls, products and carts are keyed by it. */
export type Address = Brand<string, 'Address'>
/** `merchant:customer:orderId`: the key of an order. An id alone can be reused by anyone. */
export type OrderKey = Brand<string, 'OrderKey'>

const HEX64 = /^[0-9a-f]{64}$/

/** True for 64 lowercase hex characters. */
export const isHex64 = (text: unknown): text is string =>
  typeof text === 'string' && HEX64.test(text)

/** Checks a public key in hex. */
export function toPubkey(text: unknown): Result<Pubkey> {
  return isHex64(text) ? ok(text as Pubkey) : fail('A public key has 64 lowercase hex characters')
}

/** The address of a replaceable event. */
export const addressOf = (kind: number, pubkey: Pubkey, d: string): Address =>
  `${kind}:${pubkey}:${d}` as Address

/** Takes an address apart. The identifier `d` may itself contain colons. */
export function parseAddress(text: string): Result<{ kind: number; pubkey: Pubkey; d: string }> {
  const match = /^(\d{1,5}):([0-9a-f]{64}):([^]*)$/.exec(text)
  if (!match) return fail(`Not an address: ${text.slice(0, 100)}`)
  return ok({ kind: Number(match[1]), pubkey: match[2] as Pubkey, d: match[3] as string })
}

/** The two parties of an order and its id. */
export interface OrderRef {
  readonly merchant: Pubkey
  readonly customer: Pubkey
  readonly orderId: OrderId
}

/** The key under which an order is kept. */
export const orderKey = (ref: OrderRef): OrderKey =>
  `${ref.merchant}:${ref.customer}:${ref.orderId}` as OrderKey

/** Takes an order key apart. */
export function parseOrderKey(key: string): Result<OrderRef> {
  const match = /^([0-9a-f]{64}):([0-9a-f]{64}):([^]+)$/.exec(key)
  if (!match) return fail(`Not an order key: ${key.slice(0, 150)}`)
  const [, merchant, customer, orderId] = match
  return ok({
    merchant: merchant as Pubkey,
    customer: customer as Pubkey,
    orderId: orderId as OrderId,
  })
}
