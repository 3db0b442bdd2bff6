/** Generators for property tests: facts of every type, with clashing times and wrong authors. */
import fc from 'fast-check'
import type { CatalogueFact } from '@/domain/catalogue'
import type { ConversationText } from '@/domain/conversation'
import type { OrderId, OrderRef } from '@/domain/ids'
import type { Fact, OrderRequest } from '@/domain/order'
import { product, profile, stall } from './catalogue'
import { eventId, hex64, T0 } from './events'
import { invoice } from './invoices'
import { orderRef, pricing, request } from './orders'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT, STRANGER } from './people'

// Few seconds, few hashes and few names: what clashes is what matters.
const time = fc.integer({ min: T0, max: T0 + 4 })
const hash = fc.integer({ min: 1, max: 3 }).map(hex64)
const someEventId = fc.integer({ min: 1, max: 30 }).map(eventId)
const author = fc.constantFrom(MERCHANT, CUSTOMER, STRANGER).map(({ pubkey }) => pubkey)
const relay = fc.constantFrom('wss://one.example', 'wss://two.example')
const maybe = fc.constantFrom(true, false, null)
const someRequest: fc.Arbitrary<OrderRequest> = fc
  .record({ quantity: fc.integer({ min: 1, max: 3 }), shippingId: fc.constantFrom('world', null) })
  .map(({ quantity, shippingId }) =>
    request({ lines: [{ productId: 'tea', quantity }], shippingId }),
  )

const bodies = fc.oneof(
  fc.record({
    type: fc.constant('intended' as const),
    request: someRequest,
    pricing: fc.constant(pricing()),
  }),
  fc.record({ type: fc.constant('placed' as const), request: someRequest }),
  fc.record({
    type: fc.constant('priced' as const),
    placedEventId: someEventId,
    pricing: fc.constant(pricing({ stallName: 'Later' })),
  }),
  fc.record({
    type: fc.constant('accepted-by-relay' as const),
    eventId: fc.constant(eventId(1)),
    relay,
  }),
  fc.record({
    type: fc.constant('refused-by-relay' as const),
    eventId: fc.constant(eventId(1)),
    relay,
    reason: fc.constantFrom('blocked', 'error'),
    retrying: fc.boolean(),
  }),
  hash.map((paymentHash) => ({
    type: 'payment-requested' as const,
    text: paymentHash.slice(-1),
    options: [{ type: 'ln', link: 'lnbcrt1' }],
    invoice: invoice({ bolt11: paymentHash, paymentHash, expiresAt: T0 + 2 }),
    invoiceProblem: null,
  })),
  fc.constant({
    type: 'payment-requested' as const,
    text: '',
    options: [{ type: 'ln', link: 'nonsense' }],
    invoice: null,
    invoiceProblem: 'not-an-invoice' as const,
  }),
  fc.record({ type: fc.constant('cannot-be-processed' as const), text: fc.constant('no') }),
  fc.record({ type: fc.constant('amount-consented' as const), bolt11: hash }),
  fc.record({ type: fc.constant('payment-attempted' as const), paymentHash: hash }),
  fc.record({
    type: fc.constant('payment-proved' as const),
    paymentHash: hash,
    preimage: fc.constantFrom(null, hex64(7)),
  }),
  fc.record({
    type: fc.constant('status-reported' as const),
    paid: maybe,
    shipped: maybe,
    text: fc.constantFrom('', 'hello'),
  }),
  fc.record({
    type: fc.constant('cannot-be-fulfilled' as const),
    text: fc.constant('sold out'),
    certain: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('invoice-intended' as const),
    amountSat: fc.nat(9),
    placedEventId: someEventId,
    receipt: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('signed' as const),
    eventId: someEventId,
    event: fc.constantFrom('{}', '[]'),
  }),
  fc.constant({ type: 'withdrawn' as const }),
  fc.record({ type: fc.constant('sent-again' as const), eventId: someEventId }),
  fc.record({
    type: fc.constant('payment-claimed' as const),
    paymentHash: hash,
    claimed: fc.boolean(),
  }),
  fc.record({ type: fc.constant('noted' as const), text: fc.constantFrom('a', 'b') }),
)

/**
 * A fact of any type from anyone. `id` is drawn from a small range, so some facts share an id though
 * they differ, as two tabs may note the same thing twice.
 */
export const anyFact: fc.Arbitrary<Fact> = fc
  .record({ body: bodies, time, author, n: fc.integer({ min: 1, max: 30 }) })
  .map(({ body, time: at, author: by, n }): Fact => {
    const id = eventId(n)
    return { ...body, id, time: at, source: { kind: 'message', author: by, eventId: id } }
  })

/** References to few orders, so that facts meet. */
export const anyRef: fc.Arbitrary<OrderRef> = fc
  .record({
    merchant: fc.constantFrom(MERCHANT.pubkey, OTHER_MERCHANT.pubkey),
    customer: fc.constantFrom(CUSTOMER.pubkey, STRANGER.pubkey),
    orderId: fc.constantFrom('order-1', 'order-2', '__proto__').map((id) => id as OrderId),
  })
  .map((fields) => orderRef(fields))

const REFUSAL =
  "Order cannot be fulfilled. Reason: Quantity not sufficient for product: 'Tea' (tea). " +
  "Required '1' but only have '0'."

/** Texts, some of them a merchant's refusal. Equal ids are equal texts. */
export const anyText: fc.Arbitrary<ConversationText> = fc
  .record({ n: fc.integer({ min: 1, max: 8 }), by: author })
  .map(({ n, by }) => ({
    eventId: eventId(n * 1000 + parseInt(by.slice(0, 2), 16)),
    author: by,
    time: T0 + (n % 4),
    text: n % 2 ? REFUSAL : 'Hello',
  }))

/** A version of one of two stalls, products or profiles; equal event ids are equal events. */
const anyVersion: fc.Arbitrary<CatalogueFact> = fc
  .record({
    what: fc.constantFrom('stall', 'product', 'profile'),
    second: fc.integer({ min: 0, max: 3 }),
    copy: fc.integer({ min: 0, max: 1 }),
    mine: fc.boolean(),
  })
  .map(({ what, second, copy, mine }): CatalogueFact => {
    const merchant = mine ? MERCHANT.pubkey : OTHER_MERCHANT.pubkey
    const publishedAt = T0 + second
    const n = second * 4 + copy * 2 + (mine ? 1 : 0)
    const name = `version ${n}`
    if (what === 'stall') {
      const version = { merchant, publishedAt, name, eventId: eventId(100 + n) }
      return { type: 'stall', stall: stall(version) }
    }
    if (what === 'product') {
      const version = { merchant, publishedAt, name, eventId: eventId(200 + n) }
      return { type: 'product', product: product(version) }
    }
    const version = { pubkey: merchant, publishedAt, name, eventId: eventId(300 + n) }
    return { type: 'profile', profile: profile(version) }
  })

const anyDeletion: fc.Arbitrary<CatalogueFact> = fc
  .record({
    mine: fc.boolean(),
    ids: fc.array(
      fc.tuple(fc.constantFrom(100, 200, 300), fc.nat(15)).map(([base, n]) => eventId(base + n)),
      { maxLength: 4 },
    ),
    addresses: fc.subarray([
      stall().address,
      product().address,
      stall({ merchant: OTHER_MERCHANT.pubkey }).address,
    ]),
    second: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ mine, ids, addresses, second }) => ({
    type: 'deletion',
    deletion: {
      author: mine ? MERCHANT.pubkey : OTHER_MERCHANT.pubkey,
      eventIds: ids,
      addresses,
      time: T0 + second,
    },
  }))

/** Stalls, products, profiles and deletions of two merchants, in clashing versions. */
export const anyCatalogueFact: fc.Arbitrary<CatalogueFact> = fc.oneof(
  { weight: 3, arbitrary: anyVersion },
  { weight: 1, arbitrary: anyDeletion },
)

/** A list, and the same things in another order with repetitions. */
export const rearranged = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<readonly [T[], T[]]> =>
  fc
    .array(item, { maxLength: 25 })
    .chain((items) =>
      fc
        .tuple(
          fc.shuffledSubarray(items, { minLength: items.length }),
          fc.shuffledSubarray(items),
          fc.boolean(),
        )
        .map(
          ([all, some, before]) => [items, before ? [...some, ...all] : [...all, ...some]] as const,
        ),
    )

/** Any JSON value, with keys that break careless code. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER + 2,
    '',
    '__proto__',
    'constructor',
    [],
    {},
    null,
    true,
  ),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}')),
)
