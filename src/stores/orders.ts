/** Orders and conversations of the identity in use: facts in, states out, every fact stored first. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { bounded, type Conversation, type ConversationText } from '@/domain/conversation'
import { orderKey, type EventId, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import { createOrderBook, type OrderRecord } from '@/domain/orderBook'
import { forgetIdentity } from '@/storage/forgetIdentity'
import { openRecords, type IdentityRecords } from '@/storage/identityRecords'
import type { StorageKey } from '@/storage/storageKey'
import { createLateFacts } from './lateFacts'
import { useNoticesStore } from './notices'
import { createWaitingRoom } from '@/domain/waitingRoom'

const now = (): number => Math.floor(Date.now() / 1000)
const isStart = (fact: Fact): boolean => fact.type === 'placed' || fact.type === 'intended'
const isOnlyHere = ({ source }: Fact): boolean =>
  source.kind === 'client' || source.kind === 'wallet'
const isIntention = ({ type }: Fact): boolean =>
  type === 'intended' || type === 'invoice-intended' || type === 'payment-attempted'
const NOT_OPEN =
  'Nothing was sent or paid: sign in with the key of this order, or unlock it, first.'

export const useOrdersStore = defineStore('orders', () => {
  const onProblem = useNoticesStore().tellStorageProblem
  /** Null while nobody is signed in, and while the key is locked. */
  let records: IdentityRecords | null = null
  /** What ended after its identity had been left: kept until it is opened again. */
  const late = createLateFacts()
  let known = new Set<string>()
  /** Whose messages found no room while there was no trade with them: to be read again if there is. */
  const leftOut = new Set<Pubkey>()
  /** Counts how often such a sender turned out to be a party. */
  const missed = shallowRef(0)
  let parties = new Set<Pubkey>()
  let book = newBook()
  let placedEvents = new Map<string, OrderRef>()
  const droppedTexts = shallowRef(0)
  /** Texts of peers that are no party of an order and own no stall. */
  const strangersTexts = createWaitingRoom<Pubkey, ConversationText>({
    keys: 100,
    items: 50,
    idOf: (text) => text.eventId,
    timeOf: (text) => text.time,
    now,
    onDropped(text, peer) {
      droppedTexts.value += 1
      leaveOut(peer, text.eventId)
    },
  })
  /** Orders that were sent to a key which sells nothing. */
  const strayOrders = createWaitingRoom<OrderKey, { readonly ref: OrderRef; readonly fact: Fact }>({
    keys: 200,
    items: 50,
    idOf: ({ fact }) => fact.id,
    timeOf: ({ fact }) => fact.time,
    now,
    onDropped: ({ ref, fact }) => leaveOut(ref.merchant, fact.id),
  })
  let sellers: ReadonlySet<Pubkey> = new Set()
  let soldBefore = false
  const own = shallowRef<Pubkey | null>(null)
  const revision = shallowRef(0)
  const touch = (): void => void (revision.value += 1)

  const all = computed<readonly OrderState[]>(() => {
    void revision.value
    return book.orders()
  })
  /** Orders that this identity placed, newest first. */
  const placed = computed(() => all.value.filter((order) => order.customer === own.value))
  /** Orders that this identity received as a merchant, newest first. */
  const incoming = computed(() => all.value.filter((order) => order.merchant === own.value))
  const unmatched = computed(() => {
    void revision.value
    return book.unmatched()
  })

  /** How many unmatched messages of each sender are not shown, for want of room. */
  const unmatchedLeftOut = computed<ReadonlyMap<Pubkey, number>>(() => {
    void revision.value
    return new Map(book.leftOut())
  })

  /** How many plain texts came from keys that are no party of a trade: nobody is shown them. */
  const strangersTextCount = computed(() => {
    void revision.value
    const waiting = strangersTexts.keys().map((key) => strangersTexts.of(key).length)
    return waiting.reduce((sum, count) => sum + count, droppedTexts.value)
  })

  function newBook() {
    return createOrderBook({
      now,
      isTrusted: (peer) => isTrusted(peer),
      isOwn: (key) => key === own.value,
      onLeftOut,
    })
  }

  function onLeftOut({ id, source }: Fact): void {
    if (source.kind === 'message') leaveOut(source.author, id)
  }

  /** It may be read again, when more is known of the key that decides whether it counts. */
  function leaveOut(key: Pubkey, eventId: string): void {
    if (counts(key)) return
    known.delete(eventId)
    leftOut.add(key)
  }

  /** What was left out of somebody who turns out to be a party has to be asked for again. */
  function noticeMissed(): void {
    const found = [...leftOut].filter(counts)
    for (const key of found) leftOut.delete(key)
    if (found.length > 0) missed.value += 1
  }

  const isReceived = (ref: OrderRef): boolean =>
    ref.merchant === own.value && ref.customer !== own.value
  /** Only who sells answers an order. */
  const isOwnAnswer = (ref: OrderRef, { type, source }: Fact): boolean =>
    isReceived(ref) && type !== 'placed' && source.kind === 'message' && source.author === own.value
  const sells = (): boolean => soldBefore || (own.value !== null && sellers.has(own.value))

  function note(ref: OrderRef, fact: Fact): void {
    if (fact.source.kind === 'message') known.add(fact.source.eventId)
    if (fact.type === 'placed') placedEvents.set(fact.id, ref)
    if (fact.type === 'signed') placedEvents.set(fact.eventId, ref)
  }

  function load(ref: OrderRef, facts: readonly Fact[]): void {
    if (ref.customer !== own.value && ref.merchant !== own.value) return
    for (const fact of facts) {
      note(ref, fact)
      book.add(ref, fact)
    }
    if (!facts.some(isStart) || !book.has(orderKey(ref))) return
    parties.add(ref.merchant).add(ref.customer)
    soldBefore ||= isReceived(ref)
  }

  function loadTexts(peer: Pubkey, texts: readonly ConversationText[]): void {
    for (const text of texts) {
      known.add(text.eventId)
      book.addText(peer, text)
    }
  }

  function forget(): void {
    records?.close()
    records = null
    book = newBook()
    leftOut.clear()
    parties = new Set()
    droppedTexts.value = 0
    known = new Set()
    placedEvents = new Map()
    strangersTexts.clear()
    strayOrders.clear()
    soldBefore = false
  }

  function show({ orders, conversations }: IdentityRecords): void {
    for (const { ref, facts } of orders.readAll().values()) load(ref, facts)
    for (const { peer, texts } of conversations.readAll().values()) loadTexts(peer, texts)
  }

  function follow({ orders, conversations }: IdentityRecords): void {
    orders.onChange((_key, record) => {
      if (!record) return
      load(record.ref, record.facts)
      touch()
      admit()
    })
    conversations.onChange((peer, conversation) => {
      loadTexts(peer, conversation?.texts ?? [])
      touch()
    })
  }

  /** Opens the records of an identity with its storage key, or closes all of them. */
  function open(identity: Pubkey, key: StorageKey): void
  function open(identity: null): void
  function open(identity: Pubkey | null, key: StorageKey | null = null): void {
    forget()
    own.value = identity
    if (identity && key) {
      const opened = openRecords(identity, key, { onProblem })
      records = opened
      show(opened)
      follow(opened)
      late.keepAll(identity)
    }
    touch()
  }

  function letWait(ref: OrderRef, facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.source.kind === 'message') known.add(fact.source.eventId)
      strayOrders.add(orderKey(ref), { ref, fact })
    }
  }

  function store(ref: OrderRef, facts: readonly Fact[], shelf: IdentityRecords['orders']): void {
    const key = orderKey(ref)
    const before = (book.record(key) ?? shelf.read(key))?.facts ?? []
    const whole = [...before, ...facts]
    if (whole.some(isStart)) shelf.mergeFacts(key, before.some(isStart) ? facts : whole)
    load(ref, facts)
    touch()
  }

  /**
   * Stores facts of the identity in use, then shows them. Facts of an order that nobody placed stay in
   * memory, as do orders for a key that sells nothing: a stranger must not be able to fill the storage.
   * Throws when they cannot be stored; an intention that cannot be stored must not be acted upon.
   */
  function record(ref: OrderRef, facts: readonly Fact[]): void {
    const isOwn = ref.customer === own.value || ref.merchant === own.value
    if (!records || !isOwn) throw new Error(NOT_OPEN)
    soldBefore ||= facts.some((fact) => isOwnAnswer(ref, fact))
    if (isReceived(ref) && !sells()) return letWait(ref, facts)
    store(ref, facts, records.orders)
    admit()
  }

  /**
   * The journal of one identity, whoever is in use by then: a payment may end after its identity has
   * signed out, locked or been switched from. What ends waits in memory until that is back; what
   * would only begin then is refused.
   */
  function journalOf(identity: Pubkey) {
    const keep = (recordIt: () => void): void =>
      own.value === identity ? recordIt() : late.add(identity, recordIt)
    return {
      record(ref: OrderRef, facts: readonly Fact[]): void {
        if (own.value !== identity && facts.some(isIntention)) throw new Error(NOT_OPEN)
        keep(() => record(ref, facts))
      },
      recordText: (peer: Pubkey, text: ConversationText): void =>
        keep(() => recordText(peer, text)),
    }
  }

  const hasOrderWith = (peer: Pubkey): boolean => parties.has(peer)

  /** Stores what waited and need wait no longer. What finds no room goes on waiting. */
  function admit(): readonly OrderRecord[] {
    const admitted = sells() ? strayOrders.keys().flatMap(admitOrder) : []
    const peers = strangersTexts.keys()
    if (peers.length > 0) peers.filter(isTrusted).forEach(admitTexts)
    noticeMissed()
    return admitted
  }

  function admitOrder(key: OrderKey): OrderRecord[] {
    const waiting = strayOrders.of(key)
    const [first] = waiting
    if (!first || !records) return []
    const facts = waiting.map(({ fact }) => fact)
    try {
      store(first.ref, facts, records.orders)
    } catch {
      return []
    }
    strayOrders.take(key)
    return [{ ref: first.ref, facts }]
  }

  function admitTexts(peer: Pubkey): void {
    const texts = strangersTexts.of(peer)
    try {
      records?.conversations.addTexts(peer, texts)
    } catch {
      return
    }
    loadTexts(peer, strangersTexts.take(peer))
    touch()
  }

  const isTrusted = (peer: Pubkey): boolean => sellers.has(peer) || hasOrderWith(peer)
  const counts = (key: Pubkey): boolean => (key === own.value ? sells() : isTrusted(key))

  /** Tells who owns a stall. Returns the orders that waited for their merchant to be one of them. */
  function knowSellers(merchants: ReadonlySet<Pubkey>): readonly OrderRecord[] {
    sellers = merchants
    return admit()
  }

  /** Texts of strangers stay in memory until there is an order with them or a stall of theirs. */
  function recordText(peer: Pubkey, given: ConversationText): void {
    if (!records) return
    const text = bounded(given)
    if (isTrusted(peer)) {
      records.conversations.addTexts(peer, [text])
      loadTexts(peer, [text])
    } else {
      known.add(text.eventId)
      strangersTexts.add(peer, text)
    }
    touch()
  }

  function order(key: OrderKey | string): OrderState | null {
    void revision.value
    return book.order(key as OrderKey)
  }

  /** The order with what another tab may have written a moment ago. */
  function reread(key: OrderKey): OrderState | null {
    const stored = records?.orders.read(key)
    if (stored) load(stored.ref, stored.facts)
    touch()
    return book.order(key)
  }

  function textsWith(peer: Pubkey): readonly ConversationText[] {
    void revision.value
    const waiting = strangersTexts.of(peer)
    const texts = book.conversation(peer).texts
    return waiting.length > 0 ? [...texts, ...waiting].sort((a, b) => a.time - b.time) : texts
  }

  /** The open records, for a backup. */
  const kept = (): IdentityRecords | null => records

  /** Stores the texts of a backup, and shows what it brought. Throws a StorageError. */
  function takeUp(conversations: readonly Conversation[]): void {
    if (!records) return
    for (const { peer, texts } of conversations) {
      records.conversations.addTexts(peer, texts.map(bounded))
    }
    show(records)
    touch()
  }

  /** Stores what is in memory once more, where something cleared the storage. Throws likewise. */
  function putBack(): number {
    if (!records) return 0
    const back = all.value.map((state) => book.record(orderKey(state)))
    for (const record of back)
      if (record) records.orders.mergeFacts(orderKey(record.ref), record.facts)
    for (const { peer, texts } of book.conversations()) records.conversations.addTexts(peer, texts)
    return back.length
  }

  /** How many orders have facts that no relay could give back: prices, consents, payments. */
  const countOnlyHere = (): number =>
    all.value.filter((one) => book.record(orderKey(one))?.facts.some(isOnlyHere)).length

  /** Signing out: removes everything that this browser keeps of an identity. */
  function forgetAll(identity: Pubkey): void {
    if (own.value === identity) open(null)
    late.drop(identity)
    forgetIdentity(identity)
  }

  const isKnown = (eventId: EventId): boolean => known.has(eventId)
  /** The order that a message signed here belongs to. */
  const orderOfEvent = (eventId: EventId): OrderRef | null => placedEvents.get(eventId) ?? null

  return {
    own,
    placed,
    incoming,
    unmatched,
    unmatchedLeftOut,
    missed,
    strangersTextCount,
    open,
    record,
    recordText,
    journalOf,
    knowSellers,
    order,
    reread,
    textsWith,
    isKnown,
    orderOfEvent,
    hasOrderWith,
    kept,
    takeUp,
    putBack,
    countOnlyHere,
    forgetAll,
  }
})
