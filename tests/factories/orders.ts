/** Orders and their facts. Each builder takes what matters in a test; the rest is ordinary. */
import type { EventId, OrderId, OrderRef, Pubkey } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import type { Fact, FactOf, OrderPricing, OrderRequest } from '@/domain/order'
import { priceOrder } from '@/domain/pricing'
import { product, stall, zone } from './catalogue'
import { eventId, T0 } from './events'
import { invoice as anInvoice } from './invoices'
import { CUSTOMER, MERCHANT } from './people'

export const orderRef = (fields: Partial<OrderRef> = {}): OrderRef => ({
  merchant: MERCHANT.pubkey,
  customer: CUSTOMER.pubkey,
  orderId: 'order-1' as OrderId,
  ...fields,
})

/** One tea, shipped anywhere. */
export const request = (fields: Partial<OrderRequest> = {}): OrderRequest => ({
  orderId: 'order-1' as OrderId,
  lines: [{ productId: 'tea', quantity: 1 }],
  shippingId: 'world',
  name: 'Alice',
  address: '1 Test Street',
  message: '',
  contact: {},
  ...fields,
})

/** 1000 + 100 sat. */
export const pricing = (fields: Partial<OrderPricing> = {}): OrderPricing => ({
  ...priceOrder(stall(), zone(), [{ product: product(), quantity: 1 }], null),
  ...fields,
})

let lastId = 0
/** An id that no other fact of the test has. */
const nextId = (): EventId => eventId(10_000 + ++lastId)

interface Sent {
  readonly id?: EventId
  readonly time?: number
  readonly author?: Pubkey
}

const sent = ({ id = nextId(), time = T0, author = MERCHANT.pubkey }: Sent) => ({
  id,
  time,
  source: { kind: 'message', author, eventId: id } as const,
})

/** The customer's signed order. */
export const placed = (fields: Sent & { request?: OrderRequest } = {}): FactOf<'placed'> => ({
  type: 'placed',
  ...sent({ author: CUSTOMER.pubkey, ...fields }),
  request: fields.request ?? request(),
})

/** The customer's decision to order, with the prices then shown. */
export const intended = (
  fields: { time?: number; request?: OrderRequest; pricing?: OrderPricing } = {},
): FactOf<'intended'> => ({
  type: 'intended',
  id: 'intended:order-1',
  time: T0,
  source: { kind: 'client' },
  request: request(),
  pricing: pricing(),
  ...fields,
})

export const paymentRequested = (
  fields: Sent & { invoice?: DecodedInvoice | null } = {},
): FactOf<'payment-requested'> => {
  const invoice = fields.invoice === undefined ? anInvoice() : fields.invoice
  return {
    type: 'payment-requested',
    ...sent({ time: T0 + 1, ...fields }),
    text: 'Tea: 1 x 1000',
    options: invoice ? [{ type: 'ln', link: invoice.bolt11 }] : [{ type: 'url', link: 'x' }],
    invoice,
    invoiceProblem: null,
  }
}

/** A failure reply. */
export const cannotBeProcessed = (fields: Sent = {}): FactOf<'cannot-be-processed'> => ({
  type: 'cannot-be-processed',
  ...sent({ time: T0 + 1, ...fields }),
  text: 'Order received, but cannot be processed.',
})

export const status = (
  fields: Sent & { paid?: boolean | null; shipped?: boolean | null } = {},
): FactOf<'status-reported'> => ({
  type: 'status-reported',
  ...sent({ time: T0 + 2, ...fields }),
  paid: fields.paid ?? null,
  shipped: fields.shipped ?? null,
  text: '',
})

/** A preimage for an invoice, as a wallet gave it. */
export const proved = (
  fields: { time?: number; paymentHash?: string } = {},
): FactOf<'payment-proved'> => {
  const paymentHash = fields.paymentHash ?? anInvoice().paymentHash
  return {
    type: 'payment-proved',
    id: `proved:${paymentHash}`,
    time: fields.time ?? T0 + 2,
    source: { kind: 'wallet' },
    paymentHash,
    preimage: '00'.repeat(32),
  }
}

/** What a relay said about the order message `about`. */
export function relaySaid(
  relay: string,
  accepted: boolean,
  fields: { about?: EventId; time?: number; retrying?: boolean } = {},
): Fact {
  const { about = eventId(1), time = T0, retrying = true } = fields
  const id = `${accepted}:${relay}:${time}`
  const base = { id, time, source: { kind: 'relay', url: relay } as const, relay, eventId: about }
  return accepted
    ? { type: 'accepted-by-relay', ...base }
    : { type: 'refused-by-relay', ...base, reason: 'blocked: no', retrying }
}
