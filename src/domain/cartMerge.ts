/** What a cart is after two tabs, or two devices, have changed it: line by line the later change. */
import type { Cart, CartLine, RemovedLine } from './cart'

type Entry = CartLine | RemovedLine

const isLine = (entry: Entry): entry is CartLine => 'quantity' in entry

/** Of the same moment, a line prevails over its removal, and the larger text over the smaller. */
function isLater(entry: Entry, than: Entry): boolean {
  if (entry.changedAt !== than.changedAt) return entry.changedAt > than.changedAt
  if (isLine(entry) !== isLine(than)) return isLine(entry)
  return JSON.stringify(entry) > JSON.stringify(than)
}

const byAddress = (a: Entry, b: Entry): number => (a.productAddress < b.productAddress ? -1 : 1)

/** The last word about each product. The same for every order of the entries. */
export function latestOf(entries: readonly Entry[]): Pick<Cart, 'lines' | 'removed'> {
  const latest = new Map<string, Entry>()
  for (const entry of entries) {
    const known = latest.get(entry.productAddress)
    if (!known || isLater(entry, known)) latest.set(entry.productAddress, entry)
  }
  const all = [...latest.values()].sort(byAddress)
  return {
    lines: all.filter(isLine).sort((a, b) => a.addedAt - b.addedAt),
    removed: all.filter((entry): entry is RemovedLine => !isLine(entry)),
  }
}

const zoneOf = ({ zoneId, zoneChangedAt }: Cart) => ({ zoneId, zoneChangedAt })

function laterZone(one: Cart, other: Cart): Pick<Cart, 'zoneId' | 'zoneChangedAt'> {
  const difference = one.zoneChangedAt - other.zoneChangedAt
  if (difference !== 0) return zoneOf(difference > 0 ? one : other)
  return zoneOf((one.zoneId ?? '') >= (other.zoneId ?? '') ? one : other)
}

/**
 * The union of two states of one stall's cart: commutative, associative and idempotent. Answers
 * with its first argument itself when the second adds nothing.
 */
export function mergeCarts(one: Cart, other: Cart): Cart {
  if (one === other) return one
  const merged: Cart = {
    ...one,
    ...laterZone(one, other),
    updatedAt: Math.max(one.updatedAt, other.updatedAt),
    ...latestOf([...one.lines, ...one.removed, ...other.lines, ...other.removed]),
  }
  return JSON.stringify(merged) === JSON.stringify(one) ? one : merged
}
