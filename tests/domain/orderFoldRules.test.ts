/** The edges of the fold, one fact at a time: what each does, in which order, and what is said of it. */
import { describe, expect, it } from 'vitest'
import { orderKey, type EventId, type OrderId } from '@/domain/ids'
import type { Msat } from '@/domain/money'
import type { Fact, FactOf, OrderState } from '@/domain/order'
import { sortFacts, takesPlaceOf } from '@/domain/factOrder'
import { createOrderBook } from '@/domain/orderBook'
import { foldOrder, isPlaced } from '@/domain/orderFold'
import { countingVersion, sameRequest } from '@/domain/orderVersions'
import { describeFact } from '@/domain/orderTimeline'
import { eventId, hex64, T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import {
  cannotBeProcessed,
  intended,
  orderRef,
  paymentRequested,
  placed,
  pricing,
  proved,
  relaySaid,
  request,
  status,
} from '../factories/orders'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT, STRANGER } from '../factories/people'

type Own = { readonly id?: string; readonly time?: number }
const own = ({ id = 'own', time = T0 + 3 }: Own = {}) => ({
  id,
  time,
  source: { kind: 'client' } as const,
})
const fold = (...facts: Fact[]): OrderState => foldOrder(orderRef(), facts)
const foldAt = (now: number, ...facts: Fact[]): OrderState => foldOrder(orderRef(), facts, now)
const names = ({ anomalies }: OrderState): string[] => anomalies.map(({ name }) => name)
const textOf = (state: OrderState, name: string) =>
  state.anomalies.find((anomaly) => anomaly.name === name)?.text
const invoiceIntended = (
  fields: Own & { amountSat?: number; placedEventId?: FactOf<'placed'>['id'] } = {},
): FactOf<'invoice-intended'> => ({
  type: 'invoice-intended',
  ...own(fields),
  amountSat: fields.amountSat ?? 1100,
  placedEventId: (fields.placedEventId ?? null) as never,
  receipt: '1 x Tea',
})
const claimed = (isClaimed: boolean, time = T0 + 3): Fact => ({
  type: 'payment-claimed',
  ...own({ id: `claim ${time}`, time }),
  paymentHash: invoice().paymentHash,
  claimed: isClaimed,
})
const refusal = (certain: boolean, time = T0 + 5): Fact => ({
  type: 'cannot-be-fulfilled',
  id: eventId(77),
  time,
  source: { kind: 'message', author: MERCHANT.pubkey, eventId: eventId(77) },
  text: 'Sold out',
  certain,
})

describe('an order without facts', () => {
  it('is empty, and not placed', () => {
    const state = fold()
    expect(state).toEqual({
      ...orderRef(),
      request: null,
      pricing: null,
      pricedLaterAt: null,
      expected: expect.objectContaining({ kind: 'unknown' }),
      placedAt: 0,
      updatedAt: 0,
      placedEventId: null,
      relayAnswers: [],
      signed: [],
      sentAgainAt: 0,
      answeredAt: null,
      invoiceAttempts: [],
      settlement: 'awaiting-invoice',
      fulfilment: 'placed',
      paidConfirmed: false,
      paymentRequests: [],
      anomalies: [],
      timeline: [],
      refusedFacts: [],
    })
    expect(isPlaced(state)).toBe(false)
    expect(isPlaced(fold(placed()))).toBe(true)
    expect(isPlaced(fold(intended()))).toBe(true)
  })
})

describe('the order of facts', () => {
  const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id)
  const note = (id: string, time = T0): Fact => ({ type: 'noted', ...own({ id, time }), text: id })

  it('is by time, then by nature, then by id', () => {
    const early = note('z', T0 - 1)
    expect(ids(sortFacts([note('b'), note('a'), early]))).toEqual(['z', 'a', 'b'])
  })

  it('of one second is that in which such things happen', () => {
    const sent = (type: Fact['type']) => ({ type, ...own({ id: `9 ${type}`, time: T0 }) })
    const inOrder = [
      [{ ...intended(), id: '99' }],
      [placed({ id: eventId(98) })],
      [sent('signed'), sent('withdrawn'), sent('priced'), sent('accepted-by-relay')],
      [sent('refused-by-relay'), invoiceIntended({ time: T0, id: '97' })],
      [paymentRequested({ time: T0, id: eventId(80) })],
      [sent('sent-again'), sent('amount-consented'), sent('payment-attempted')],
      [sent('payment-claimed'), proved({ time: T0 })],
      [status({ time: T0, id: eventId(60), shipped: false })],
      [status({ time: T0, id: eventId(50), shipped: true })],
      [refusal(true, T0), note('0')],
    ] as Fact[][]
    const ranks = [0, 1, 2, 2, 3, 4, 4, 5, 6, 7]
    const rankOf = new Map(inOrder.flatMap((facts, n) => facts.map((f) => [f.id, ranks[n]])))
    const sorted = sortFacts(inOrder.flat().toReversed())
    const found = sorted.map(({ id }) => rankOf.get(id))
    expect(found).toEqual(found.toSorted((a, b) => a! - b!))
    expect(sorted).toHaveLength(inOrder.flat().length)
    const failed = cannotBeProcessed({ time: T0, id: eventId(81) })
    expect(ids(sortFacts([proved({ time: T0 }), failed]))[0]).toBe(failed.id)
  })

  it('keeps of one id the earlier, and of equal times always the same', () => {
    const [a, b] = [note('x'), { ...note('x'), text: 'y' }]
    expect(takesPlaceOf(a, a)).toBe(false)
    expect(takesPlaceOf(a, b)).toBe(true)
    expect(takesPlaceOf(b, a)).toBe(false)
    expect(takesPlaceOf({ ...a }, a)).toBe(false)
    expect(takesPlaceOf({ ...b, time: T0 - 1 }, a)).toBe(true)
    for (const facts of [
      [a, b],
      [b, a],
    ])
      expect(sortFacts(facts)).toEqual([a])
    const nested = (first: string) => ({
      ...placed({ id: eventId(1) }),
      request: request({ name: first }),
    })
    expect(takesPlaceOf(nested('A'), nested('B'))).toBe(true)
    expect(takesPlaceOf(nested('B'), nested('A'))).toBe(false)
  })

  it('puts a message from the future before all others, but an order after them', () => {
    const ahead = T0 + 10_000
    const future = status({ time: ahead, paid: true })
    const later = status({ time: T0 + 5 })
    expect(ids(sortFacts([later, future], T0 + 60))).toEqual([future.id, later.id])
    const order = placed({ time: ahead })
    expect(ids(sortFacts([order, later], T0 + 60))).toEqual([later.id, order.id])
    const mine = note('mine', ahead)
    expect(ids(sortFacts([mine, later], T0 + 60))).toEqual([later.id, 'mine'])
    expect(ids(sortFacts([future, later], ahead))).toEqual([later.id, future.id])
  })
})

describe('an order', () => {
  it('has the date and id of its message, whatever was intended before', () => {
    const state = fold(intended({ time: T0 - 9 }), placed({ id: eventId(1), time: T0 }))
    expect(state).toMatchObject({ placedAt: T0, placedEventId: eventId(1), updatedAt: T0 })
    expect(fold(intended({ time: T0 - 9 }))).toMatchObject({
      placedAt: T0 - 9,
      placedEventId: null,
    })
  })

  it('is updated with each fact that counts, and not by one that does not', () => {
    const foreign = status({ author: STRANGER.pubkey, time: T0 + 99 })
    expect(fold(placed(), status({ time: T0 + 7 }), foreign).updatedAt).toBe(T0 + 7)
  })

  it('without a shipping zone says so', () => {
    const state = fold(placed({ request: request({ shippingId: null }) }))
    expect(textOf(state, 'no-shipping-zone')).toBe(
      'The order names no shipping zone. Merchant software does not answer such orders.',
    )
    expect(names(fold(placed()))).toEqual([])
  })

  it('that comes again is refused with the reason', () => {
    const first = placed({ id: eventId(1) })
    const same = placed({ id: eventId(2), time: T0 + 1 })
    const other = placed({ id: eventId(3), time: T0 + 2, request: request({ address: 'B' }) })
    const state = fold(first, same, other)
    expect(state.refusedFacts).toEqual([
      { factId: same.id, reason: 'the same order again' },
      { factId: other.id, reason: 'another order under the same id' },
    ])
    expect(textOf(state, 'changed-order')).toContain('The one that was invoiced counts')
  })

  it('that is withdrawn before it was signed is cancelled', () => {
    const withdrawn: Fact = { type: 'withdrawn', ...own() }
    expect(fold(intended(), withdrawn).fulfilment).toBe('cancelled')
    const state = fold(intended(), placed(), withdrawn)
    expect(state.fulfilment).toBe('placed')
    expect(state.refusedFacts).toEqual([
      { factId: 'own', reason: 'the order was signed all the same' },
    ])
  })

  it('remembers what was signed, and whether a relay took it', () => {
    const signedFact = (n: number): Fact => ({
      type: 'signed',
      ...own({ id: `signed ${n}`, time: T0 }),
      eventId: eventId(n),
      event: `{"n":${n}}`,
    })
    const took = relaySaid('wss://one.example', true, { about: eventId(2) })
    expect(fold(placed({ id: eventId(1) }), signedFact(1), signedFact(2), took).signed).toEqual([
      { eventId: eventId(1), event: '{"n":1}', accepted: false },
      { eventId: eventId(2), event: '{"n":2}', accepted: true },
    ])
  })

  it('remembers when it was last sent again', () => {
    const again = (time: number): Fact => ({
      type: 'sent-again',
      ...own({ id: `again ${time}`, time }),
      eventId: eventId(1),
    })
    expect(fold(placed(), again(T0 + 9), again(T0 + 4)).sentAgainAt).toBe(T0 + 9)
  })
})

describe('prices', () => {
  const priced = (fields: Partial<FactOf<'priced'>> = {}): FactOf<'priced'> => ({
    type: 'priced',
    ...own({ id: 'priced' }),
    placedEventId: eventId(1),
    pricing: pricing({ stallName: 'Later' }),
    ...fields,
  })
  const order = placed({ id: eventId(1) })

  it('may be looked up after the order, and it is known when', () => {
    const state = fold(order, priced())
    expect([state.pricing?.stallName, state.pricedLaterAt]).toEqual(['Later', T0 + 3])
    expect(state.expected).toMatchObject({ kind: 'exact', sat: 1100 })
  })

  it('of the intent come first, unless something else was ordered', () => {
    expect(fold(intended(), order, priced())).toMatchObject({
      pricing: { stallName: 'Tea house' },
      pricedLaterAt: null,
    })
    const changed = intended({ request: request({ address: 'Elsewhere' }) })
    expect(fold(changed, order).pricing).toBeNull()
    expect(fold(changed, order, priced()).pricing?.stallName).toBe('Later')
  })

  it('of another version do not count', () => {
    const state = fold(order, priced({ placedEventId: eventId(2) }))
    expect(state.pricing).toBeNull()
    expect(state.refusedFacts).toEqual([
      { factId: 'priced', reason: 'these are the prices of another version' },
    ])
    expect(fold(priced()).refusedFacts).toHaveLength(1)
  })
})

describe('what relays say', () => {
  it('is kept with their words', () => {
    const refused = relaySaid('wss://one.example', false, { time: T0 + 2, retrying: true })
    const accepted = relaySaid('wss://two.example', true, { time: T0 + 1 })
    expect(fold(placed({ id: eventId(1) }), refused, accepted).relayAnswers).toEqual([
      { relay: 'wss://two.example', accepted: true, reason: '', retrying: false, time: T0 + 1 },
      {
        relay: 'wss://one.example',
        accepted: false,
        reason: 'blocked: no',
        retrying: true,
        time: T0 + 2,
      },
    ])
  })

  it('after it has stored the order is refused with the reason', () => {
    const [yes, no] = [true, false].map((accepted) =>
      relaySaid('wss://one.example', accepted, { time: accepted ? T0 : T0 + 1 }),
    )
    expect(fold(placed(), yes!, no!).refusedFacts).toEqual([
      { factId: no!.id, reason: 'the relay has already stored it' },
    ])
  })

  it('of other messages of the order is not part of its story', () => {
    const bill = paymentRequested({ id: eventId(9) })
    for (const accepted of [true, false]) {
      const said = relaySaid('wss://one.example', accepted, { about: eventId(9), time: T0 + 5 })
      const state = fold(placed({ id: eventId(1) }), bill, said)
      expect(state.relayAnswers).toEqual([])
      expect(state.timeline.map(({ type }) => type)).toEqual(['placed', 'payment-requested'])
      expect(state.refusedFacts).toEqual([])
    }
  })
})

describe('invoices', () => {
  it('that are being made are known until a payment request carries one of that amount', () => {
    const meant = invoiceIntended({ id: 'meant', time: T0 })
    expect(fold(placed(), meant).invoiceAttempts).toEqual([
      { factId: 'meant', time: T0, amountSat: 1100, receipt: '1 x Tea' },
    ])
    expect(fold(placed(), meant, paymentRequested()).invoiceAttempts).toEqual([])
    const other = paymentRequested({ invoice: invoice({ amountMsat: 1_100_001 as Msat }) })
    expect(fold(placed(), meant, other).invoiceAttempts).toHaveLength(1)
    expect(fold(placed(), meant, paymentRequested({ invoice: null })).invoiceAttempts).toHaveLength(
      1,
    )
  })

  it('are told with all that came along', () => {
    const bill = paymentRequested({ id: eventId(9) })
    expect(fold(placed(), bill).paymentRequests).toEqual([
      {
        factId: eventId(9),
        time: T0 + 1,
        text: bill.text,
        options: bill.options,
        invoice: invoice(),
        invoiceProblem: null,
        replaced: false,
        paid: false,
        consented: false,
        claimed: false,
      },
    ])
  })

  it('that are none are never paid, consented to or claimed', () => {
    const empty = paymentRequested({ invoice: null })
    const consent: Fact = { type: 'amount-consented', ...own(), bolt11: invoice().bolt11 }
    const state = fold(placed(), empty, consent, claimed(true))
    expect(state.paymentRequests).toMatchObject([
      { paid: false, consented: false, claimed: false, invoice: null },
    ])
  })

  it('are claimed to be paid until that is taken back', () => {
    const claims = (...facts: Fact[]) =>
      fold(placed(), paymentRequested(), ...facts).paymentRequests[0]?.claimed
    expect(claims()).toBe(false)
    expect(claims(claimed(true))).toBe(true)
    expect(claims(claimed(true), claimed(false, T0 + 4))).toBe(false)
    expect(fold(placed(), paymentRequested(), claimed(true)).settlement).toBe('invoiced')
  })

  it('after the payment are warned about', () => {
    const first = paymentRequested()
    const second = (time: number) =>
      paymentRequested({ time, invoice: invoice({ paymentHash: hex64(2), bolt11: 'lnbcrt2' }) })
    const paid = status({ paid: true, time: T0 + 5 })
    expect(names(fold(placed(), first, paid, second(T0 + 9)))).toEqual(['invoice-after-paid'])
    expect(textOf(fold(placed(), first, paid, second(T0 + 9)), 'invoice-after-paid')).toBe(
      'This order is paid, and another invoice of it is still open. Do not pay that one too.',
    )
    expect(names(fold(placed(), first, second(T0 + 4), paid))).toEqual([])
    expect(names(fold(placed(), first, second(T0 + 5), paid))).toEqual([])
    expect(names(fold(placed(), first, second(T0 + 4), proved()))).toEqual(['invoice-after-paid'])
    const empty = paymentRequested({ time: T0 + 9, invoice: null })
    expect(names(fold(placed(), first, paid, empty))).toEqual([])
    const both = [proved(), proved({ paymentHash: hex64(2), time: T0 + 20 })]
    expect(names(fold(placed(), first, second(T0 + 9), ...both))).toEqual(['paid-twice'])
    const later = [status({ paid: true, time: T0 + 2 }), proved({ time: T0 + 30 })]
    expect(names(fold(placed(), first, ...later, second(T0 + 9)))).toEqual(['invoice-after-paid'])
  })

  it('that trouble the person say what to do', () => {
    const second = paymentRequested({
      time: T0 + 60,
      invoice: invoice({ paymentHash: hex64(2), bolt11: 'lnbcrt2' }),
    })
    const open = fold(placed(), paymentRequested(), second)
    expect(textOf(open, 'second-invoice-payable')).toBe(
      'The merchant replaced the invoice. Pay only the newest one; do not pay both.',
    )
    const twice = [proved(), proved({ paymentHash: hex64(2) })]
    expect(textOf(fold(placed(), paymentRequested(), second, ...twice), 'paid-twice')).toBe(
      'Two invoices of this order were paid. Ask the merchant to refund one.',
    )
    const late = proved({ time: invoice().expiresAt + 1 })
    expect(textOf(fold(placed(), paymentRequested(), late), 'paid-late')).toBe(
      'The payment was seen after the invoice had expired. It counts all the same.',
    )
  })
})

describe('what a merchant says', () => {
  it.each<[string, Fact]>([
    ['an invoice', paymentRequested({ time: T0 + 4 })],
    ['a failure', cannotBeProcessed({ time: T0 + 4 })],
    ['a status', status({ time: T0 + 4 })],
    ['a refusal', refusal(true, T0 + 4)],
  ])('first, by %s, is the answer to the order', (_, fact) => {
    expect(fold(placed(), fact).answeredAt).toBe(T0 + 4)
    expect(fold(placed(), fact, status({ time: T0 + 9 })).answeredAt).toBe(T0 + 4)
    const late = { ...fact, time: T0 + 20 }
    expect(fold(placed(), late, status({ time: T0 + 9 })).answeredAt).toBe(T0 + 9)
  })

  it('counts only from the merchant, and an order only from its customer', () => {
    const foreign = status({ author: OTHER_MERCHANT.pubkey })
    expect(fold(placed(), foreign).refusedFacts).toEqual([
      { factId: foreign.id, reason: 'this message counts only from the merchant of the order' },
    ])
    const order = placed({ author: STRANGER.pubkey })
    expect(fold(order).refusedFacts).toEqual([
      { factId: order.id, reason: 'an order counts only from its customer' },
    ])
    const noAuthor: Fact = { ...status(), source: { kind: 'client' } }
    expect(fold(placed(), noAuthor).refusedFacts).toHaveLength(1)
    expect(fold(placed(), { ...refusal(true), source: { kind: 'wallet' } }).fulfilment).toBe(
      'placed',
    )
  })

  it('of the payment is taken once, and a contradiction is told', () => {
    const facts = [placed(), status({ paid: true }), status({ paid: false, time: T0 + 9 })]
    expect(textOf(fold(...facts), 'unpaid-after-paid')).toBe(
      'The merchant said "paid" and later "not paid". Paid stays; ask the merchant.',
    )
    expect(names(fold(placed(), status({ paid: false })))).toEqual([])
    expect(names(fold(placed(), status({ paid: true }), status({ time: T0 + 9 })))).toEqual([])
    expect(fold(placed(), status({ paid: true })).paidConfirmed).toBe(true)
    expect(fold(placed(), paymentRequested(), proved()).paidConfirmed).toBe(false)
  })

  it('of shipping an order that is not paid changes nothing but the shipping', () => {
    expect(fold(placed(), status({ shipped: true }))).toMatchObject({
      fulfilment: 'shipped',
      settlement: 'awaiting-invoice',
    })
    expect(fold(placed(), status({ shipped: false })).fulfilment).toBe('placed')
    const ended = [cannotBeProcessed(), status({ shipped: false, time: T0 + 9 })]
    expect(fold(placed(), ...ended).fulfilment).toBe('unfulfillable')
  })

  it('too late, that it cannot process what is shipped, is refused with the reason', () => {
    const failed = cannotBeProcessed({ time: T0 + 9 })
    expect(fold(placed(), status({ shipped: true }), failed).refusedFacts).toEqual([
      { factId: failed.id, reason: 'the order is already shipped' },
    ])
  })

  it('about a paid order that cannot be fulfilled is certain, or a question', () => {
    const certain = fold(placed(), paymentRequested(), refusal(true))
    expect(certain).toMatchObject({ fulfilment: 'unfulfillable', paidConfirmed: true })
    const unclear = fold(placed(), paymentRequested(), refusal(false))
    expect(unclear).toMatchObject({ fulfilment: 'placed', paidConfirmed: false })
    expect(textOf(unclear, 'not-fulfilled-unclear')).toContain('Ask the merchant.')
    const before = fold(placed(), status({ paid: true }), refusal(true, T0 + 9))
    expect(before.settlement).toBe('paid-claimed')
  })

  it('dated far ahead counts, but not as the newest', () => {
    const now = T0 + 60
    const future = status({ paid: true, time: T0 + 90_000 })
    const state = foldAt(now, placed(), status({ time: T0 + 9 }), future)
    expect([state.settlement, state.updatedAt]).toEqual(['paid-claimed', T0 + 9])
    const shipped = status({ shipped: true, time: T0 + 90_000 })
    const back = status({ shipped: false, time: T0 + 9 })
    expect(foldAt(now, placed(), status({ paid: true }), shipped, back).fulfilment).toBe(
      'processing',
    )
  })
})

describe('versions of an order', () => {
  const version = (n: number, address: string) =>
    placed({ id: eventId(n), time: T0 + n, request: request({ address }) })
  const [a, b, c] = [version(1, 'A'), version(2, 'B'), version(3, 'C')]

  it('the one that was invoiced counts, else what was meant, else the first', () => {
    expect(countingVersion([])).toBeNull()
    expect(countingVersion([a, b, c])).toBe(a)
    expect(countingVersion([intended({ request: request({ address: 'B' }) }), a, b, c])).toBe(b)
    const invoiced = invoiceIntended({ placedEventId: c.id })
    expect(countingVersion([a, b, c, invoiced])).toBe(c)
    expect(countingVersion([intended({ request: b.request }), a, b, c, invoiced])).toBe(c)
    expect(countingVersion([a, invoiceIntended({ placedEventId: eventId(50) })])).toBe(a)
  })

  it('of several that were meant, the one that a relay took counts, else the newest', () => {
    const meant = intended({ request: a.request })
    const again = placed({ id: eventId(4), time: T0 + 4, request: a.request })
    expect(countingVersion([meant, a, b, again])).toBe(again)
    const about = (id: typeof a.id) =>
      relaySaid('wss://one.example', true, { about: id as EventId })
    expect(countingVersion([meant, a, b, again, about(a.id)])).toBe(a)
    expect(countingVersion([meant, a, b, again, about(b.id)])).toBe(again)
    const refused = relaySaid('wss://one.example', false, { about: a.id as EventId })
    expect(countingVersion([meant, a, b, again, refused])).toBe(again)
  })

  it.each([
    [{ lines: [{ productId: 'tea', quantity: 2 }] }, false],
    [{ shippingId: 'moon' }, false],
    [{ address: 'Elsewhere' }, false],
    [{ name: 'Bob', message: 'Hi', contact: { phone: '1' } }, true],
  ])('with %j is the same request: %s', (fields, same) => {
    expect(sameRequest(request(), request(fields))).toBe(same)
  })
})

describe('the story of an order', () => {
  const told = (fact: Fact) => describeFact(fact)[0]?.text

  it('has a sentence for each step', () => {
    const client = own()
    expect(told({ type: 'withdrawn', ...client })).toContain('never sent')
    expect(told({ type: 'sent-again', ...client, eventId: eventId(1) })).toContain('again')
    expect(told(claimed(true))).toBe('You say that you paid')
    expect(told(claimed(false))).toBe('You say that you did not pay')
    expect(told({ type: 'amount-consented', ...client, bolt11: 'x' })).toContain('agreed')
    expect(told({ type: 'payment-attempted', ...client, paymentHash: 'x' })).toBe('Payment started')
    expect(describeFact({ type: 'noted', ...client, text: 'Mine' })).toEqual([
      { factId: 'own', time: T0 + 3, type: 'noted', text: 'Note', words: 'Mine' },
    ])
    expect(describeFact(refusal(true))[0]).toMatchObject({ words: 'Sold out' })
    expect(told(refusal(true))).toMatch(/^Paid/)
    expect(told(refusal(false))).toContain('may be the one')
  })
})

describe('the order book', () => {
  const placedOrder = (id: string, time = T0) => {
    const orderId = id as OrderId
    return { ref: orderRef({ orderId }), fact: placed({ time, request: request({ orderId }) }) }
  }

  it('has no order that nobody placed', () => {
    const book = createOrderBook()
    expect(book.order(orderKey(orderRef()))).toBeNull()
    book.add(orderRef(), status())
    expect(book.order(orderKey(orderRef()))).toBeNull()
    expect(book.orders()).toEqual([])
    expect(book.unmatched()).toHaveLength(1)
  })

  it('lists orders of one second by their keys, and unmatched ones too', () => {
    for (const ids of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const book = createOrderBook()
      for (const id of ids) {
        const { ref, fact } = placedOrder(id)
        book.add(ref, fact)
        book.add(orderRef({ orderId: `x${id}` as OrderId }), status())
      }
      expect(book.orders().map(({ orderId }) => orderId)).toEqual(['a', 'b'])
      expect(book.unmatched().map(({ ref }) => ref.orderId)).toEqual(['xa', 'xb'])
    }
  })

  it('puts an order from the future last', () => {
    const book = createOrderBook({ now: () => T0 + 60 })
    for (const [id, time] of [
      ['future', T0 + 90_000],
      ['old', T0 - 5],
      ['new', T0],
    ] as const) {
      const { ref, fact } = placedOrder(id, time)
      book.add(ref, fact)
    }
    expect(book.orders().map(({ orderId }) => orderId)).toEqual(['new', 'old', 'future'])
  })

  it('believes a date once it has come', () => {
    let now = T0 + 60
    const book = createOrderBook({ now: () => now })
    const { ref, fact } = placedOrder('a')
    book.add(ref, fact)
    book.add(ref, status({ paid: true, time: T0 + 5_000 }))
    expect(book.order(orderKey(ref))?.updatedAt).toBe(T0)
    now = T0 + 6_000
    expect(book.order(orderKey(ref))?.updatedAt).toBe(T0 + 5_000)
  })

  it('keeps each text once, by time and then by id', () => {
    const book = createOrderBook()
    const text = (n: number, time: number) => ({
      eventId: eventId(n),
      author: MERCHANT.pubkey,
      time,
      text: `${n}`,
    })
    const texts = [text(3, T0 + 1), text(2, T0), text(1, T0)]
    expect(texts.map((one) => book.addText(MERCHANT.pubkey, one))).toEqual([true, true, true])
    expect(book.addText(MERCHANT.pubkey, text(1, T0))).toBe(false)
    book.addText(CUSTOMER.pubkey, text(9, T0))
    expect(book.conversation(MERCHANT.pubkey).texts.map((one) => one.text)).toEqual(['1', '2', '3'])
    expect(book.conversation(STRANGER.pubkey)).toEqual({ peer: STRANGER.pubkey, texts: [] })
    expect(book.conversations().map(({ peer }) => peer)).toEqual(
      [MERCHANT.pubkey, CUSTOMER.pubkey].toSorted(),
    )
  })

  it('says that nothing of what is unmatched is to be paid', () => {
    const book = createOrderBook()
    book.add(orderRef(), status({ time: T0 + 2 }))
    book.add(orderRef(), paymentRequested({ time: T0 + 1 }))
    const [one] = book.unmatched()
    expect(one?.facts.map(({ type }) => type)).toEqual(['payment-requested', 'status-reported'])
    expect(one?.reason).toBe(
      'It names an order that you do not have with its sender, so it changes nothing. Do not pay it.',
    )
  })
})
