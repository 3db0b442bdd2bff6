/** The closed schema of a stored fact: unknown fields are dropped, unknown types are refused. */
import * as v from 'valibot'
import type { DecodedInvoice } from '@/domain/invoice'
import type { Msat } from '@/domain/money'
import type { Fact, OrderPricing, OrderRequest } from '@/domain/order'
import {
  addressSchema,
  amountSchema,
  countSchema,
  eventIdSchema,
  orderIdSchema,
  parseWith,
  pubkeySchema,
  timeSchema,
} from './schemas'

const requestSchema: v.GenericSchema<unknown, OrderRequest> = v.object({
  orderId: orderIdSchema,
  lines: v.array(
    v.object({ productId: v.string(), quantity: v.pipe(v.number(), v.safeInteger()) }),
  ),
  shippingId: v.nullish(v.string(), null),
  name: v.optional(v.string(), ''),
  address: v.optional(v.string(), ''),
  message: v.optional(v.string(), ''),
  contact: v.optional(
    v.object({
      nostr: v.optional(v.string()),
      phone: v.optional(v.string()),
      email: v.optional(v.string()),
    }),
    {},
  ),
})

const pricingSchema: v.GenericSchema<unknown, OrderPricing> = v.object({
  stallAddress: addressSchema,
  stallName: v.string(),
  currency: v.string(),
  lines: v.array(
    v.object({
      productId: v.string(),
      productAddress: addressSchema,
      productEventId: eventIdSchema,
      name: v.string(),
      image: v.nullish(v.string(), null),
      quantity: countSchema,
      unitPrice: amountSchema,
      zoneExtra: amountSchema,
    }),
  ),
  zone: v.object({
    id: v.string(),
    name: v.string(),
    cost: amountSchema,
    delivery: v.picklist(['shipped', 'digital', 'pickup']),
  }),
  satPerUnit: v.nullish(amountSchema, null),
})

const invoiceSchema: v.GenericSchema<unknown, DecodedInvoice> = v.object({
  bolt11: v.string(),
  network: v.picklist(['bitcoin', 'testnet', 'signet', 'regtest']),
  amountMsat: v.nullable(v.custom<Msat>((value) => v.is(countSchema, value), 'not an amount')),
  paymentHash: v.string(),
  payee: v.string(),
  description: v.nullable(v.string()),
  createdAt: timeSchema,
  expiresAt: timeSchema,
})

const invoiceProblemSchema = v.picklist([
  'not-an-invoice',
  'bad-checksum',
  'bad-signature',
  'bad-amount',
  'unknown-network',
  'unsupported-feature',
  'missing-field',
])

const base = {
  id: v.pipe(v.string(), v.nonEmpty()),
  time: timeSchema,
  source: v.variant('kind', [
    v.object({ kind: v.literal('message'), author: pubkeySchema, eventId: eventIdSchema }),
    v.object({ kind: v.literal('relay'), url: v.string() }),
    v.object({ kind: v.literal('wallet') }),
    v.object({ kind: v.literal('client') }),
  ]),
}

const relayAnswer = { eventId: eventIdSchema, relay: v.string() }
const words = { text: v.string() }
const flag = v.nullish(v.boolean(), null)

const factSchema: v.GenericSchema<unknown, Fact> = v.variant('type', [
  v.object({
    ...base,
    type: v.literal('intended'),
    request: requestSchema,
    pricing: pricingSchema,
  }),
  v.object({ ...base, type: v.literal('placed'), request: requestSchema }),
  v.object({ ...base, type: v.literal('signed'), eventId: eventIdSchema, event: v.string() }),
  v.object({ ...base, type: v.literal('withdrawn') }),
  v.object({ ...base, type: v.literal('sent-again'), eventId: eventIdSchema }),
  v.object({
    ...base,
    type: v.literal('priced'),
    placedEventId: eventIdSchema,
    pricing: pricingSchema,
  }),
  v.object({ ...base, type: v.literal('accepted-by-relay'), ...relayAnswer }),
  v.object({
    ...base,
    type: v.literal('refused-by-relay'),
    ...relayAnswer,
    reason: v.string(),
    retrying: v.boolean(),
  }),
  v.object({
    ...base,
    type: v.literal('payment-requested'),
    ...words,
    options: v.array(v.object({ type: v.string(), link: v.string() })),
    invoice: v.nullish(invoiceSchema, null),
    invoiceProblem: v.nullish(invoiceProblemSchema, null),
  }),
  v.object({ ...base, type: v.literal('cannot-be-processed'), ...words }),
  v.object({ ...base, type: v.literal('amount-consented'), bolt11: v.string() }),
  v.object({ ...base, type: v.literal('payment-attempted'), paymentHash: v.string() }),
  v.object({
    ...base,
    type: v.literal('payment-claimed'),
    paymentHash: v.string(),
    claimed: v.boolean(),
  }),
  v.object({
    ...base,
    type: v.literal('payment-proved'),
    paymentHash: v.string(),
    preimage: v.nullish(v.string(), null),
  }),
  v.object({
    ...base,
    type: v.literal('status-reported'),
    paid: flag,
    shipped: flag,
    ...words,
  }),
  v.object({
    ...base,
    type: v.literal('cannot-be-fulfilled'),
    ...words,
    certain: v.optional(v.boolean(), false),
  }),
  v.object({
    ...base,
    type: v.literal('invoice-intended'),
    amountSat: amountSchema,
    placedEventId: v.nullish(eventIdSchema, null),
    receipt: v.optional(v.string(), ''),
  }),
  v.object({ ...base, type: v.literal('noted'), ...words }),
])

/** Reads one stored fact, or says which field does not fit. */
export const parseFact = parseWith(factSchema)
