// @vitest-environment happy-dom
/** Backups: importing merges, whatever is imported first and however often, and loses nothing. */
import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { addToCart, emptyCart, setQuantity } from '@/domain/cart'
import { sortFacts } from '@/domain/factOrder'
import { orderKey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import type { BackupContents } from '@/protocol/backup'
import { readContents } from '@/storage/backupContents'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { useBackupStore } from '@/stores/backup'
import { useCartsStore } from '@/stores/carts'
import { useOrdersStore } from '@/stores/orders'
import { useSettingsStore } from '@/stores/settings'
import { anyFact, anyText } from '../factories/arbitraries'
import { contents, signedContents, signedText } from '../factories/backups'
import { product } from '../factories/catalogue'
import { directMessage, eventId, T0 } from '../factories/events'
import { intended, orderRef, paymentRequested, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { storageKey } from '../factories/storage'
import { fillStorage } from '../support/browser'

const tea = product()
const cup = product({ id: 'cup', quantity: null })
const ref = orderRef()

/** The page anew, of a person who is signed in. */
function reopen() {
  setActivePinia(createPinia())
  const orders = useOrdersStore()
  orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
  return { orders, backup: useBackupStore(), carts: useCartsStore(), settings: useSettingsStore() }
}

function otherBrowser() {
  localStorage.clear()
  return reopen()
}

function readSigned(text: string): BackupContents {
  const back = readContents(text, CUSTOMER.pubkey)
  if (!back.ok) throw new Error(back.reason)
  return back.value.contents
}

const read = (given: BackupContents) => readSigned(signedContents(given))

/** What a backup of this browser holds, as it would be read elsewhere. */
const exported = ({ backup }: ReturnType<typeof reopen>): BackupContents =>
  readSigned(signedText(backup.collect(T0).text))

function useALittle({ orders, carts, settings }: ReturnType<typeof reopen>) {
  orders.record(ref, [intended(), placed(), paymentRequested()])
  const text = { eventId: eventId(5), author: MERCHANT.pubkey, time: T0, text: 'On its way' }
  orders.recordText(MERCHANT.pubkey, text)
  carts.add(tea, 'sat', 2)
  settings.setTheme('dark')
}

const nothing = { orders: 0, facts: 0, texts: 0, carts: 0, unsent: 0, settings: false }

beforeEach(() => localStorage.clear())

describe('a backup', () => {
  it('that was opened before a switch to another key goes into nobody else’s orders', () => {
    const here = reopen()
    useALittle(here)
    const file = exported(here)
    here.orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
    expect(() => here.backup.merge(file)).toThrow('another key')
    expect(() => here.backup.toSend(file)).toThrow('another key')
    expect([here.orders.incoming, here.orders.textsWith(MERCHANT.pubkey)]).toEqual([[], []])
  })

  it('brings orders, messages, carts and settings to an empty browser', () => {
    const here = reopen()
    useALittle(here)
    const state = here.orders.order(orderKey(ref))
    const file = exported(here)
    const there = otherBrowser()
    expect(there.backup.compare(file)).toEqual({
      orders: 1,
      facts: 3,
      texts: 1,
      carts: 1,
      unsent: 0,
      settings: true,
    })
    there.backup.merge(file)
    expect(there.orders.order(orderKey(ref))).toEqual(state)
    expect(there.orders.textsWith(MERCHANT.pubkey)).toHaveLength(1)
    expect(there.carts.pieces).toBe(2)
    expect(there.settings.theme).toBe('dark')
    expect(reopen().orders.order(orderKey(ref))).toEqual(state)
  })

  it('adds nothing a second time', () => {
    const here = reopen()
    useALittle(here)
    const file = exported(here)
    expect(here.backup.compare(file)).toEqual(nothing)
    const before = exported(here)
    here.backup.merge(file)
    expect(exported(here)).toEqual(before)
  })

  it('leaves what was set here, and what was taken out of a cart since', () => {
    const here = reopen()
    useALittle(here)
    const file = exported(here)
    here.settings.setTheme('light')
    here.carts.setLine(tea.stallAddress, tea.address, 0)
    here.carts.add(cup, 'sat', 1)
    here.backup.merge(file)
    expect(here.settings.theme).toBe('light')
    expect(here.carts.cart(tea.stallAddress)?.lines.map((line) => line.productId)).toEqual(['cup'])
  })

  it('holds no key, and nothing of another identity', () => {
    const here = reopen()
    useALittle(here)
    const { text } = here.backup.collect(T0)
    expect(text).not.toMatch(/nsec|ncryptsec|secret/i)
    here.orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
    expect(JSON.parse(here.backup.collect(T0).text)).toMatchObject({
      orders: [],
      conversations: [],
    })
  })

  it('cannot be made while nobody is signed in', () => {
    const here = reopen()
    here.orders.open(null)
    expect(() => here.backup.collect(T0)).toThrow('Sign in')
  })

  it('keeps facts that this version cannot read', () => {
    const strange = { id: 'x', type: 'teleported', time: 1 }
    const file = read(
      contents({ orders: [{ ref, facts: [intended(), placed()], unreadable: [strange] }] }),
    )
    const here = reopen()
    here.backup.merge(file)
    expect(exported(reopen()).orders[0]?.unreadable).toEqual([strange])
  })

  it('is imported as far as there is room, and wholly the next time', () => {
    const here = reopen()
    useALittle(here)
    const file = exported(here)
    const there = otherBrowser()
    const makeRoom = fillStorage()
    expect(() => there.backup.merge(file)).toThrow('no room left')
    makeRoom()
    there.backup.merge(file)
    expect(there.backup.compare(file)).toEqual(nothing)
  })
})

describe('a message that no relay had', () => {
  const message = directMessage('the order', { from: CUSTOMER, to: MERCHANT })
  const item = { event: message, deliveries: [], queuedAt: T0 }

  it('comes along and is sent from there', () => {
    createOutboxDocuments().save(item)
    const here = reopen()
    const file = exported(here)
    expect(here.backup.toSend(file)).toEqual([])
    const there = otherBrowser()
    expect(there.backup.compare(file).unsent).toBe(1)
    expect(there.backup.toSend(file)).toEqual([message])
  })

  it('is not sent again when this browser knows that a relay has it', () => {
    createOutboxDocuments().save(item)
    const file = exported(reopen())
    const there = otherBrowser()
    const relay = 'wss://relay.example'
    const taken: Fact = {
      type: 'accepted-by-relay',
      id: `accepted:${message.id}:${relay}`,
      time: T0,
      source: { kind: 'relay', url: relay },
      eventId: message.id,
      relay,
    }
    there.orders.record(ref, [placed({ id: message.id }), taken])
    expect(there.backup.toSend(file)).toEqual([])
  })
})

const someCart = fc
  .array(fc.tuple(fc.constantFrom(tea, cup), fc.integer({ min: 0, max: 3 }), fc.nat(4)), {
    maxLength: 5,
  })
  .map((edits) =>
    edits.reduce(
      (cart, [one, n, at]) =>
        n > 0
          ? addToCart(cart, one, 'sat', n, T0 * 1000 + at)
          : setQuantity(cart, one.address, 0, T0 * 1000 + at),
      emptyCart(tea.stallAddress, MERCHANT.pubkey, T0 * 1000),
    ),
  )
const someContents = fc
  .record({
    facts: fc.array(anyFact, { maxLength: 8 }),
    texts: fc.array(anyText, { maxLength: 4 }),
    cart: someCart,
  })
  .map(({ facts, texts, cart }) =>
    contents({
      orders: [{ ref, facts: [placed({ id: eventId(99) }), ...facts], unreadable: [] }],
      conversations: [{ peer: MERCHANT.pubkey, texts }],
      carts: [cart],
    }),
  )

/** The stored state, whatever the order in which it was written. */
function state({ orders, carts }: ReturnType<typeof reopen>) {
  const kept = orders.kept()!
  const byId = (a: { eventId: string }, b: { eventId: string }) => (a.eventId < b.eventId ? -1 : 1)
  return {
    orders: [...kept.orders.readAll().values()].map((order) => sortFacts(order.facts)),
    texts: [...kept.conversations.readAll().values()].map(({ texts }) => [...texts].sort(byId)),
    carts: carts.all(),
    shown: orders.order(orderKey(ref)),
  }
}

it('two backups give the same whichever is imported first, and once is enough', () => {
  fc.assert(
    fc.property(someContents, someContents, (one, other) => {
      const first = otherBrowser()
      first.backup.merge(one)
      first.backup.merge(other)
      const wanted = state(first)
      const second = otherBrowser()
      second.backup.merge(other)
      second.backup.merge(one)
      second.backup.merge(other)
      expect(state(second)).toEqual(wanted)
      expect(state(reopen())).toEqual(wanted)
      expect(second.backup.compare(one)).toEqual(nothing)
    }),
    { numRuns: 25 },
  )
})
