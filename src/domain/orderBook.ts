/** All orders and conversations of one identity: collects facts, folds them, tells what is unmatched. */
import { refusalFacts, type Conversation, type ConversationText } from './conversation'
import { sortFacts, takesPlaceOf } from './factOrder'
import { orderKey, type OrderKey, type OrderRef, type Pubkey } from './ids'
import type { Fact, OrderState } from './order'
import { foldOrder, isPlaced } from './orderFold'

/** The facts of one order, as they are stored. */
export interface OrderRecord {
  readonly ref: OrderRef
  readonly facts: readonly Fact[]
}

/** Messages that name an order which their author and recipient do not share. */
export interface UnmatchedMessages {
  readonly ref: OrderRef
  readonly facts: readonly Fact[]
  /** Why they were not applied, in words. */
  readonly reason: string
}

export interface OrderBook {
  /** Adds a fact; false when it is known already. */
  add(ref: OrderRef, fact: Fact): boolean
  /** Adds a plain text exchanged with `peer`; false when it is known already. */
  addText(peer: Pubkey, text: ConversationText): boolean
  order(key: OrderKey): OrderState | null
  /** Every placed order, newest first. */
  orders(): readonly OrderState[]
  record(key: OrderKey): OrderRecord | null
  conversation(peer: Pubkey): Conversation
  /** One a peer, by key. */
  conversations(): readonly Conversation[]
  /** By order key. */
  unmatched(): readonly UnmatchedMessages[]
}

interface Entry {
  readonly ref: OrderRef
  readonly facts: Map<string, Fact>
  /** Without what plain texts add; null when it must be folded anew. */
  folded: OrderState | null
}

const UNMATCHED =
  'It names an order that you do not have with its sender, so it changes nothing. Do not pay it.'

/** An empty order book. */
export function createOrderBook(): OrderBook {
  const entries = new Map<OrderKey, Entry>()
  const texts = new Map<Pubkey, Map<string, ConversationText>>()

  const fold = (entry: Entry): OrderState =>
    (entry.folded ??= foldOrder(entry.ref, entry.facts.values()))

  const placedWith = (merchant: Pubkey): Entry[] =>
    [...entries.values()].filter((e) => e.ref.merchant === merchant && isPlaced(fold(e)))

  function withRefusals(entry: Entry): OrderState {
    const { merchant, customer } = entry.ref
    const said = [texts.get(merchant), texts.get(customer)].flatMap((t) => [...(t?.values() ?? [])])
    const refusals = said.filter((text) => text.author === merchant)
    if (refusals.length === 0) return fold(entry)
    const rivals = placedWith(merchant).filter((e) => e.ref.customer === customer)
    const extra = refusalFacts(rivals.map(fold), refusals).get(fold(entry))
    return extra ? foldOrder(entry.ref, [...entry.facts.values(), ...extra]) : fold(entry)
  }

  const sortedTexts = (peer: Pubkey): ConversationText[] =>
    [...(texts.get(peer)?.values() ?? [])].sort(
      (a, b) => a.time - b.time || (a.eventId < b.eventId ? -1 : 1),
    )

  return {
    add(ref, fact) {
      const key = orderKey(ref)
      const entry = entries.get(key) ?? { ref, facts: new Map<string, Fact>(), folded: null }
      entries.set(key, entry)
      const known = entry.facts.get(fact.id)
      if (known && !takesPlaceOf(fact, known)) return false
      entry.facts.set(fact.id, fact)
      entry.folded = null
      return true
    },
    addText(peer, text) {
      const known = texts.get(peer) ?? new Map<string, ConversationText>()
      texts.set(peer, known)
      if (known.has(text.eventId)) return false
      known.set(text.eventId, text)
      return true
    },
    order(key) {
      const entry = entries.get(key)
      return entry && isPlaced(fold(entry)) ? withRefusals(entry) : null
    },
    orders() {
      return [...entries.values()]
        .filter((entry) => isPlaced(fold(entry)))
        .map(withRefusals)
        .sort((a, b) => b.placedAt - a.placedAt || (orderKey(a) < orderKey(b) ? -1 : 1))
    },
    record(key) {
      const entry = entries.get(key)
      return entry ? { ref: entry.ref, facts: [...entry.facts.values()] } : null
    },
    conversation: (peer) => ({ peer, texts: sortedTexts(peer) }),
    conversations: () =>
      [...texts.keys()].sort().map((peer) => ({ peer, texts: sortedTexts(peer) })),
    unmatched() {
      return [...entries]
        .filter(([, entry]) => !isPlaced(fold(entry)))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { ref, facts }]) => ({ ref, facts: sortFacts(facts.values()), reason: UNMATCHED }))
    },
  }
}
