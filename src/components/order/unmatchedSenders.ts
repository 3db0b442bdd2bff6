/** Messages that belong to no order, by who sent them: how many of each kind, and what is not held. */
import type { Pubkey } from '@/domain/ids'
import type { Fact, FactType } from '@/domain/order'
import type { UnmatchedMessages } from '@/domain/orderBook'

export interface UnmatchedRow {
  readonly id: string
  readonly time: number
  readonly claim: string
  readonly reason: string
}

export interface UnmatchedSender {
  readonly sender: Pubkey
  /** Newest first. */
  readonly rows: readonly UnmatchedRow[]
  /** Messages that there was no room for. */
  readonly leftOut: number
}

const CLAIMS: Partial<Record<FactType, string>> = {
  placed: 'An order',
  'payment-requested': 'A request for payment',
  'cannot-be-processed': 'A message that an order cannot be processed',
  'cannot-be-fulfilled': 'A message that an order cannot be fulfilled',
  'status-reported': 'A report on an order',
}

const authorOf = ({ source }: Fact): Pubkey | null =>
  source.kind === 'message' ? source.author : null

const rowOf = (fact: Fact, reason: string): UnmatchedRow => ({
  id: fact.id,
  time: fact.time,
  claim: CLAIMS[fact.type] ?? 'A message',
  reason,
})

const newestOf = ({ rows }: UnmatchedSender): number => rows[0]?.time ?? 0

/** Whoever wrote last comes first. */
export function bySender(
  unmatched: readonly UnmatchedMessages[],
  leftOut: ReadonlyMap<Pubkey, number>,
): readonly UnmatchedSender[] {
  const rows = new Map<Pubkey, UnmatchedRow[]>([...leftOut.keys()].map((sender) => [sender, []]))
  for (const { facts, reason } of unmatched) {
    for (const fact of facts) {
      const sender = authorOf(fact)
      if (sender) rows.set(sender, [...(rows.get(sender) ?? []), rowOf(fact, reason)])
    }
  }
  return [...rows]
    .map(([sender, list]) => ({
      sender,
      rows: list.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1)),
      leftOut: leftOut.get(sender) ?? 0,
    }))
    .sort((a, b) => newestOf(b) - newestOf(a) || (a.sender < b.sender ? -1 : 1))
}

const messages = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`

/** How many messages of a sender there are, and how many of them are not listed. */
export function countWords({ rows, leftOut }: UnmatchedSender, listed: number): string {
  const all = rows.length + leftOut
  if (listed === all) return messages(all)
  return listed === 0
    ? `${messages(all)}, none is listed`
    : `${messages(all)}, the newest ${listed} are listed`
}
