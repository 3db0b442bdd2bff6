// @vitest-environment happy-dom
/** Orders: facts stored before they are shown, of the identity in use alone, unmatched ones in memory. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { orderKey, type EventId, type OrderId } from '@/domain/ids'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { createOrderDocuments } from '@/storage/orderDocuments'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { eventId, T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import {
  intended,
  orderRef,
  paymentRequested,
  placed,
  proved,
  request,
  status,
} from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'
import { recordsOf, storageKey } from '../factories/storage'
import { dump, fillStorage, tellOfOtherTab } from '../support/browser'

const ref = orderRef()
const key = orderKey(ref)
const KEY = `souk:sealed:${CUSTOMER.pubkey}:order:${key}`

function reopen(identity = CUSTOMER) {
  setActivePinia(createPinia())
  const orders = useOrdersStore()
  orders.open(identity.pubkey, storageKey(identity))
  return orders
}
const SIGNED = {
  type: 'signed',
  id: `signed:${placed().id}`,
  time: T0,
  source: { kind: 'client' },
  eventId: eventId(2),
  event: '{}',
} as const
const text = (n: number, words: string, author = MERCHANT.pubkey) => ({
  eventId: eventId(n),
  author,
  time: T0 + n,
  text: words,
})

// The orders of these tests are younger than the machine's clock may be.
beforeEach(() => void vi.useFakeTimers({ now: (T0 + 1_000_000) * 1000, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('orders', () => {
  it('shows an order again after a reload, with everything that happened to it', () => {
    const orders = reopen()
    orders.record(ref, [intended()])
    orders.record(ref, [placed()])
    orders.record(ref, [paymentRequested()])
    orders.record(ref, [status({ paid: true })])
    expect(orders.placed).toHaveLength(1)
    expect(orders.order(key)).toMatchObject({ settlement: 'paid-claimed' })
    expect(reopen().order(key)).toEqual(orders.order(key))
  })

  it('shows nothing that could not be stored', () => {
    const orders = reopen()
    const makeRoom = fillStorage()
    expect(() => orders.record(ref, [intended()])).toThrow('no room left')
    expect(orders.order(key)).toBeNull()
    const message = placed()
    expect(() => orders.record(ref, [message])).toThrow()
    expect(orders.isKnown(eventId(1))).toBe(false)
    expect(orders.orderOfEvent(message.id as never)).toBeNull()
    makeRoom()
    orders.record(ref, [message])
    expect(orders.order(key)).not.toBeNull()
    expect(orders.orderOfEvent(message.id as never)).toEqual(ref)
  })

  it('keeps facts of an order that nobody placed in memory, and lists them', () => {
    const orders = reopen()
    const stranger = orderRef({ merchant: STRANGER.pubkey })
    const asked = paymentRequested({ author: STRANGER.pubkey })
    orders.record(stranger, [asked])
    expect(orders.placed).toEqual([])
    expect(orders.order(orderKey(stranger))).toBeNull()
    expect(orders.unmatched).toMatchObject([{ ref: stranger, facts: [{ id: asked.id }] }])
    expect(orders.isKnown(asked.id as never)).toBe(true)
    expect(localStorage.length).toBe(0)
  })

  it('makes them an order once its placing arrives, and stores all of it then', () => {
    const orders = reopen()
    orders.record(ref, [status({ paid: true })])
    orders.record(ref, [paymentRequested()])
    expect(localStorage.length).toBe(0)
    orders.record(ref, [placed()])
    expect(orders.unmatched).toEqual([])
    expect(orders.order(key)).toMatchObject({ settlement: 'paid-claimed' })
    expect(reopen().order(key)?.paymentRequests).toHaveLength(1)
  })

  it('changes nothing for a payment request that is not from the merchant', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    orders.record(ref, [paymentRequested({ author: STRANGER.pubkey })])
    expect(orders.order(key)).toMatchObject({ settlement: 'awaiting-invoice', paymentRequests: [] })
    expect(orders.order(key)?.refusedFacts).toHaveLength(1)
  })

  it('shows each identity its own orders only', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    const others = orderRef({ customer: STRANGER.pubkey, orderId: 'order-2' as OrderId })
    orders.open(STRANGER.pubkey, storageKey(STRANGER))
    expect(orders.placed).toEqual([])
    orders.record(others, [
      placed({
        author: STRANGER.pubkey,
        request: request({ orderId: others.orderId }),
      }),
    ])
    expect(orders.placed).toHaveLength(1)
    orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
    expect(orders.placed).toEqual([])
    expect(orders.incoming).toEqual([])
    orders.open(null)
    expect([orders.placed, orders.incoming]).toEqual([[], []])
    expect(orders.order(key)).toBeNull()
  })

  it('keeps the end of a payment for an identity that locked meanwhile, in memory', () => {
    const orders = reopen()
    orders.record(ref, [placed(), paymentRequested()])
    orders.open(null)
    const before = dump(localStorage)
    orders.journalOf(CUSTOMER.pubkey).record(ref, [proved()])
    expect(orders.order(key)).toBeNull()
    expect(dump(localStorage)).toBe(before)
    orders.open(STRANGER.pubkey, storageKey(STRANGER))
    expect(orders.order(key)).toBeNull()
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(orders.order(key)?.settlement).toBe('paid-proved')
    expect(reopen().order(key)?.settlement).toBe('paid-proved')
  })

  it('keeps it for the next time when there is no room for it either', () => {
    const orders = reopen()
    orders.record(ref, [placed(), paymentRequested()])
    orders.open(null)
    orders.journalOf(CUSTOMER.pubkey).record(ref, [proved()])
    const makeRoom = fillStorage()
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(orders.order(key)?.settlement).toBe('invoiced')
    makeRoom()
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(orders.order(key)?.settlement).toBe('paid-proved')
  })

  it.each([
    ['nobody', null],
    ['the other party', MERCHANT],
  ])('takes no intention while %s is there in place of its identity', (_who, other) => {
    const orders = reopen(other ?? CUSTOMER)
    if (!other) orders.open(null)
    const journal = orders.journalOf(CUSTOMER.pubkey)
    expect(() => journal.record(ref, [intended()])).toThrow('Nothing was sent')
    expect(dump(localStorage)).toBe('')
  })

  it('takes nothing that would be sent right after once its identity has left', () => {
    const orders = reopen()
    orders.record(ref, [intended()])
    const journal = orders.journalOf(CUSTOMER.pubkey)
    expect(journal.isOpen()).toBe(true)
    orders.open(STRANGER.pubkey, storageKey(STRANGER))
    expect(journal.isOpen()).toBe(false)
    expect(() => journal.record(ref, [placed(), SIGNED])).toThrow('Nothing was sent')
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(orders.order(key)).toMatchObject({ placedEventId: null, signed: [] })
  })

  it('keeps what ends after a switch to the other party for its own identity', () => {
    const orders = reopen()
    orders.record(ref, [placed(), paymentRequested()])
    const journal = orders.journalOf(CUSTOMER.pubkey)
    orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
    orders.knowSellers(new Set([MERCHANT.pubkey]))
    orders.record(ref, [placed(), paymentRequested()])
    journal.record(ref, [proved()])
    journal.recordText(MERCHANT.pubkey, text(1, 'It is paid', CUSTOMER.pubkey))
    expect(orders.order(key)?.settlement).toBe('invoiced')
    expect(orders.textsWith(MERCHANT.pubkey)).toEqual([])
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(orders.order(key)?.settlement).toBe('paid-proved')
    expect(orders.textsWith(MERCHANT.pubkey)).toHaveLength(1)
    expect(reopen(MERCHANT).order(key)?.settlement).toBe('invoiced')
    expect(reopen().textsWith(MERCHANT.pubkey)).toHaveLength(1)
  })

  it('forgets what waits for an identity that signs out', () => {
    const orders = reopen()
    orders.record(ref, [placed(), paymentRequested()])
    orders.open(null)
    orders.journalOf(CUSTOMER.pubkey).record(ref, [proved()])
    orders.forgetAll(CUSTOMER.pubkey)
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect([orders.placed, orders.unmatched]).toEqual([[], []])
  })

  it('lets nothing wait for an identity that has signed out, until it is back', () => {
    const orders = reopen()
    const journal = orders.journalOf(CUSTOMER.pubkey)
    orders.forgetAll(CUSTOMER.pubkey)
    journal.record(ref, [placed()])
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect([orders.placed, orders.unmatched]).toEqual([[], []])
    orders.open(null)
    journal.record(ref, [placed()])
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(orders.placed).toHaveLength(1)
  })

  it('lies in storage without a word of it', () => {
    const orders = reopen()
    orders.record(ref, [intended(), placed()])
    orders.recordText(MERCHANT.pubkey, text(1, 'at the back door'))
    const written = dump(localStorage)
    const { name, address } = request()
    for (const word of [name, address, 'at the back door']) {
      expect(word).not.toBe('')
      expect(written).not.toContain(word)
    }
  })

  it('of another key do not open, and are kept', () => {
    reopen().record(ref, [placed()])
    setActivePinia(createPinia())
    const orders = useOrdersStore()
    orders.open(CUSTOMER.pubkey, storageKey(STRANGER))
    expect(orders.placed).toEqual([])
    expect(localStorage.getItem(KEY)).toBeNull()
    expect(localStorage.getItem(`souk:aside:${KEY}:1`)).not.toBeNull()
    expect(useNoticesStore().waiting).toHaveLength(1)
  })

  it('knows with whom there is an order', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    expect(orders.hasOrderWith(MERCHANT.pubkey)).toBe(true)
    expect(orders.hasOrderWith(STRANGER.pubkey)).toBe(false)
  })
})

describe('conversations', () => {
  it('keeps texts for each own key apart, sorted, over a reload', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    orders.recordText(MERCHANT.pubkey, text(2, 'second'))
    orders.recordText(MERCHANT.pubkey, text(1, 'first'))
    orders.recordText(MERCHANT.pubkey, text(1, 'first'))
    expect(orders.textsWith(MERCHANT.pubkey).map((one) => one.text)).toEqual(['first', 'second'])
    const later = reopen()
    expect(later.textsWith(MERCHANT.pubkey)).toHaveLength(2)
    expect(later.isKnown(eventId(2))).toBe(true)
    expect(reopen(STRANGER).textsWith(MERCHANT.pubkey)).toEqual([])
  })

  it('stores nothing while nobody is signed in', () => {
    setActivePinia(createPinia())
    useOrdersStore().recordText(MERCHANT.pubkey, text(1, 'lost'))
    expect(dump(localStorage)).toBe('')
  })
})

describe('texts of strangers', () => {
  const conversation = `souk:sealed:${CUSTOMER.pubkey}:conversation:${STRANGER.pubkey}`
  const offer = text(3, 'Buy my things', STRANGER.pubkey)

  it('stay in memory, and are not opened again', () => {
    const orders = reopen()
    orders.recordText(STRANGER.pubkey, offer)
    expect(orders.textsWith(STRANGER.pubkey)).toEqual([offer])
    expect(orders.isKnown(offer.eventId)).toBe(true)
    expect(dump(localStorage)).toBe('')
    orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
    expect(orders.textsWith(STRANGER.pubkey)).toEqual([])
  })

  it('are stored once there is an order with them', () => {
    const orders = reopen()
    orders.recordText(STRANGER.pubkey, offer)
    orders.record(orderRef({ merchant: STRANGER.pubkey }), [placed()])
    expect(localStorage.getItem(conversation)).not.toBeNull()
    expect(dump(localStorage)).not.toContain('Buy my things')
    expect(orders.textsWith(STRANGER.pubkey)).toEqual([offer])
    expect(reopen().textsWith(STRANGER.pubkey)).toEqual([offer])
  })

  it('are stored once they own a stall', () => {
    const orders = reopen()
    orders.recordText(STRANGER.pubkey, offer)
    orders.knowSellers(new Set([MERCHANT.pubkey]))
    expect(dump(localStorage)).toBe('')
    orders.knowSellers(new Set([MERCHANT.pubkey, STRANGER.pubkey]))
    orders.recordText(STRANGER.pubkey, text(4, 'Really', STRANGER.pubkey))
    expect(reopen().textsWith(STRANGER.pubkey)).toHaveLength(2)
  })

  it('go on waiting while there is no room for them', () => {
    const orders = reopen()
    orders.recordText(STRANGER.pubkey, offer)
    const makeRoom = fillStorage()
    orders.knowSellers(new Set([STRANGER.pubkey]))
    expect(orders.textsWith(STRANGER.pubkey)).toEqual([offer])
    makeRoom()
    orders.knowSellers(new Set([STRANGER.pubkey]))
    expect(reopen().textsWith(STRANGER.pubkey)).toEqual([offer])
  })

  it('are kept of the newest strangers alone, and the newest of each', () => {
    const orders = reopen()
    const peer = (n: number) => eventId(n) as string as typeof STRANGER.pubkey
    for (let n = 101; n >= 1; n--) orders.recordText(peer(n), text(n, `${n}`, peer(n)))
    expect(orders.textsWith(peer(1))).toEqual([])
    expect(orders.textsWith(peer(2))).toHaveLength(1)
    for (let n = 251; n > 200; n--) orders.recordText(peer(101), text(n, `${n}`, peer(101)))
    const kept = orders.textsWith(peer(101)).map(({ time }) => time - T0)
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, 202, 251])
  })
})

describe('a long conversation', () => {
  it('keeps its newest 500 texts', () => {
    const documents = createConversationDocuments(recordsOf(CUSTOMER))
    const stored = Array.from({ length: 500 }, (_, n) => text(n + 2, `${n + 2}`))
    documents.addTexts(MERCHANT.pubkey, stored)
    const orders = reopen()
    orders.record(ref, [placed()])
    const ids = () => documents.read(MERCHANT.pubkey)!.texts.map((t) => t.time)
    orders.recordText(MERCHANT.pubkey, text(1, 'too old'))
    expect([ids().length, Math.min(...ids())]).toEqual([500, T0 + 2])
    orders.recordText(MERCHANT.pubkey, text(900, 'new'))
    expect([ids().length, Math.min(...ids()), Math.max(...ids())]).toEqual([500, T0 + 3, T0 + 900])
  })

  it('keeps all that it has where there is no room for a newer text', () => {
    const documents = createConversationDocuments(recordsOf(CUSTOMER))
    documents.addTexts(
      MERCHANT.pubkey,
      Array.from({ length: 500 }, (_, n) => text(n + 1, `${n}`)),
    )
    const orders = reopen()
    orders.record(ref, [placed()])
    fillStorage()
    expect(() => orders.recordText(MERCHANT.pubkey, text(900, 'new'))).toThrow('no room left')
    expect(documents.read(MERCHANT.pubkey)?.texts).toHaveLength(500)
  })

  it('cuts a text that is endless', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    orders.recordText(MERCHANT.pubkey, text(1, 'a'.repeat(20_000)))
    orders.recordText(MERCHANT.pubkey, text(2, 'a'.repeat(20_001)))
    const [fits, cut] = reopen().textsWith(MERCHANT.pubkey)
    expect([fits!.text.length, fits!.text.at(-1)]).toEqual([20_000, 'a'])
    expect([cut!.text.length, cut!.text.at(-1)]).toEqual([20_000, '…'])
  })
})

describe('orders sent to a key that sells nothing', () => {
  it('are neither shown nor stored, and not opened again', () => {
    const orders = reopen(MERCHANT)
    const fact = placed()
    orders.record(ref, [fact])
    expect([orders.incoming, orders.order(key)]).toEqual([[], null])
    expect(orders.isKnown(fact.id as never)).toBe(true)
    expect(orders.hasOrderWith(CUSTOMER.pubkey)).toBe(false)
    expect(dump(localStorage)).toBe('')
  })

  it('are stored once the key owns a stall, with what else came', () => {
    const orders = reopen(MERCHANT)
    const again = placed({ time: T0 + 5, request: request({ address: '2 Test Street' }) })
    orders.record(ref, [again])
    orders.record(ref, [placed()])
    expect(orders.knowSellers(new Set([STRANGER.pubkey]))).toEqual([])
    expect(orders.knowSellers(new Set([MERCHANT.pubkey]))).toMatchObject([{ ref }])
    expect(orders.knowSellers(new Set([MERCHANT.pubkey]))).toEqual([])
    expect(orders.incoming).toMatchObject([{ anomalies: [{ name: 'changed-order' }] }])
    expect(reopen(MERCHANT).incoming).toHaveLength(1)
  })

  it('are stored once an answer of that key shows that it sells, whatever the catalogue says', () => {
    const orders = reopen(MERCHANT)
    orders.record(ref, [placed()])
    orders.record(ref, [status({ shipped: true, author: STRANGER.pubkey })])
    expect(orders.incoming).toEqual([])
    orders.record(ref, [status({ shipped: true })])
    expect(orders.incoming).toMatchObject([{ fulfilment: 'shipped' }])
    expect(reopen(MERCHANT).incoming).toHaveLength(1)
  })

  it('are asked for again where there was no room, once the key is known to sell', () => {
    const orders = reopen(MERCHANT)
    const facts = Array.from({ length: 230 }, (_, n) => {
      const orderId = `order-${n}` as OrderId
      return placed({ time: T0 + n, request: request({ orderId }) })
    })
    const recordAll = () => {
      for (const fact of facts) {
        if (!orders.isKnown(fact.id as EventId)) orders.record(orderRef(fact.request), [fact])
      }
    }
    recordAll()
    expect(facts.filter(({ id }) => !orders.isKnown(id as EventId))).toHaveLength(30)
    expect(orders.missed).toBe(0)
    orders.knowSellers(new Set([MERCHANT.pubkey]))
    expect(orders.missed).toBe(1)
    recordAll()
    expect(orders.incoming).toHaveLength(230)
    expect(orders.missed).toBe(1)
  })

  it('come in as ever for a key that sold before', () => {
    createOrderDocuments(recordsOf(MERCHANT)).mergeFacts(key, [placed()])
    const orders = reopen(MERCHANT)
    const second = orderRef({ orderId: 'order-2' as OrderId })
    orders.record(second, [placed({ request: request({ orderId: second.orderId }) })])
    expect(orders.incoming).toHaveLength(2)
    expect(reopen(MERCHANT).incoming).toHaveLength(2)
  })

  it('wait in memory up to 200, the newest', () => {
    const orders = reopen(MERCHANT)
    for (let n = 201; n >= 1; n--) {
      const orderId = `order-${n}` as OrderId
      orders.record(orderRef({ orderId }), [
        placed({ time: T0 + n, request: request({ orderId }) }),
      ])
    }
    const admitted = orders.knowSellers(new Set([MERCHANT.pubkey]))
    expect(admitted).toHaveLength(200)
    expect(orders.order(orderKey(orderRef({ orderId: 'order-1' as OrderId })))).toBeNull()
  })
})

describe('orders in two tabs', () => {
  it('shows what another tab recorded', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    const asked = paymentRequested({ invoice: invoice({ paymentHash: 'ab'.repeat(32) }) })
    createOrderDocuments(recordsOf(CUSTOMER)).mergeFacts(key, [asked])
    tellOfOtherTab(KEY)
    expect(orders.order(key)?.settlement).toBe('invoiced')
    expect(orders.isKnown(asked.id as never)).toBe(true)
  })

  it('does not show what another tab recorded for another identity', () => {
    const orders = reopen()
    const theirs = orderRef({ customer: STRANGER.pubkey })
    createOrderDocuments(recordsOf(STRANGER)).mergeFacts(orderKey(theirs), [
      placed({ author: STRANGER.pubkey }),
    ])
    tellOfOtherTab(`souk:sealed:${STRANGER.pubkey}:order:${orderKey(theirs)}`)
    expect([orders.placed, orders.incoming, orders.unmatched]).toEqual([[], [], []])
  })

  it('keeps both when two tabs record at once', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    createOrderDocuments(recordsOf(CUSTOMER)).mergeFacts(key, [paymentRequested()])
    orders.record(ref, [status({ shipped: true })])
    expect(reopen().order(key)).toMatchObject({ settlement: 'invoiced', fulfilment: 'shipped' })
  })

  it('shows texts of another tab, and does not open them again', () => {
    const orders = reopen()
    const documents = createConversationDocuments(recordsOf(CUSTOMER))
    documents.addTexts(MERCHANT.pubkey, [text(7, 'hello')])
    tellOfOtherTab(`souk:sealed:${CUSTOMER.pubkey}:conversation:${MERCHANT.pubkey}`)
    expect(orders.textsWith(MERCHANT.pubkey)).toHaveLength(1)
    expect(orders.isKnown(eventId(7))).toBe(true)
  })
})
