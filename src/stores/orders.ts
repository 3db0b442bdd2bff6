/** Orders and conversations of the identity in use: facts in, states out, every fact stored first. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ConversationText } from '@/domain/conversation'
import { orderKey, type EventId, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import { createOrderBook, type OrderRecord } from '@/domain/orderBook'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { createOrderDocuments } from '@/storage/orderDocuments'
import { bounded, shelve } from './conversationShelf'
import { useNoticesStore } from './notices'
import { createWaitingRoom } from './waitingRoom'

const isStart = (fact: Fact): boolean => fact.type === 'placed' || fact.type === 'intended'

export const useOrdersStore = defineStore('orders', () => {
  const onProblem = useNoticesStore().tellStorageProblem
  const orderDocuments = createOrderDocuments({ onProblem })
  const conversationDocuments = createConversationDocuments({ onProblem })
  let book = createOrderBook()
  let known = new Set<string>()
  let placedEvents = new Map<string, OrderRef>()
  /** Texts of peers that are no party of an order and own no stall. */
  const strangersTexts = createWaitingRoom<Pubkey, ConversationText>({
    keys: 100,
    items: 50,
    idOf: (text) => text.eventId,
    timeOf: (text) => text.time,
  })
  /** Orders that were sent to a key which sells nothing. */
  const strayOrders = createWaitingRoom<OrderKey, { readonly ref: OrderRef; readonly fact: Fact }>({
    keys: 200,
    items: 50,
    idOf: ({ fact }) => fact.id,
    timeOf: ({ fact }) => fact.time,
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

  const isReceived = (ref: OrderRef): boolean =>
    ref.merchant === own.value && ref.customer !== own.value
  const sells = (): boolean => soldBefore || (own.value !== null && sellers.has(own.value))

  function note(ref: OrderRef, fact: Fact): void {
    if (fact.source.kind === 'message') known.add(fact.source.eventId)
    if (fact.type === 'placed') placedEvents.set(fact.id, ref)
  }

  function load(ref: OrderRef, facts: readonly Fact[]): void {
    if (ref.customer !== own.value && ref.merchant !== own.value) return
    for (const fact of facts) {
      note(ref, fact)
      book.add(ref, fact)
    }
    soldBefore ||= isReceived(ref) && facts.some(isStart)
  }

  function loadTexts(peer: Pubkey, texts: readonly ConversationText[]): void {
    for (const text of texts) {
      known.add(text.eventId)
      book.addText(peer, text)
    }
  }

  /** Opens the records of an identity, or closes all of them. */
  function open(identity: Pubkey | null): void {
    book = createOrderBook()
    known = new Set()
    placedEvents = new Map()
    strangersTexts.clear()
    strayOrders.clear()
    soldBefore = false
    own.value = identity
    if (identity) {
      for (const { ref, facts } of orderDocuments.readAll().values()) load(ref, facts)
      for (const { peer, texts } of conversationDocuments.readAll(identity).values()) {
        loadTexts(peer, texts)
      }
    }
    touch()
  }

  orderDocuments.onChange((_key, record) => {
    if (!record) return
    load(record.ref, record.facts)
    touch()
    admit()
  })
  conversationDocuments.onChange((identity, peer, conversation) => {
    if (identity !== own.value) return
    loadTexts(peer, conversation?.texts ?? [])
    touch()
  })

  function letWait(ref: OrderRef, facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.source.kind === 'message') known.add(fact.source.eventId)
      strayOrders.add(orderKey(ref), { ref, fact })
    }
  }

  function store(ref: OrderRef, facts: readonly Fact[]): void {
    const key = orderKey(ref)
    const before = (book.record(key) ?? orderDocuments.read(key))?.facts ?? []
    const whole = [...before, ...facts]
    if (whole.some(isStart)) orderDocuments.mergeFacts(key, before.some(isStart) ? facts : whole)
    load(ref, facts)
    touch()
  }

  /**
   * Stores facts, then shows them. Facts of an order that nobody placed stay in memory, as do orders
   * for a key that sells nothing: a stranger must not be able to fill the storage. A payment may end
   * after its identity has signed out: it is stored all the same. Throws a StorageError when they
   * cannot be stored.
   */
  function record(ref: OrderRef, facts: readonly Fact[]): void {
    if (isReceived(ref) && !sells()) return letWait(ref, facts)
    store(ref, facts)
    admit()
  }

  const hasOrderWith = (peer: Pubkey): boolean =>
    all.value.some(({ merchant, customer }) => merchant === peer || customer === peer)

  /** Stores what waited and need wait no longer. What finds no room goes on waiting. */
  function admit(): readonly OrderRecord[] {
    const admitted = sells() ? strayOrders.keys().flatMap(admitOrder) : []
    const peers = strangersTexts.keys()
    if (peers.length > 0) peers.filter(isTrusted).forEach(admitTexts)
    return admitted
  }

  function admitOrder(key: OrderKey): OrderRecord[] {
    const waiting = strayOrders.of(key)
    const [first] = waiting
    if (!first) return []
    const facts = waiting.map(({ fact }) => fact)
    try {
      store(first.ref, facts)
    } catch {
      return []
    }
    strayOrders.take(key)
    return [{ ref: first.ref, facts }]
  }

  function admitTexts(peer: Pubkey): void {
    const texts = strangersTexts.of(peer)
    try {
      if (own.value) shelve(conversationDocuments, own.value, peer, texts)
    } catch {
      return
    }
    loadTexts(peer, strangersTexts.take(peer))
    touch()
  }

  const isTrusted = (peer: Pubkey): boolean => sellers.has(peer) || hasOrderWith(peer)

  /** Tells who owns a stall. Returns the orders that waited for their merchant to be one of them. */
  function knowSellers(merchants: ReadonlySet<Pubkey>): readonly OrderRecord[] {
    sellers = merchants
    return admit()
  }

  /** Texts of strangers stay in memory until there is an order with them or a stall of theirs. */
  function recordText(peer: Pubkey, given: ConversationText): void {
    if (!own.value) return
    const text = bounded(given)
    if (isTrusted(peer)) {
      shelve(conversationDocuments, own.value, peer, [text])
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

  function textsWith(peer: Pubkey): readonly ConversationText[] {
    void revision.value
    const waiting = strangersTexts.of(peer)
    const texts = book.conversation(peer).texts
    return waiting.length > 0 ? [...texts, ...waiting].sort((a, b) => a.time - b.time) : texts
  }

  const isKnown = (eventId: EventId): boolean => known.has(eventId)
  /** The order that a signed order message placed. */
  const orderOfEvent = (eventId: EventId): OrderRef | null => placedEvents.get(eventId) ?? null

  return {
    own,
    placed,
    incoming,
    unmatched,
    open,
    record,
    recordText,
    knowSellers,
    order,
    textsWith,
    isKnown,
    orderOfEvent,
    hasOrderWith,
  }
})
