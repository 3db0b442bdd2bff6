/** Ten recorded sessions with real merchant software fold into their recorded outcome. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeCatalogueEvent } from '@/actions/followCatalogue'
import type { Attributed } from '@/actions/messageFact'
import type { Journal } from '@/actions/ports'
import { journalReceived, receiveMessage } from '@/actions/receiveMessage'
import { createCatalogue, type Catalogue } from '@/domain/catalogue'
import { orderKey, type Pubkey } from '@/domain/ids'
import { priceIncoming } from '@/domain/incomingOrder'
import type { OrderRequest, OrderState } from '@/domain/order'
import { createOrderBook, type OrderBook } from '@/domain/orderBook'
import { expectedTotal } from '@/domain/pricing'
import type { Result } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import { KIND, type UnverifiedEvent, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { Signer } from '@/protocol/signer'
import { localSigner } from '@/signing/localKey'
import {
  CATALOGUE_CHANGES,
  CATALOGUE_EVENTS,
  orderIdOf,
  RECORDED_MERCHANT,
  recordedRate,
  SESSIONS,
  sessionNamed,
  type RecordedSession,
} from '../factories/recordedSessions'
import { ARRIVALS } from '../factories/shuffle'

function must<T, R>(result: Result<T, R>): T {
  if (!result.ok) throw new Error(String(result.reason))
  return result.value
}

/** The way of a message: verify, decrypt, decode, attribute. Signatures are slow: once an event. */
const opened = new Map<string, Promise<Attributed>>()
function open(raw: UnverifiedEvent, signer: Signer): Promise<Attributed> {
  const known = opened.get(raw.id)
  if (known) return known
  const event = must(verifyEvent(raw))
  const opening = receiveMessage(event, { signer, decodeInvoice }).then((received) => {
    if (received.type === 'quarantined') throw new Error(received.reason)
    return received
  })
  opened.set(raw.id, opening)
  return opening
}

/** Keeps the messages of a session in some order of arrival. */
async function replay(
  session: RecordedSession,
  arrange: <T>(events: readonly T[]) => readonly T[] = (events) => events,
): Promise<OrderBook> {
  const book = createOrderBook()
  const journal: Journal = {
    record: (ref, facts) => facts.forEach((fact) => book.add(ref, fact)),
    recordText: (peer, text) => book.addText(peer, text),
  }
  const signer = localSigner(hexToBytes(session.customer.seckey))
  const messages = session.events.filter(({ kind }) => kind === KIND.directMessage)
  for (const raw of arrange(messages)) {
    journalReceived(await open(raw, signer), signer.publicKey, journal)
  }
  return book
}

function orderOf(book: OrderBook, session: RecordedSession, index = 0): OrderState {
  const customer = session.customer.pubkey as Pubkey
  const ref = { merchant: RECORDED_MERCHANT, customer, orderId: orderIdOf(session, index) }
  return book.order(orderKey(ref))!
}

/** The amount of the invoice that was paid, or else of the newest. */
const invoicedSat = (order: OrderState): number | null => {
  const msat = order.paymentRequests[0]?.invoice?.amountMsat
  return msat ? msat / 1000 : null
}

describe.each(SESSIONS)('session "$name"', (session) => {
  const { outcome } = session
  const last = session.orders.length - 1

  describe.each(ARRIVALS)('$name', ({ arrange }) => {
    let book: OrderBook
    let order: OrderState
    beforeAll(async () => {
      book = await replay(session, arrange)
      order = orderOf(book, session, last)
    })

    it('keeps every order of the session and leaves no message unmatched', () => {
      expect(book.orders()).toHaveLength(session.orders.length)
      expect(book.unmatched()).toEqual([])
      expect(order.refusedFacts).toEqual([])
    })

    it('settles as recorded', () => {
      if (outcome.paid) expect(order.settlement).toMatch(/^paid-/)
      else expect(order.settlement).not.toMatch(/^paid-/)
      expect(order.settlement === 'awaiting-invoice').toBe(
        Boolean(outcome.failed || outcome.silent),
      )
    })

    it('is fulfilled as recorded', () => {
      expect(order.fulfilment === 'shipped').toBe(outcome.shipped ?? false)
      expect(order.fulfilment === 'unfulfillable').toBe(
        Boolean(outcome.failed || outcome.unfulfillable),
      )
    })

    it('has a valid invoice over the recorded total', () => {
      if (outcome.totalSat) expect(invoicedSat(order)).toBe(outcome.totalSat)
      for (const { invoice, invoiceProblem } of order.paymentRequests) {
        expect(invoiceProblem).toBeNull()
        expect(invoice?.network).toBe('bitcoin')
      }
    })

    it('folds like the recorded order of arrival', async () => {
      expect(book.orders()).toEqual((await replay(session)).orders())
    })
  })
})

describe('what single sessions are about', () => {
  it('the paid order before the stock ran out stays in process', async () => {
    const session = sessionNamed('stock was gone')
    const book = await replay(session)
    const [first, second] = [orderOf(book, session, 0), orderOf(book, session, 1)]
    expect([first.settlement, first.fulfilment]).toEqual(['paid-claimed', 'processing'])
    expect([second.settlement, second.fulfilment]).toEqual(['paid-claimed', 'unfulfillable'])
  })

  it('silence after a null shipping zone is explained', async () => {
    const session = sessionNamed('silence')
    const order = orderOf(await replay(session), session)
    expect(order.paymentRequests).toEqual([])
    expect(order.anomalies.map(({ name }) => name)).toEqual(['no-shipping-zone'])
  })

  it('a reissued invoice replaces the first one', async () => {
    const session = sessionNamed('reissued')
    const order = orderOf(await replay(session), session)
    expect(order.paymentRequests.map(({ replaced }) => replaced)).toEqual([false, true])
  })

  it('a parcel that came back is in process again, with the words of the merchant', async () => {
    const session = sessionNamed('marked not shipped')
    const order = orderOf(await replay(session), session)
    expect(order.fulfilment).toBe('processing')
    expect(order.timeline.at(-1)?.words).toBe('Returned by the carrier')
  })

  it('chat around an order stays in the conversation', async () => {
    const session = sessionNamed('chat both ways')
    const book = await replay(session)
    const texts = book.conversation(RECORDED_MERCHANT).texts.map(({ text }) => text)
    expect(texts).toEqual(['Hi! Is the cup dishwasher safe?', 'Yes it is 👍'])
  })
})

const verified = (events: readonly UnverifiedEvent[]): VerifiedEvent[] =>
  events.map((event) => must(verifyEvent(event)))

const UPDATES = SESSIONS.flatMap(({ events }) => events).filter((e) => e.kind === KIND.product)
const BEFORE = verified(CATALOGUE_EVENTS)
const AFTER = verified([...UPDATES, ...CATALOGUE_CHANGES])

function catalogueOf(events: readonly VerifiedEvent[]): Catalogue {
  const catalogue = createCatalogue()
  for (const event of events) catalogue.apply([must(decodeCatalogueEvent(event))])
  return catalogue
}

describe('expected totals from the recorded catalogue', () => {
  const catalogue = catalogueOf(BEFORE)
  const own = {
    stalls: [...catalogue.stalls.values()],
    products: [...catalogue.products.values()],
  }
  const expectedFor = (request: OrderRequest) =>
    expectedTotal(must(priceIncoming(request, own, recordedRate)))
  const answered = SESSIONS.filter(({ outcome }) => !outcome.failed && !outcome.silent)

  it.each(answered)('equal the invoice: $name', async (session) => {
    const book = await replay(session)
    for (const order of book.orders()) {
      const first = order.paymentRequests.at(-1)?.invoice?.amountMsat
      expect(expectedFor(order.request!)).toMatchObject({ sat: first! / 1000 })
    }
  })

  it('equal the reissued invoice in the cheaper zone', async () => {
    const session = sessionNamed('reissued')
    const order = orderOf(await replay(session), session)
    const zones = own.stalls.flatMap((stall) => stall.zones)
    const pickup = zones.find(({ name }) => name === 'Pickup')!
    const total = expectedFor({ ...order.request!, shippingId: pickup.id })
    expect(total).toEqual({ kind: 'exact', sat: invoicedSat(order) })
  })

  it.each(SESSIONS.filter(({ outcome }) => outcome.failed || outcome.silent))(
    'are refused for an order that the merchant could not read: $name',
    async (session) => {
      const order = orderOf(await replay(session), session)
      expect(priceIncoming(order.request!, own, recordedRate).ok).toBe(false)
    },
  )
})

describe.each(ARRIVALS)('the recorded catalogue, $name', ({ arrange }) => {
  const catalogue = catalogueOf(arrange([...BEFORE, ...AFTER]))
  const stock = Object.fromEntries(
    [...catalogue.products.values()].map(({ name, quantity }) => [name, quantity]),
  )

  it('shows all stalls and the merchant', () => {
    const currencies = [...catalogue.stalls.values()].map(({ currency }) => currency)
    expect(currencies.toSorted()).toEqual(['EUR', 'USD', 'sat'])
    expect(catalogue.profiles.get(RECORDED_MERCHANT)?.name).toBe('Test Merchant')
  })

  it('shows no product whose newest version was deleted', () => {
    expect(stock).not.toHaveProperty('Poster')
  })

  // The deletion of the cup names a version that was not recorded: nothing tells that it is the cup.
  it('has the newest stock of every other product', () => {
    expect(stock).toEqual({
      Tea: 0,
      Cup: 46,
      'Olive oil 500 ml': 40,
      'Cookbook (paper)': 3,
      'Cookbook (ebook)': 9999,
    })
  })
})
