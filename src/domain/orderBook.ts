/** All orders and conversations of one identity: collects facts, folds them, tells what is unmatched. */
import { isRefusal, refusalFacts, type Conversation, type ConversationText } from './conversation'
import { believedFrom, isAhead } from './dates'
import { sortFacts, takesPlaceOf } from './factOrder'
import { orderKey, type OrderKey, type OrderRef, type Pubkey } from './ids'
import type { Fact, OrderState } from './order'
import { foldOrder, isPlaced } from './orderFold'
import { createUnmatchedRoom } from './unmatchedRoom'

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
  /** True for an order that somebody placed. */
  has(key: OrderKey): boolean
  /** Every placed order, newest first. */
  orders(): readonly OrderState[]
  record(key: OrderKey): OrderRecord | null
  conversation(peer: Pubkey): Conversation
  /** One a peer, by key. */
  conversations(): readonly Conversation[]
  /** By order key. */
  unmatched(): readonly UnmatchedMessages[]
  /** How many unmatched messages of each sender there was no room for. */
  leftOut(): ReadonlyMap<Pubkey, number>
}

export interface OrderBookOptions {
  /** Unix seconds. Without it every date is believed. */
  readonly now?: () => number
  /** True for parties of a trade: what strangers send makes room for their messages. */
  readonly isTrusted?: (sender: Pubkey) => boolean
  /** True for the identity's own key, whose messages never make room for others. */
  readonly isOwn?: (sender: Pubkey) => boolean
  /** A message of an order that nobody placed was left out for want of room. */
  readonly onLeftOut?: (fact: Fact) => void
}

interface Entry {
  readonly ref: OrderRef
  readonly facts: Map<string, Fact>
  /** Without what plain texts add; null when it must be folded anew. */
  folded: OrderState | null
  /** Unix seconds from which on another date among its facts is believed; null without such. */
  foldedUntil: number | null
  isPlaced: boolean
}

/** What plain texts add to the orders of two parties. */
type Refusals = ReturnType<typeof refusalFacts>

const newEntry = (ref: OrderRef): Entry => ({
  ref,
  facts: new Map(),
  folded: null,
  foldedUntil: null,
  isPlaced: false,
})

const UNMATCHED =
  'It names an order that you do not have with its sender, so it changes nothing. Do not pay it.'

/** An empty order book. */
export function createOrderBook(options: OrderBookOptions = {}): OrderBook {
  const { now = () => Infinity, isTrusted = () => false, isOwn = () => false } = options
  const entries = new Map<OrderKey, Entry>()
  const texts = new Map<Pubkey, Map<string, ConversationText>>()
  const room = createUnmatchedRoom({ now, isTrusted, isOwn })

  function fold(entry: Entry): OrderState {
    const time = now()
    if (entry.folded && (entry.foldedUntil === null || time < entry.foldedUntil))
      return entry.folded
    const ahead = [...entry.facts.values()].filter((fact) => isAhead(fact.time, time))
    entry.foldedUntil =
      ahead.length > 0 ? Math.min(...ahead.map((fact) => believedFrom(fact.time))) : null
    return (entry.folded = foldOrder(entry.ref, entry.facts.values(), time))
  }

  /** Holds what belongs to no order within bounds. */
  function makeRoom(key: OrderKey, entry: Entry, fact: Fact): void {
    if (entry.isPlaced) return
    entry.isPlaced = isPlaced(fold(entry))
    if (entry.isPlaced) return room.release(entry.facts.keys())
    for (const { key: from, factId } of room.add(key, fact)) {
      const other = entries.get(from)
      const gone = other?.facts.get(factId)
      if (!other || !gone) continue
      other.facts.delete(factId)
      other.folded = null
      if (other.facts.size === 0) entries.delete(from)
      options.onLeftOut?.(gone)
    }
  }

  /** An order from the future is not on top of the list. */
  const comesLater = ({ placedAt }: OrderState): number => Number(isAhead(placedAt, now()))

  const placedWith = (merchant: Pubkey): Entry[] =>
    [...entries.values()].filter((e) => e.ref.merchant === merchant && isPlaced(fold(e)))

  function refusalsIn({ merchant, customer }: OrderRef): Refusals {
    const said = [texts.get(merchant), texts.get(customer)].flatMap((t) => [...(t?.values() ?? [])])
    const refusals = said.filter(({ author, text }) => author === merchant && isRefusal(text))
    if (refusals.length === 0) return new Map()
    const rivals = placedWith(merchant).filter((e) => e.ref.customer === customer)
    return refusalFacts(rivals.map(fold), refusals)
  }

  function withRefusals(entry: Entry, refusals = refusalsIn(entry.ref)): OrderState {
    const extra = refusals.get(fold(entry))
    return extra ? foldOrder(entry.ref, [...entry.facts.values(), ...extra], now()) : fold(entry)
  }

  /** What two parties said to each other is gone through once for all of their orders. */
  function allWithRefusals(placed: readonly Entry[]): OrderState[] {
    const pairs = new Map<string, Refusals>()
    return placed.map((entry) => {
      const pair = `${entry.ref.merchant}:${entry.ref.customer}`
      const refusals = pairs.get(pair) ?? refusalsIn(entry.ref)
      pairs.set(pair, refusals)
      return withRefusals(entry, refusals)
    })
  }

  const sortedTexts = (peer: Pubkey): ConversationText[] =>
    [...(texts.get(peer)?.values() ?? [])].sort(
      (a, b) => a.time - b.time || (a.eventId < b.eventId ? -1 : 1),
    )

  return {
    add(ref, fact) {
      const key = orderKey(ref)
      const entry = entries.get(key) ?? newEntry(ref)
      entries.set(key, entry)
      const known = entry.facts.get(fact.id)
      if (known && !takesPlaceOf(fact, known)) return false
      entry.facts.set(fact.id, fact)
      entry.folded = null
      makeRoom(key, entry, fact)
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
    has(key) {
      const entry = entries.get(key)
      return entry !== undefined && isPlaced(fold(entry))
    },
    orders() {
      return allWithRefusals([...entries.values()].filter((entry) => isPlaced(fold(entry)))).sort(
        (a, b) =>
          comesLater(a) - comesLater(b) ||
          b.placedAt - a.placedAt ||
          (orderKey(a) < orderKey(b) ? -1 : 1),
      )
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
    leftOut: room.leftOut,
  }
}
