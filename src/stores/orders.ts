/** Orders and conversations of the identity in use: facts in, states out, every fact stored first. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ConversationText } from '@/domain/conversation'
import { orderKey, type EventId, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import { createOrderBook } from '@/domain/orderBook'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { createOrderDocuments } from '@/storage/orderDocuments'
import { useNoticesStore } from './notices'

const isStart = (fact: Fact): boolean => fact.type === 'placed' || fact.type === 'intended'

export const useOrdersStore = defineStore('orders', () => {
  const onProblem = useNoticesStore().tellStorageProblem
  const orderDocuments = createOrderDocuments({ onProblem })
  const conversationDocuments = createConversationDocuments({ onProblem })
  let book = createOrderBook()
  let known = new Set<string>()
  let placedEvents = new Map<string, OrderRef>()
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
  })
  conversationDocuments.onChange((identity, peer, conversation) => {
    if (identity !== own.value) return
    loadTexts(peer, conversation?.texts ?? [])
    touch()
  })

  /**
   * Stores facts, then shows them. Facts of an order that nobody placed stay in memory: a stranger
   * must not be able to fill the storage. A payment may end after its identity has signed out: it
   * is stored all the same. Throws a StorageError when they cannot be stored.
   */
  function record(ref: OrderRef, facts: readonly Fact[]): void {
    const key = orderKey(ref)
    const before = (book.record(key) ?? orderDocuments.read(key))?.facts ?? []
    const whole = [...before, ...facts]
    if (whole.some(isStart)) orderDocuments.mergeFacts(key, before.some(isStart) ? facts : whole)
    load(ref, facts)
    touch()
  }

  function recordText(peer: Pubkey, text: ConversationText): void {
    if (!own.value) return
    conversationDocuments.addTexts(own.value, peer, [text])
    loadTexts(peer, [text])
    touch()
  }

  function order(key: OrderKey | string): OrderState | null {
    void revision.value
    return book.order(key as OrderKey)
  }

  function textsWith(peer: Pubkey): readonly ConversationText[] {
    void revision.value
    return book.conversation(peer).texts
  }

  const isKnown = (eventId: EventId): boolean => known.has(eventId)
  /** The order that a signed order message placed. */
  const orderOfEvent = (eventId: EventId): OrderRef | null => placedEvents.get(eventId) ?? null
  const hasOrderWith = (peer: Pubkey): boolean =>
    all.value.some(({ merchant, customer }) => merchant === peer || customer === peer)

  return {
    own,
    placed,
    incoming,
    unmatched,
    open,
    record,
    recordText,
    order,
    textsWith,
    isKnown,
    orderOfEvent,
    hasOrderWith,
  }
})
