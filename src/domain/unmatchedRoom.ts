/** How much of orders that nobody placed is held: the newest messages of each sender, and of all. */
import type { OrderKey, Pubkey } from './ids'
import type { Fact } from './order'

/** Of a sender with whom there is no trade, and of one with whom there is. */
const PER_STRANGER = 50
const PER_PARTY = 3_000
/** Of all senders together. */
const IN_ALL = 5_000
/** Characters of all messages together. */
const SIZE_IN_ALL = 16_000_000

interface Held {
  readonly factId: string
  readonly key: OrderKey
  readonly time: number
  /** Characters. */
  readonly size: number
}

interface Shelf {
  readonly messages: Map<string, Held>
  /** Characters of all of them. */
  size: number
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

const sizeOf = (fact: Fact): number => JSON.stringify(fact).length

/** An empty room. Facts without an author are this client's own and never have to leave. */
export function createUnmatchedRoom({ now, isTrusted, isOwn }: Options): UnmatchedRoom {
  const bySender = new Map<Pubkey, Shelf>()
  const senders = new Map<string, Pubkey>()
  const left = new Map<Pubkey, number>()
  let size = 0

  function drop(sender: Pubkey): Held[] {
    const held = [...(bySender.get(sender)?.messages.values() ?? [])]
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
    const shelf = bySender.get(sender)
    const held = shelf?.messages.get(factId)
    if (!shelf || !held) return
    shelf.messages.delete(factId)
    shelf.size -= held.size
    size -= held.size
    if (shelf.messages.size === 0) bySender.delete(sender)
  }

  /** The stranger whose messages are longest together; without strangers, whosever are. */
  function loudest(): Pubkey | null {
    let found: { sender: Pubkey; size: number; trusted: boolean } | null = null
    for (const [sender, shelf] of bySender) {
      const trusted = isTrusted(sender)
      const louder = !found || (trusted === found.trusted ? shelf.size > found.size : found.trusted)
      if (louder) found = { sender, size: shelf.size, trusted }
    }
    return found?.sender ?? null
  }

  /** What has to leave after a message of this sender came. */
  function makeRoom(sender: Pubkey): Held[] {
    const count = bySender.get(sender)?.messages.size ?? 0
    const gone = count > (isTrusted(sender) ? PER_PARTY : PER_STRANGER) ? drop(sender) : []
    while (senders.size > IN_ALL || size > SIZE_IN_ALL) {
      const whose = loudest()
      if (whose === null) break
      gone.push(...drop(whose))
    }
    return gone
  }

  return {
    add(key, fact) {
      if (fact.source.kind !== 'message' || isOwn(fact.source.author)) return []
      const sender = fact.source.author
      const shelf = bySender.get(sender) ?? { messages: new Map<string, Held>(), size: 0 }
      const held = { factId: fact.id, key, time: Math.min(fact.time, now()), size: sizeOf(fact) }
      bySender.set(sender, shelf)
      shelf.messages.set(fact.id, held)
      senders.set(fact.id, sender)
      shelf.size += held.size
      size += held.size
      return makeRoom(sender)
    },
    release(factIds) {
      for (const id of factIds) remove(id)
    },
    leftOut: () => left,
  }
}
