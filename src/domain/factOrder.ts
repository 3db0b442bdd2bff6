/** The one order of facts that every device agrees on. */
import { isAhead } from './dates'
import type { Fact } from './order'

/** Which of two facts of the same second comes first. */
function natureRank(fact: Fact): number {
  switch (fact.type) {
    case 'intended':
      return 0
    case 'placed':
      return 1
    case 'signed':
    case 'withdrawn':
    case 'priced':
    case 'accepted-by-relay':
    case 'refused-by-relay':
    case 'invoice-intended':
      return 2
    case 'payment-requested':
    case 'cannot-be-processed':
      return 3
    case 'sent-again':
    case 'amount-consented':
    case 'payment-attempted':
    case 'payment-claimed':
    case 'payment-proved':
      return 4
    case 'status-reported':
      return fact.shipped === true ? 6 : 5
    case 'cannot-be-fulfilled':
    case 'noted':
      return 7
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const byTime = (a: Fact, b: Fact): number =>
  a.time - b.time || natureRank(a) - natureRank(b) || compareTexts(a.id, b.id)

/** The same text for equal facts, whatever the order of their fields. */
const canonical = (fact: Fact): string =>
  JSON.stringify(fact, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareTexts(a, b)))
      : value,
  )

/**
 * True when `fact` is to be kept instead of `known`, which has the same id. Messages with equal ids
 * are equal; of what two tabs noted under one id the earlier note counts, whichever arrives first.
 */
export function takesPlaceOf(fact: Fact, known: Fact): boolean {
  if (fact === known) return false
  return (byTime(fact, known) || compareTexts(canonical(fact), canonical(known))) < 0
}

/** Answers whether the fact was new, or earlier than the known one with its id. */
function keepEarlier(byId: Map<string, Fact>, fact: Fact): boolean {
  const known = byId.get(fact.id)
  if (known && !takesPlaceOf(fact, known)) return false
  byId.set(fact.id, fact)
  return true
}

function earliestById(facts: Iterable<Fact>): Map<string, Fact> {
  const byId = new Map<string, Fact>()
  for (const fact of facts) keepEarlier(byId, fact)
  return byId
}

/**
 * The facts of both, once each: the same set whichever comes first. Answers with its first argument
 * itself when the second adds nothing.
 */
export function unionOfFacts(present: readonly Fact[], more: readonly Fact[]): readonly Fact[] {
  const byId = earliestById(present)
  const before = byId.size === present.length ? present : null
  let isNews = false
  for (const fact of more) isNews = keepEarlier(byId, fact) || isNews
  return before && !isNews ? before : [...byId.values()]
}

/**
 * Where a message belongs whose date cannot be believed: an order after all others that came under
 * its id, anything else before all others, so that it is never the newest.
 */
function place(fact: Fact, now: number): number {
  if (fact.source.kind !== 'message' || !isAhead(fact.time, now)) return 0
  return fact.type === 'placed' ? 1 : -1
}

/**
 * The facts once each, sorted by time, then nature, then id.
 *
 * @param now unix seconds: messages dated far ahead of it are not put in order by their date
 */
export function sortFacts(facts: Iterable<Fact>, now = Infinity): readonly Fact[] {
  const byId = new Map<string, Fact>()
  for (const fact of facts) {
    const known = byId.get(fact.id)
    if (!known || takesPlaceOf(fact, known)) byId.set(fact.id, fact)
  }
  return [...byId.values()].sort((a, b) => place(a, now) - place(b, now) || byTime(a, b))
}
