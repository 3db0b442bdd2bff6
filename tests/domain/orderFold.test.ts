/** The rules by which facts become the state of an order. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventId } from '@/domain/ids'
import type { Msat } from '@/domain/money'
import type { Fact, FactOf, OrderState } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import { anyFact, rearranged } from '../factories/arbitraries'
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
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'

const fold = (...facts: Fact[]): OrderState => foldOrder(orderRef(), facts)
const settlement = (...facts: Fact[]): string => fold(placed(), ...facts).settlement
const fulfilment = (...facts: Fact[]): string => fold(placed(), ...facts).fulfilment
const anomalies = (...facts: Fact[]): string[] =>
  fold(placed(), ...facts).anomalies.map(({ name }) => name)

describe('any order of arrival', () => {
  it('gives the same state, with any repetition', () => {
    fc.assert(
      fc.property(rearranged(anyFact), ([facts, others]) => {
        expect(foldOrder(orderRef(), others)).toEqual(foldOrder(orderRef(), facts))
      }),
      { numRuns: 400 },
    )
  })

  it('applies each fact or says why not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyFact, { selector: ({ id }) => id }), (facts) => {
        const state = foldOrder(orderRef(), facts)
        const told = [...state.timeline, ...state.refusedFacts].map(({ factId }) => factId)
        // What is no step of the story is told only when it is refused.
        const aboutOther = facts.some(({ type, id }) => id === eventId(1) && type !== 'placed')
        const relays = aboutOther ? ['accepted-by-relay', 'refused-by-relay'] : []
        const untold = ['priced', 'invoice-intended', 'signed', ...relays]
        const silent = facts.filter(({ type, id }) => untold.includes(type) && !told.includes(id))
        const expected = facts.filter((fact) => !silent.includes(fact)).map(({ id }) => id)
        expect(told.toSorted()).toEqual(expected.toSorted())
      }),
    )
  })

  it('lets the earlier of two notes with one id count', () => {
    const early = relaySaid('wss://one.example', true)
    const late = { ...early, time: T0 + 50 }
    const order = placed()
    expect(fold(order, late, early)).toEqual(fold(order, early))
  })
})

describe('placing', () => {
  it('starts with the intent of this device', () => {
    const state = fold(intended())
    expect(state).toMatchObject({ placedEventId: null, placedAt: T0, fulfilment: 'placed' })
    expect(state.expected).toEqual({ kind: 'exact', sat: 1100 })
  })

  it('knows the signed message once there is one', () => {
    const state = fold(intended(), placed({ id: eventId(5) }))
    expect(state.placedEventId).toBe(eventId(5))
  })

  it('lets the first order under an id count and says that another one came', () => {
    const changed = placed({ time: T0 + 1, request: request({ address: 'Elsewhere' }) })
    const state = fold(placed(), changed)
    expect(state.request?.address).toBe('1 Test Street')
    expect(state.anomalies.map(({ name }) => name)).toEqual(['changed-order'])
    expect(state.refusedFacts).toEqual([
      { factId: changed.id, reason: 'another order under the same id' },
    ])
  })

  it('keeps to the version that was invoiced, whatever date another one bears', () => {
    const honest = placed()
    const backdated = placed({ time: T0 - 3600, request: request({ address: 'Elsewhere' }) })
    const invoiced: Fact = {
      type: 'invoice-intended',
      id: 'invoice-intended',
      time: T0 + 1,
      source: { kind: 'client' },
      amountSat: 1100,
      receipt: '',
      placedEventId: honest.id as EventId,
    }
    const priced = (version: FactOf<'placed'>, stallName: string): Fact => ({
      type: 'priced',
      id: `priced:${version.id}`,
      time: T0 + 1,
      source: { kind: 'client' },
      placedEventId: version.id as EventId,
      pricing: pricing({ stallName }),
    })
    const prices = [priced(honest, 'Honest'), priced(backdated, 'Backdated')]
    const state = fold(backdated, honest, invoiced, ...prices)
    expect(state.placedEventId).toBe(honest.id)
    expect(state.request?.address).toBe('1 Test Street')
    expect(state.pricing?.stallName).toBe('Honest')
    expect(state.anomalies.map(({ name }) => name)).toEqual(['changed-order'])
    expect(fold(backdated, honest, ...prices).pricing?.stallName).toBe('Backdated')
  })

  it('keeps to what this client meant to order', () => {
    const backdated = placed({ time: T0 - 3600, request: request({ address: 'Elsewhere' }) })
    expect(fold(backdated, placed(), intended()).request?.address).toBe('1 Test Street')
  })

  it('takes the same order sent twice as one', () => {
    expect(anomalies(placed({ time: T0 + 1 }))).toEqual([])
  })

  it('keeps the prices of the intent when others are looked up later', () => {
    const later: Fact = {
      ...intended(),
      type: 'priced',
      placedEventId: eventId(1),
      id: 'priced',
      time: T0 + 9,
      pricing: pricing({ stallName: 'Other' }),
    }
    expect(fold(later, intended()).pricing?.stallName).toBe('Tea house')
  })
})

describe('relay answers', () => {
  it('keeps the last answer of each relay', () => {
    const state = fold(
      placed(),
      relaySaid('wss://one.example', false),
      relaySaid('wss://two.example', false, { time: T0 + 1, retrying: false }),
      relaySaid('wss://one.example', true, { time: T0 + 2 }),
    )
    const byRelay = Object.fromEntries(state.relayAnswers.map((a) => [a.relay, a]))
    expect(byRelay['wss://one.example']).toMatchObject({ accepted: true, time: T0 + 2 })
    expect(byRelay['wss://two.example']).toMatchObject({ accepted: false, retrying: false })
  })

  it('does not let a refusal hide that the relay has the order', () => {
    const state = fold(
      placed(),
      relaySaid('wss://one.example', true),
      relaySaid('wss://one.example', false, { time: T0 + 9 }),
    )
    expect(state.relayAnswers).toMatchObject([{ accepted: true }])
    expect(state.refusedFacts).toHaveLength(1)
  })
})

describe('settlement', () => {
  it('waits for an invoice, has one, is said to be paid, is proved', () => {
    expect(settlement()).toBe('awaiting-invoice')
    expect(settlement(paymentRequested())).toBe('invoiced')
    expect(settlement(paymentRequested(), status({ paid: true }))).toBe('paid-claimed')
    expect(settlement(paymentRequested(), proved())).toBe('paid-proved')
  })

  it('lets proof beat a claim, whichever came first', () => {
    expect(settlement(paymentRequested(), proved(), status({ paid: true, time: T0 + 9 }))).toBe(
      'paid-proved',
    )
    expect(settlement(paymentRequested(), proved({ time: T0 + 9 }), status({ paid: true }))).toBe(
      'paid-proved',
    )
  })

  it('never goes back from paid', () => {
    const paid = [paymentRequested(), status({ paid: true })]
    expect(settlement(...paid, status({ paid: false, time: T0 + 3 }))).toBe('paid-claimed')
    expect(settlement(...paid, paymentRequested({ time: T0 + 4 }))).toBe('paid-claimed')
    expect(settlement(...paid, cannotBeProcessed({ time: T0 + 5 }))).toBe('paid-claimed')
  })

  it('asks about "not paid" after "paid", once', () => {
    const unpaid = [3, 4, 5].map((n) => status({ paid: false, time: T0 + n }))
    expect(anomalies(status({ paid: true }), ...unpaid)).toEqual(['unpaid-after-paid'])
  })

  it('ignores the default "not paid" that comes with "shipped"', () => {
    const shipped = status({ paid: false, shipped: true, time: T0 + 3 })
    const facts = [paymentRequested(), status({ paid: true }), shipped]
    expect(settlement(...facts)).toBe('paid-claimed')
    expect(anomalies(...facts)).toEqual([])
  })

  it('refuses a proof for a payment hash that no invoice of the order has', () => {
    const foreign = proved({ paymentHash: hex64(99) })
    const state = fold(placed(), paymentRequested(), foreign)
    expect(state.settlement).toBe('invoiced')
    expect(state.refusedFacts).toEqual([
      { factId: foreign.id, reason: 'no invoice of this order has this payment hash' },
    ])
    expect(state.timeline.map(({ type }) => type)).not.toContain('payment-proved')
  })

  it('accepts a proof dated before its invoice: clocks differ', () => {
    expect(settlement(proved({ time: T0 }), paymentRequested({ time: T0 + 60 }))).toBe(
      'paid-proved',
    )
  })
})

describe('payment requests', () => {
  const first = paymentRequested({ time: T0 + 1 })
  const second = paymentRequested({
    time: T0 + 60,
    invoice: invoice({ paymentHash: hex64(2), bolt11: 'lnbcrt2' }),
  })

  it('shows the newest first and marks older ones as replaced', () => {
    const { paymentRequests } = fold(placed(), second, first)
    expect(paymentRequests.map(({ factId, replaced }) => [factId, replaced])).toEqual([
      [second.id, false],
      [first.id, true],
    ])
  })

  it('warns while two invoices could be paid, and no longer once one is', () => {
    expect(anomalies(first, second)).toEqual(['second-invoice-payable'])
    expect(anomalies(first, second, proved({ paymentHash: hex64(2) }))).toEqual([])
  })

  it('does not warn when the same invoice is sent twice', () => {
    expect(anomalies(first, paymentRequested({ time: T0 + 2 }))).toEqual([])
  })

  it('says when both were paid', () => {
    const both = [proved(), proved({ paymentHash: hex64(2), time: T0 + 70 })]
    expect(anomalies(first, second, ...both)).toEqual(['paid-twice'])
  })

  it('recognises a payment of the replaced invoice', () => {
    const state = fold(placed(), first, second, proved())
    expect(state.settlement).toBe('paid-proved')
    expect(state.paymentRequests.map(({ paid }) => paid)).toEqual([false, true])
  })

  it('recognises a late payment and says that it was late', () => {
    const late = proved({ time: invoice().expiresAt + 1 })
    expect(settlement(first, late)).toBe('paid-proved')
    expect(anomalies(first, late)).toEqual(['paid-late'])
    expect(anomalies(first, proved({ time: invoice().expiresAt }))).toEqual([])
  })

  it('remembers consent for the very invoice only', () => {
    const consent: Fact = {
      type: 'amount-consented',
      id: 'consent',
      time: T0 + 5,
      source: { kind: 'client' },
      bolt11: invoice().bolt11,
    }
    const { paymentRequests } = fold(placed(), first, second, consent)
    expect(paymentRequests.map(({ consented }) => consented)).toEqual([false, true])
    const dearer = paymentRequested({
      time: T0 + 90,
      invoice: invoice({ bolt11: 'lnbcrt-same-hash', amountMsat: 9_900_000 as Msat }),
    })
    const state = fold(placed(), first, dearer, consent)
    expect(state.paymentRequests.map(({ consented }) => consented)).toEqual([false, true])
    expect(state.anomalies.map(({ name }) => name)).toEqual(['second-invoice-payable'])
  })
})

describe('fulfilment', () => {
  it('is in process once paid', () => {
    expect(fulfilment(paymentRequested())).toBe('placed')
    expect(fulfilment(paymentRequested(), status({ paid: true }))).toBe('processing')
    expect(fulfilment(paymentRequested(), proved())).toBe('processing')
  })

  it('is shipped when the merchant says so, and no longer when it says the opposite', () => {
    const shipped = status({ shipped: true, time: T0 + 3 })
    expect(fulfilment(status({ paid: true }), shipped)).toBe('shipped')
    const returned = status({ shipped: false, time: T0 + 4 })
    expect(fulfilment(status({ paid: true }), shipped, returned)).toBe('processing')
  })

  it('stays shipped when a message says nothing about it', () => {
    const shipped = status({ shipped: true, time: T0 + 3 })
    expect(fulfilment(shipped, status({ paid: true, time: T0 + 4 }))).toBe('shipped')
  })

  it.each([
    [1, 2],
    [2, 1],
  ])('puts "shipped" after "paid, not shipped" of the same second (ids %i, %i)', (a, b) => {
    const paid = status({ id: eventId(a), paid: true, shipped: false })
    expect(fulfilment(paid, status({ id: eventId(b), paid: true, shipped: true }))).toBe('shipped')
  })

  it('ends with a failure reply, even one of the same second as the order', () => {
    expect(fulfilment(cannotBeProcessed({ time: T0 }))).toBe('unfulfillable')
    expect(settlement(cannotBeProcessed())).toBe('awaiting-invoice')
  })

  it('tolerates two failure replies', () => {
    expect(anomalies(cannotBeProcessed(), cannotBeProcessed())).toEqual([])
  })

  it('comes back to life with a newer payment request', () => {
    const revived = [cannotBeProcessed(), paymentRequested({ time: T0 + 9 })]
    expect(fulfilment(...revived)).toBe('placed')
    expect(fulfilment(...revived, status({ paid: true, time: T0 + 10 }))).toBe('processing')
    expect(fulfilment(paymentRequested({ time: T0 + 9 }), cannotBeProcessed())).toBe('placed')
  })

  it('does not end what is already shipped', () => {
    const shipped = status({ shipped: true, time: T0 + 2 })
    expect(fulfilment(shipped, cannotBeProcessed({ time: T0 + 3 }))).toBe('shipped')
  })
})

describe('a refusal in plain words after the payment', () => {
  const refusal = (certain: boolean): Fact => ({
    type: 'cannot-be-fulfilled',
    id: eventId(77),
    time: T0 + 5,
    source: { kind: 'message', author: MERCHANT.pubkey, eventId: eventId(77) },
    text: 'Order cannot be fulfilled. Reason: sold out',
    certain,
  })

  it('ends the order and counts as paid: the merchant says it only after the payment', () => {
    const state = fold(placed(), paymentRequested(), refusal(true))
    expect([state.settlement, state.fulfilment]).toEqual(['paid-claimed', 'unfulfillable'])
  })

  it('only raises the question where another order may be meant', () => {
    const facts = [paymentRequested(), refusal(false)]
    expect(anomalies(...facts)).toEqual(['not-fulfilled-unclear'])
    expect(settlement(...facts)).toBe('invoiced')
  })
})

describe('authors', () => {
  const withoutRefusals = ({ refusedFacts: _, ...state }: OrderState) => state

  it.each([
    ['payment request', paymentRequested({ author: STRANGER.pubkey, time: T0 + 99 })],
    ['failure reply', cannotBeProcessed({ author: STRANGER.pubkey, time: T0 + 99 })],
    ['status', status({ author: STRANGER.pubkey, paid: true, shipped: true, time: T0 + 99 })],
    ['own payment request of the customer', paymentRequested({ author: CUSTOMER.pubkey })],
    ['own status of the customer', status({ author: CUSTOMER.pubkey, paid: true })],
    ['order of someone else', placed({ author: STRANGER.pubkey, time: T0 - 99 })],
    ['order in the name of the merchant', placed({ author: MERCHANT.pubkey, time: T0 - 99 })],
  ])('a %s changes nothing and is listed with the reason', (_, forged) => {
    const honest = [placed(), paymentRequested()]
    const state = fold(...honest, forged)
    expect(withoutRefusals(state)).toEqual(withoutRefusals(fold(...honest)))
    expect(state.refusedFacts).toEqual([
      { factId: forged.id, reason: expect.stringContaining('counts only from') },
    ])
  })

  it('does not let a forged payment request make a proof fit', () => {
    const forged = paymentRequested({
      author: STRANGER.pubkey,
      invoice: invoice({ paymentHash: hex64(66) }),
    })
    expect(settlement(forged, proved({ paymentHash: hex64(66) }))).toBe('awaiting-invoice')
  })
})
