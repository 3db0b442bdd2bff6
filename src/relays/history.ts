/** Reads a filter's past page by page, since relays cap their answers without saying so. */
import type { UnverifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import { matchesFilter } from './filters'

/** Answers smaller than this are taken as whole: no relay is known to cap lower. */
const SMALLEST_CAP = 20
const MAX_PAGES = 1_000

/** What one relay's answers held for one filter; genuine events only. */
export interface Tally {
  readonly filter: Filter
  readonly seen: Set<string>
  oldest: number
  /** Of the answer being read. */
  page: { total: number; fresh: number; oldest: number }
}

const emptyPage = () => ({ total: 0, fresh: 0, oldest: Infinity })

export const createTally = (filter: Filter): Tally => ({
  filter,
  seen: new Set(),
  oldest: Infinity,
  page: emptyPage(),
})

/** Notes a genuine event of the answer being read, if the filter asks for it. */
export function note(tally: Tally, event: UnverifiedEvent): void {
  if (!matchesFilter(tally.filter, event)) return
  const { page } = tally
  page.total++
  page.oldest = Math.min(page.oldest, event.created_at)
  if (tally.seen.has(event.id)) return
  tally.seen.add(event.id)
  tally.oldest = Math.min(tally.oldest, event.created_at)
  page.fresh++
}

/** A limit, ids or a search say themselves how much is wanted. */
export const canPage = ({ limit, ids, search }: Filter): boolean =>
  limit === undefined && ids === undefined && search === undefined

/** A relay may cap each filter or the whole answer, so it is the sum that tells. */
export const looksCapped = (tallies: readonly Tally[]): boolean =>
  tallies.reduce((sum, { page }) => sum + page.total, 0) >= SMALLEST_CAP

/**
 * Asks for older and older events until a page brings nothing new. `ask` returns once a page was
 * read and noted in the tally, or false when the relay did not serve it. False: there may be more.
 */
export async function readBack(
  tally: Tally,
  ask: (filter: Filter) => Promise<boolean>,
): Promise<boolean> {
  let until = tally.oldest
  for (let i = 0; i < MAX_PAGES; i++) {
    if (until < (tally.filter.since ?? 0)) return true
    tally.page = emptyPage()
    if (!(await ask(until === Infinity ? tally.filter : { ...tally.filter, until }))) return false
    const { fresh, total, oldest } = tally.page
    if (fresh > 0) until = Math.min(until, oldest)
    // A second with more events than a page: the rest of it cannot be had, but what is older can.
    else if (total >= SMALLEST_CAP && oldest === until) until--
    else return true
  }
  return false
}
