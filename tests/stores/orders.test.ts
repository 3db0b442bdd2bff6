// @vitest-environment happy-dom
/** Orders: facts stored before they are shown, of the identity in use alone, unmatched ones in memory. */
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { orderKey, type OrderId } from '@/domain/ids'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { createOrderDocuments } from '@/storage/orderDocuments'
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
import { dump, fillStorage, tellOfOtherTab } from '../support/browser'

const ref = orderRef()
const key = orderKey(ref)
const KEY = `souk:order:${key}`

function reopen(identity = CUSTOMER.pubkey) {
  setActivePinia(createPinia())
  const orders = useOrdersStore()
  orders.open(identity)
  return orders
}
const text = (n: number, words: string, author = MERCHANT.pubkey) => ({
  eventId: eventId(n),
  author,
  time: T0 + n,
  text: words,
})

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
    orders.open(STRANGER.pubkey)
    expect(orders.placed).toEqual([])
    orders.record(others, [
      placed({
        author: STRANGER.pubkey,
        request: request({ orderId: others.orderId }),
      }),
    ])
    expect(orders.placed).toHaveLength(1)
    orders.open(MERCHANT.pubkey)
    expect(orders.placed).toEqual([])
    expect(orders.incoming).toHaveLength(2)
    orders.open(null)
    expect([orders.placed, orders.incoming]).toEqual([[], []])
    expect(orders.order(key)).toBeNull()
  })

  it('stores the end of a payment though its identity has signed out meanwhile', () => {
    const orders = reopen()
    orders.record(ref, [placed(), paymentRequested()])
    orders.open(null)
    orders.record(ref, [proved()])
    expect(orders.order(key)).toBeNull()
    expect(reopen().order(key)?.settlement).toBe('paid-proved')
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
    orders.recordText(MERCHANT.pubkey, text(2, 'second'))
    orders.recordText(MERCHANT.pubkey, text(1, 'first'))
    orders.recordText(MERCHANT.pubkey, text(1, 'first'))
    expect(orders.textsWith(MERCHANT.pubkey).map((one) => one.text)).toEqual(['first', 'second'])
    const later = reopen()
    expect(later.textsWith(MERCHANT.pubkey)).toHaveLength(2)
    expect(later.isKnown(eventId(2))).toBe(true)
    expect(reopen(STRANGER.pubkey).textsWith(MERCHANT.pubkey)).toEqual([])
  })

  it('stores nothing while nobody is signed in', () => {
    setActivePinia(createPinia())
    useOrdersStore().recordText(MERCHANT.pubkey, text(1, 'lost'))
    expect(dump(localStorage)).toBe('')
  })
})

describe('orders in two tabs', () => {
  it('shows what another tab recorded', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    const asked = paymentRequested({ invoice: invoice({ paymentHash: 'ab'.repeat(32) }) })
    createOrderDocuments().mergeFacts(key, [asked])
    tellOfOtherTab(KEY)
    expect(orders.order(key)?.settlement).toBe('invoiced')
    expect(orders.isKnown(asked.id as never)).toBe(true)
  })

  it('does not show what another tab recorded for another identity', () => {
    const orders = reopen()
    const theirs = orderRef({ customer: STRANGER.pubkey })
    createOrderDocuments().mergeFacts(orderKey(theirs), [placed({ author: STRANGER.pubkey })])
    tellOfOtherTab(`souk:order:${orderKey(theirs)}`)
    expect([orders.placed, orders.incoming, orders.unmatched]).toEqual([[], [], []])
  })

  it('keeps both when two tabs record at once', () => {
    const orders = reopen()
    orders.record(ref, [placed()])
    createOrderDocuments().mergeFacts(key, [paymentRequested()])
    orders.record(ref, [status({ shipped: true })])
    expect(reopen().order(key)).toMatchObject({ settlement: 'invoiced', fulfilment: 'shipped' })
  })

  it('shows texts of another tab, and does not open them again', () => {
    const orders = reopen()
    const documents = createConversationDocuments()
    documents.addTexts(CUSTOMER.pubkey, MERCHANT.pubkey, [text(7, 'hello')])
    tellOfOtherTab(`souk:conversation:${CUSTOMER.pubkey}:${MERCHANT.pubkey}`)
    expect(orders.textsWith(MERCHANT.pubkey)).toHaveLength(1)
    expect(orders.isKnown(eventId(7))).toBe(true)
  })
})
