/** Sample records: one cart, and one fact of every type. */
import type { Cart } from '@/domain/cart'
import type { Address, EventId, OrderId, OrderRef, Pubkey } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import type { Msat } from '@/domain/money'
import type { Fact, FactSource, FactType, OrderPricing, OrderRequest } from '@/domain/order'

export const merchant = 'a'.repeat(64) as Pubkey
export const customer = 'b'.repeat(64) as Pubkey
export const eventId = (n: number): EventId => n.toString(16).padStart(64, '0') as EventId
export const stallAddress = `30017:${merchant}:stall:1` as Address
const productAddress = `30018:${merchant}:tea` as Address

export const cart: Cart = {
  stallAddress,
  merchant,
  zoneId: null,
  zoneChangedAt: 0,
  updatedAt: 1_795_348_700_000,
  lines: [
    {
      productAddress,
      productId: 'tea',
      quantity: 2,
      addedAt: 1_795_348_698_000,
      changedAt: 1_795_348_699_000,
      name: 'Tea 日本',
      price: 9.9,
      currency: 'EUR',
    },
  ],
  removed: [],
}

export const ref: OrderRef = { merchant, customer, orderId: 'order:1' as OrderId }

const request: OrderRequest = {
  orderId: ref.orderId,
  lines: [{ productId: 'tea', quantity: 2 }],
  shippingId: 'zone',
  name: 'Alice',
  address: '1 Test Street',
  message: '',
  contact: { nostr: customer, email: 'alice@example.com' },
}

const pricing: OrderPricing = {
  stallAddress,
  stallName: 'Tea house',
  currency: 'EUR',
  lines: [
    {
      productId: 'tea',
      productAddress,
      productEventId: eventId(7),
      name: 'Tea',
      image: null,
      quantity: 2,
      unitPrice: 9.9,
      zoneExtra: 0.5,
    },
  ],
  zone: { id: 'zone', name: 'Europe', cost: 4.5, delivery: 'shipped' },
  satPerUnit: 1111.1,
}

const invoice: DecodedInvoice = {
  bolt11: 'lnbcrt1...',
  network: 'regtest',
  amountMsat: 2_370_000 as Msat,
  paymentHash: 'c'.repeat(64),
  payee: `02${'d'.repeat(64)}`,
  description: null,
  createdAt: 1_795_348_700,
  expiresAt: 1_795_352_300,
}

const message = (n: number): FactSource => ({
  kind: 'message',
  author: merchant,
  eventId: eventId(n),
})
const at = (n: number) => ({ id: `fact ${n}`, time: 1_795_348_700 + n })
const client: FactSource = { kind: 'client' }
const relay: FactSource = { kind: 'relay', url: 'wss://relay.example' }
const answer = { eventId: eventId(2), relay: 'wss://relay.example' }
const paymentHash = invoice.paymentHash

export const facts: { readonly [T in FactType]: Extract<Fact, { type: T }> } = {
  intended: { ...at(1), source: client, type: 'intended', request, pricing },
  placed: { ...at(2), source: message(2), type: 'placed', request },
  priced: { ...at(3), source: client, type: 'priced', placedEventId: eventId(2), pricing },
  'accepted-by-relay': { ...at(4), source: relay, type: 'accepted-by-relay', ...answer },
  'refused-by-relay': {
    ...at(5),
    source: relay,
    type: 'refused-by-relay',
    ...answer,
    reason: 'blocked: no',
    retrying: false,
  },
  'payment-requested': {
    ...at(6),
    source: message(6),
    type: 'payment-requested',
    text: 'Please pay',
    options: [{ type: 'ln', link: invoice.bolt11 }],
    invoice,
    invoiceProblem: null,
  },
  'cannot-be-processed': { ...at(7), source: message(7), type: 'cannot-be-processed', text: 'no' },
  'amount-consented': {
    ...at(8),
    source: client,
    type: 'amount-consented',
    bolt11: invoice.bolt11,
  },
  'payment-attempted': { ...at(9), source: client, type: 'payment-attempted', paymentHash },
  'payment-proved': {
    ...at(10),
    source: { kind: 'wallet' },
    type: 'payment-proved',
    paymentHash,
    preimage: null,
  },
  'status-reported': {
    ...at(11),
    source: message(11),
    type: 'status-reported',
    paid: true,
    shipped: null,
    text: 'Payment received.',
  },
  'cannot-be-fulfilled': {
    ...at(12),
    source: message(12),
    type: 'cannot-be-fulfilled',
    text: 'sold out',
    certain: true,
  },
  'invoice-intended': {
    ...at(13),
    source: client,
    type: 'invoice-intended',
    amountSat: 2370,
    placedEventId: eventId(2),
    receipt: '2 x Tea',
  },
  signed: { ...at(15), source: client, type: 'signed', eventId: eventId(2), event: '{"kind":4}' },
  withdrawn: { ...at(16), source: client, type: 'withdrawn' },
  'sent-again': { ...at(17), source: client, type: 'sent-again', eventId: eventId(2) },
  'payment-claimed': {
    ...at(18),
    source: client,
    type: 'payment-claimed',
    paymentHash,
    claimed: true,
  },
  noted: { ...at(14), source: client, type: 'noted', text: 'a note' },
}

export const allFacts: readonly Fact[] = Object.values(facts)
