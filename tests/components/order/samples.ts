/** Orders in every state, folded from facts, for the tests of components. */
import type { Address, EventId, OrderId, OrderRef, Pubkey } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import type { Msat } from '@/domain/money'
import type { Fact, OrderPricing, OrderRequest, OrderState } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import type { DeliveryKind } from '@/domain/stall'

type Bare<T> = T extends Fact ? Omit<T, 'id' | 'time' | 'source'> : never

export const NOW = 1_780_000_000
export const MERCHANT = 'a3f1'.repeat(16) as Pubkey
const CUSTOMER = 'c0de'.repeat(16) as Pubkey
export const REF: OrderRef = {
  merchant: MERCHANT,
  customer: CUSTOMER,
  orderId: 'order-1' as OrderId,
}

const REQUEST: OrderRequest = {
  orderId: REF.orderId,
  lines: [
    { productId: 'teapot', quantity: 1 },
    { productId: 'mug', quantity: 2 },
  ],
  shippingId: 'eu',
  name: 'Ada Lovelace',
  address: '12 St James’s Square\nLondon SW1Y 4JH\nUnited Kingdom',
  message: 'Please wrap the teapot well.',
  contact: { email: 'ada@example.org' },
}

const line = (id: string, name: string, quantity: number, unitPrice: number, zoneExtra = 0) => ({
  productId: id,
  productAddress: `30018:${MERCHANT}:${id}` as Address,
  productEventId: 'e'.repeat(64) as EventId,
  name,
  image: null as string | null,
  quantity,
  unitPrice,
  zoneExtra,
})

/** Sat: 9,200 + 2 × 1,500 + 600 = 12,800. EUR: 48.50 + 2 × (12.90 + 1) + 6.90 = 83.20. */
function pricing(currency: 'sat' | 'EUR', delivery: DeliveryKind = 'shipped'): OrderPricing {
  const sat = currency === 'sat'
  return {
    stallAddress: `30017:${MERCHANT}:stall` as Address,
    stallName: 'Kiln and Clay',
    currency,
    lines: [
      line('teapot', 'Round teapot, celadon', 1, sat ? 9200 : 48.5),
      line('mug', 'Mug with a thumb rest', 2, sat ? 1500 : 12.9, sat ? 0 : 1),
    ],
    zone: { id: 'eu', name: 'European Union', cost: sat ? 600 : 6.9, delivery },
    satPerUnit: sat ? 1 : 1111.11,
  }
}

export const invoice = (
  sat: number | null,
  more: Partial<DecodedInvoice> = {},
): DecodedInvoice => ({
  bolt11: `lnbcrt${sat ?? ''}0n1${'q'.repeat(180)}`,
  network: 'regtest',
  amountMsat: sat === null ? null : ((sat * 1000) as Msat),
  paymentHash: '9f'.repeat(32),
  payee: `02${'5b'.repeat(32)}`,
  description: 'Order order-1',
  createdAt: NOW - 60,
  expiresAt: NOW + 14 * 60,
  ...more,
})

let serial = 0
/** A fact from the party that may state it, `ago` seconds before now. */
export function fact(ago: number, body: Bare<Fact>): Fact {
  const id = String((serial += 1)).padStart(64, '0')
  const author = body.type === 'placed' ? CUSTOMER : MERCHANT
  return {
    ...body,
    id,
    time: NOW - ago,
    source: { kind: 'message', author, eventId: id as EventId },
  }
}

const EVENT = 'e'.repeat(64) as EventId

export const placed = (
  currency: 'sat' | 'EUR' = 'sat',
  ago = 240,
  delivery: DeliveryKind = 'shipped',
): Fact[] => [
  fact(ago + 2, { type: 'intended', request: REQUEST, pricing: pricing(currency, delivery) }),
  fact(ago, { type: 'placed', request: REQUEST }),
  fact(ago - 1, { type: 'accepted-by-relay', eventId: EVENT, relay: 'wss://relay.one' }),
  fact(ago - 1, { type: 'accepted-by-relay', eventId: EVENT, relay: 'wss://relay.two' }),
]

export const requested = (decoded: DecodedInvoice | null, text = '', ago = 60): Fact =>
  fact(ago, {
    type: 'payment-requested',
    text,
    options: decoded ? [{ type: 'ln', link: decoded.bolt11 }] : [{ type: 'ln', link: 'nonsense' }],
    invoice: decoded,
    invoiceProblem: decoded ? null : 'bad-signature',
  })

export const reported = (paid: boolean, shipped: boolean, text: string, ago = 30): Fact =>
  fact(ago, { type: 'status-reported', paid, shipped, text })

export const proved = (decoded: DecodedInvoice, ago = 40): Fact =>
  fact(ago, { type: 'payment-proved', paymentHash: decoded.paymentHash, preimage: '1'.repeat(64) })

export const fold = (...facts: (Fact | Fact[])[]): OrderState => foldOrder(REF, facts.flat())
