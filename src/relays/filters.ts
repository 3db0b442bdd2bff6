/** Filters (NIP-01): our own matching, since relays may push anything, and what to ask after a gap. */
import type { UnverifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'

const has = <T>(list: readonly T[] | undefined, value: T): boolean => !list || list.includes(value)

function hasTags(filter: Filter, event: UnverifiedEvent): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    if (!key.startsWith('#') || !Array.isArray(wanted)) return true
    return event.tags.some((tag) => tag[0] === key.slice(1) && wanted.includes(tag[1]))
  })
}

/** Whether an event answers a filter. `search` is the relay's own judgement and not repeated. */
export function matchesFilter(filter: Filter, event: UnverifiedEvent): boolean {
  return (
    has(filter.ids, event.id) &&
    has(filter.authors, event.pubkey) &&
    has(filter.kinds, event.kind) &&
    event.created_at >= (filter.since ?? -Infinity) &&
    event.created_at <= (filter.until ?? Infinity) &&
    hasTags(filter, event)
  )
}

/** Gift wraps (NIP-59) carry dates up to two days old. */
const BACKDATED_KIND = 1059
const BACKDATED_SECONDS = 2 * 86_400

function resume(filter: Filter, receivedAt: number, overlap: number): Filter {
  const backdated = !filter.kinds || filter.kinds.includes(BACKDATED_KIND)
  const cursor = receivedAt - overlap - (backdated ? BACKDATED_SECONDS : 0)
  return { ...filter, limit: undefined, since: Math.max(0, filter.since ?? 0, cursor) }
}

/**
 * What to ask of a relay that had sent everything up to `receivedAt` (local unix seconds). A limit
 * was about the stored events; whatever came during the gap is wanted in full.
 */
export function resumeFilters(
  filters: readonly Filter[],
  receivedAt: number,
  overlap: number,
): Filter[] {
  return filters
    .map((filter) => resume(filter, receivedAt, overlap))
    .filter(({ since = 0, until = Infinity }) => since <= until)
}
