/** Many orders and conversations: attribution, refusals in plain words, impostors. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderKey, type OrderId } from '@/domain/ids'
import type { ConversationText } from '@/domain/conversation'
import type { OrderRef, Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createOrderBook, type OrderBook } from '@/domain/orderBook'
import { anyFact, anyRef, anyText, rearranged } from '../factories/arbitraries'
import { eventId, hex64, T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import { orderRef, paymentRequested, placed, request, status } from '../factories/orders'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT, STRANGER } from '../factories/people'

type Entry =
  | { readonly ref: OrderRef; readonly fact: Fact }
  | { readonly peer: Pubkey; readonly text: ConversationText }

function bookOf(entries: readonly Entry[]): OrderBook {
  const book = createOrderBook()
  for (const entry of entries) {
    if ('ref' in entry) book.add(entry.ref, entry.fact)
    else book.addText(entry.peer, entry.text)
  }
  return book
}

const everything = (book: OrderBook) => ({
  orders: book.orders(),
  unmatched: book.unmatched(),
  conversations: book.conversations(),
})

const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ref: anyRef, fact: anyFact }) },
  {
    weight: 1,
    arbitrary: fc.record({
      peer: fc.constantFrom(MERCHANT.pubkey, CUSTOMER.pubkey, STRANGER.pubkey),
      text: anyText,
    }),
  },
)

describe('any order of arrival', () => {
  it('gives the same orders, conversations and unmatched messages', () => {
    fc.assert(
      fc.property(rearranged(anyEntry), ([entries, others]) => {
        expect(everything(bookOf(others))).toEqual(everything(bookOf(entries)))
      }),
      { numRuns: 300 },
    )
  })

  it('does not matter to what was asked for in between', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 15 }), (entries) => {
        const asked = createOrderBook()
        for (const entry of entries) {
          if ('ref' in entry) asked.add(entry.ref, entry.fact)
          else asked.addText(entry.peer, entry.text)
          everything(asked)
        }
        expect(everything(asked)).toEqual(everything(bookOf(entries)))
      }),
    )
  })
})

describe('an order', () => {
  it('is known by merchant, customer and id together', () => {
    const mine = orderRef()
    const theirs = orderRef({ merchant: OTHER_MERCHANT.pubkey })
    const book = bookOf([
      { ref: mine, fact: placed() },
      { ref: theirs, fact: placed() },
      { ref: theirs, fact: status({ author: OTHER_MERCHANT.pubkey, paid: true }) },
    ])
    expect(book.order(orderKey(mine))?.settlement).toBe('awaiting-invoice')
    expect(book.order(orderKey(theirs))?.settlement).toBe('paid-claimed')
  })

  it('may come after its replies', () => {
    const book = bookOf([{ ref: orderRef(), fact: paymentRequested() }])
    expect(book.orders()).toEqual([])
    expect(book.unmatched()).toHaveLength(1)
    book.add(orderRef(), placed())
    expect(book.orders()).toMatchObject([{ settlement: 'invoiced' }])
    expect(book.unmatched()).toEqual([])
  })

  it('is told apart from a repetition', () => {
    const book = createOrderBook()
    const fact = placed()
    expect(book.add(orderRef(), fact)).toBe(true)
    expect(book.add(orderRef(), structuredClone(fact))).toBe(false)
  })

  it('keeps its facts for storage', () => {
    const facts = [placed(), paymentRequested()]
    const book = bookOf(facts.map((fact) => ({ ref: orderRef(), fact })))
    expect(book.record(orderKey(orderRef()))).toEqual({ ref: orderRef(), facts })
    expect(book.record(orderKey(orderRef({ orderId: 'other' as OrderId })))).toBeNull()
  })

  it('comes newest first', () => {
    const ids = ['a', 'b', 'c'].map((id) => id as OrderId)
    const book = bookOf(
      ids.map((orderId, n) => ({
        ref: orderRef({ orderId }),
        fact: placed({ time: T0 + n, request: request({ orderId }) }),
      })),
    )
    expect(book.orders().map(({ orderId }) => orderId)).toEqual(['c', 'b', 'a'])
  })

  it('has its fixed place among orders of the same second and id', () => {
    const entries = [MERCHANT, OTHER_MERCHANT].map(({ pubkey }) => ({
      ref: orderRef({ merchant: pubkey }),
      fact: placed(),
    }))
    expect(bookOf(entries.toReversed()).orders()).toEqual(bookOf(entries).orders())
  })
})

describe('an impostor', () => {
  const honest: Entry[] = [
    { ref: orderRef(), fact: placed() },
    { ref: orderRef(), fact: paymentRequested() },
  ]
  // What an impostor writes lands under its own key: the author comes from the signature.
  const forgedRef = orderRef({ merchant: STRANGER.pubkey })
  const fake = invoice({ paymentHash: hex64(66) })

  it.each([
    ['payment request', paymentRequested({ author: STRANGER.pubkey, invoice: fake })],
    ['newer payment request', paymentRequested({ author: STRANGER.pubkey, time: T0 + 9e6 })],
    ['status', status({ author: STRANGER.pubkey, paid: true, shipped: true })],
  ])('who sends a %s with the right id changes nothing and is listed', (_, fact) => {
    const book = bookOf(honest)
    const before = structuredClone(book.orders())
    book.add(forgedRef, fact)
    expect(book.orders()).toEqual(before)
    expect(book.unmatched()).toEqual([
      { ref: forgedRef, facts: [fact], reason: expect.stringContaining('Do not pay') },
    ])
  })

  it('cannot refuse an order in plain words', () => {
    const book = bookOf(honest)
    const before = structuredClone(book.orders())
    book.addText(STRANGER.pubkey, {
      eventId: eventId(5),
      author: STRANGER.pubkey,
      time: T0 + 5,
      text: 'Order cannot be fulfilled. Reason: because',
    })
    expect(book.orders()).toEqual(before)
  })
})

describe("a merchant's refusal in plain words", () => {
  const second = orderRef({ orderId: 'order-2' as OrderId })
  const invoiced = (ref: OrderRef): Entry[] => [
    { ref, fact: placed({ author: ref.customer, request: request({ orderId: ref.orderId }) }) },
    { ref, fact: paymentRequested({ author: ref.merchant }) },
  ]
  const refusal = (product = 'tea', quantity = 1): Entry => ({
    peer: MERCHANT.pubkey,
    text: {
      eventId: eventId(500),
      author: MERCHANT.pubkey,
      time: T0 + 10,
      text: `Order cannot be fulfilled. Reason: Quantity not sufficient for product: 'Tea' (${product}). Required '${quantity}' but only have '0'.`,
    },
  })
  const outcome = (entries: Entry[], ref = orderRef()) => {
    const order = bookOf(entries).order(orderKey(ref))
    return [order?.settlement, order?.fulfilment]
  }

  it('ends the one invoiced order that it can mean', () => {
    expect(outcome([...invoiced(orderRef()), refusal()])).toEqual(['paid-claimed', 'unfulfillable'])
  })

  it('spares an order that was reported as paid', () => {
    const entries = [...invoiced(orderRef()), ...invoiced(second), refusal()]
    entries.push({ ref: orderRef(), fact: status({ paid: true }) })
    expect(outcome(entries)).toEqual(['paid-claimed', 'processing'])
    expect(outcome(entries, second)).toEqual(['paid-claimed', 'unfulfillable'])
  })

  it('only raises a question where two orders fit', () => {
    const book = bookOf([...invoiced(orderRef()), ...invoiced(second), refusal()])
    for (const order of book.orders()) {
      expect(order.settlement).toBe('invoiced')
      expect(order.anomalies.map(({ name }) => name)).toContain('not-fulfilled-unclear')
    }
  })

  it.each([
    ['another product', refusal('cup')],
    ['another quantity', refusal('tea', 2)],
  ])('says nothing about an order for %s', (_, text) => {
    expect(outcome([...invoiced(orderRef()), text])).toEqual(['invoiced', 'placed'])
  })
  it('counts only in the words of the merchant, in the orders of these two', () => {
    const words = refusal()
    if (!('text' in words)) throw new Error('A refusal is a text')
    const own = { ...words.text, author: CUSTOMER.pubkey }
    expect(outcome([...invoiced(orderRef()), { peer: MERCHANT.pubkey, text: own }])).toEqual([
      'invoiced',
      'placed',
    ])
    const elsewhere = orderRef({ merchant: OTHER_MERCHANT.pubkey })
    const bought = [...invoiced(orderRef()), ...invoiced(elsewhere), words]
    expect(outcome(bought)).toEqual(['paid-claimed', 'unfulfillable'])
    expect(outcome(bought, elsewhere)).toEqual(['invoiced', 'placed'])

    const another = orderRef({ customer: STRANGER.pubkey })
    const sold = [...invoiced(orderRef()), ...invoiced(another)]
    sold.push({ peer: CUSTOMER.pubkey, text: words.text })
    expect(outcome(sold)).toEqual(['paid-claimed', 'unfulfillable'])
    expect(outcome(sold, another)).toEqual(['invoiced', 'placed'])
  })
})
