/** Writes facts and texts of one identity: stored first, then shown; a stranger's wait in memory. */
import { bounded, type Conversation, type ConversationText } from '@/domain/conversation'
import { orderKey, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import type { OrderRecord } from '@/domain/orderBook'
import type { IdentityRecords } from '@/storage/identityRecords'
import type { StrangersRooms } from './strangersRooms'
import { isStart, type TradeMemory } from './tradeMemory'

export interface RecorderPorts {
  readonly records: IdentityRecords
  readonly memory: TradeMemory
  readonly rooms: StrangersRooms
  /** What is shown has changed. */
  readonly touch: () => void
  /** Somebody whose messages were left out turned out to be a party. */
  readonly onMissed: () => void
}

export type OrderRecorder = ReturnType<typeof createOrderRecorder>

export function createOrderRecorder({ records, memory, rooms, touch, onMissed }: RecorderPorts) {
  const { orders: shelf, conversations } = records
  const { book } = memory

  /** Shows what is stored. */
  function show(): void {
    for (const { ref, facts } of shelf.readAll().values()) memory.load(ref, facts)
    for (const { peer, texts } of conversations.readAll().values()) memory.loadTexts(peer, texts)
  }

  /** Shows what other tabs store from now on. */
  function follow(): void {
    shelf.onChange((_key, record) => {
      if (!record) return
      memory.load(record.ref, record.facts)
      touch()
      admit()
    })
    conversations.onChange((peer, conversation) => {
      memory.loadTexts(peer, conversation?.texts ?? [])
      touch()
    })
  }

  function letWait(ref: OrderRef, facts: readonly Fact[]): void {
    for (const fact of facts) {
      memory.noteMessage(fact)
      rooms.orders.add(orderKey(ref), { ref, fact })
    }
  }

  function store(ref: OrderRef, facts: readonly Fact[]): void {
    const key = orderKey(ref)
    const before = (book.record(key) ?? shelf.read(key))?.facts ?? []
    const whole = [...before, ...facts]
    if (whole.some(isStart)) shelf.mergeFacts(key, before.some(isStart) ? facts : whole)
    memory.load(ref, facts)
    touch()
  }

  /**
   * Stores facts, then shows them. Facts of an order that nobody placed stay in memory, as do orders
   * for a key that sells nothing: a stranger must not be able to fill the storage. Throws when they
   * cannot be stored; an intention that cannot be stored must not be acted upon.
   */
  function record(ref: OrderRef, facts: readonly Fact[]): void {
    memory.noteAnswers(ref, facts)
    if (memory.isReceived(ref) && !memory.sells()) return letWait(ref, facts)
    store(ref, facts)
    admit()
  }

  /** Texts of strangers stay in memory until there is an order with them or a stall of theirs. */
  function recordText(peer: Pubkey, given: ConversationText): void {
    const text = bounded(given)
    if (memory.isTrusted(peer)) {
      conversations.addTexts(peer, [text])
      memory.loadTexts(peer, [text])
    } else {
      memory.known.add(text.eventId)
      rooms.texts.add(peer, text)
    }
    touch()
  }

  /** Stores what waited and need wait no longer. What finds no room goes on waiting. */
  function admit(): readonly OrderRecord[] {
    const admitted = memory.sells() ? rooms.orders.keys().flatMap(admitOrder) : []
    const peers = rooms.texts.keys()
    if (peers.length > 0) peers.filter(memory.isTrusted).forEach(admitTexts)
    if (memory.takeMissed()) onMissed()
    return admitted
  }

  function admitOrder(key: OrderKey): OrderRecord[] {
    const waiting = rooms.orders.of(key)
    const [first] = waiting
    if (!first) return []
    const facts = waiting.map(({ fact }) => fact)
    try {
      store(first.ref, facts)
    } catch {
      return []
    }
    rooms.orders.take(key)
    return [{ ref: first.ref, facts }]
  }

  function admitTexts(peer: Pubkey): void {
    try {
      conversations.addTexts(peer, rooms.texts.of(peer))
    } catch {
      return
    }
    memory.loadTexts(peer, rooms.texts.take(peer))
    touch()
  }

  /** Stores the texts of a backup, and shows what it brought. Throws a StorageError. */
  function takeUp(given: readonly Conversation[]): void {
    for (const { peer, texts } of given) conversations.addTexts(peer, texts.map(bounded))
    show()
    touch()
  }

  /** Stores what is in memory once more, where something cleared the storage. Throws likewise. */
  function putBack(): number {
    const placed = book.orders().map((state) => book.record(orderKey(state)))
    for (const one of placed) if (one) shelf.mergeFacts(orderKey(one.ref), one.facts)
    for (const { peer, texts } of book.conversations()) conversations.addTexts(peer, texts)
    return placed.length
  }

  return { records, show, follow, record, recordText, admit, takeUp, putBack }
}
