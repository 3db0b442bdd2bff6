/** The one order of facts that every device agrees on. */
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

/**
 * The facts of both, once each: the same set whichever comes first. Answers with its first argument
 * itself when the second adds nothing.
 */
export function unionOfFacts(present: readonly Fact[], more: readonly Fact[]): readonly Fact[] {
  const byId = new Map(present.map((fact) => [fact.id, fact]))
  let isPresent = byId.size === present.length
  for (const fact of more) {
    const known = byId.get(fact.id)
    if (known && !takesPlaceOf(fact, known)) continue
    byId.set(fact.id, fact)
    isPresent = false
  }
  return isPresent ? present : [...byId.values()]
}

/** The facts once each, sorted by time, then nature, then id. */
export function sortFacts(facts: Iterable<Fact>): readonly Fact[] {
  const byId = new Map<string, Fact>()
  for (const fact of facts) {
    const known = byId.get(fact.id)
    if (!known || takesPlaceOf(fact, known)) byId.set(fact.id, fact)
  }
  return [...byId.values()].sort(byTime)
}
