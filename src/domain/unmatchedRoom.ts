/** How many messages of orders that nobody placed are held: the newest of each sender, and of all. */
import type { OrderKey, Pubkey } from './ids'
import type { Fact } from './order'

/** Of a sender with whom there is no trade, and of one with whom there is. */
const PER_STRANGER = 50
const PER_PARTY = 3_000
/** Of all senders together. */
const IN_ALL = 5_000

interface Held {
  readonly factId: string
  readonly key: OrderKey
  readonly time: number
}

export interface UnmatchedRoom {
  /** Takes a message in; returns what had to leave for it, which may be the message itself. */
  add(key: OrderKey, fact: Fact): readonly Pick<Held, 'factId' | 'key'>[]
  /** These belong to an order now. */
  release(factIds: Iterable<string>): void
  /** How many messages of each sender had to leave. */
  leftOut(): ReadonlyMap<Pubkey, number>
}

interface Options {
  /** Unix seconds: a message from the future must not stay for ever. */
  readonly now: () => number
  /** True for parties of a trade: strangers leave before them. */
  readonly isTrusted: (sender: Pubkey) => boolean
  /** True for whose room it is: a merchant's answers are read before the orders that they answer. */
  readonly isOwn: (sender: Pubkey) => boolean
}

/** An empty room. Facts without an author are this client's own and never have to leave. */
export function createUnmatchedRoom({ now, isTrusted, isOwn }: Options): UnmatchedRoom {
  const bySender = new Map<Pubkey, Map<string, Held>>()
  const senders = new Map<string, Pubkey>()
  const left = new Map<Pubkey, number>()

  function drop(sender: Pubkey): Held[] {
    const held = [...(bySender.get(sender)?.values() ?? [])]
    const oldest = held.reduce<Held | null>((a, b) => (a && a.time <= b.time ? a : b), null)
    if (!oldest) return []
    remove(oldest.factId)
    left.set(sender, (left.get(sender) ?? 0) + 1)
    return [oldest]
  }

  function remove(factId: string): void {
    const sender = senders.get(factId)
    if (!sender) return
    senders.delete(factId)
    const held = bySender.get(sender)
    held?.delete(factId)
    if (held?.size === 0) bySender.delete(sender)
  }

  /** The stranger who sent most; without strangers, whoever sent most. */
  function loudest(): Pubkey | null {
    let found: { sender: Pubkey; count: number; trusted: boolean } | null = null
    for (const [sender, { size: count }] of bySender) {
      const trusted = isTrusted(sender)
      const louder = !found || (trusted === found.trusted ? count > found.count : found.trusted)
      if (louder) found = { sender, count, trusted }
    }
    return found?.sender ?? null
  }

  return {
    add(key, fact) {
      if (fact.source.kind !== 'message' || isOwn(fact.source.author)) return []
      const sender = fact.source.author
      const held = bySender.get(sender) ?? new Map<string, Held>()
      bySender.set(sender, held)
      held.set(fact.id, { factId: fact.id, key, time: Math.min(fact.time, now()) })
      senders.set(fact.id, sender)
      if (held.size > (isTrusted(sender) ? PER_PARTY : PER_STRANGER)) return drop(sender)
      const whose = senders.size > IN_ALL ? loudest() : null
      return whose ? drop(whose) : []
    },
    release(factIds) {
      for (const id of factIds) remove(id)
    },
    leftOut: () => left,
  }
}
