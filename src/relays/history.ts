/** Reads a filter's past page by page, since relays cap their answers without saying so. */
import type { UnverifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import { matchesFilter } from './filters'

/** Answers smaller than this are taken as whole: no relay is known to cap lower. */
const SMALLEST_CAP = 5
const MAX_PAGES = 1_000
/** Asked for where a second holds more than an answer: some relays send more when asked for more. */
const LARGE_PAGE = 5_000
/** Such seconds are asked for in at most so many parts, all together. */
const MAX_PARTS = 100
const MAX_PEOPLE = 20_000
/** So many authors or addressees are named in one filter. */
const MAX_NAMES = 500

/** What one relay's answers held for one filter; genuine events only. */
export interface Tally {
  readonly filter: Filter
  readonly seen: Set<string>
  /** Who is known to write or to be written to, at any relay that is asked the same. */
  readonly people: Set<string>
  oldest: number
  /** The most that one answer held. */
  largest: number
  /** Of the answer being read. */
  page: { total: number; fresh: number; oldest: number; newest: number }
}

const emptyPage = () => ({ total: 0, fresh: 0, oldest: Infinity, newest: -Infinity })

export const createTally = (filter: Filter, people = new Set<string>()): Tally => ({
  filter,
  seen: new Set(),
  people,
  oldest: Infinity,
  largest: 0,
  page: emptyPage(),
})

function meet(people: Set<string>, { pubkey, tags }: UnverifiedEvent): void {
  if (people.size > MAX_PEOPLE) return
  people.add(pubkey)
  for (const [name, value] of tags) if (name === 'p' && value) people.add(value)
}

/** Notes a genuine event of the answer being read, if the filter asks for it; true if it is new. */
export function note(tally: Tally, event: UnverifiedEvent): boolean {
  if (!matchesFilter(tally.filter, event)) return false
  const { page } = tally
  page.total++
  page.oldest = Math.min(page.oldest, event.created_at)
  page.newest = Math.max(page.newest, event.created_at)
  tally.largest = Math.max(tally.largest, page.total)
  if (tally.seen.has(event.id)) return false
  tally.seen.add(event.id)
  meet(tally.people, event)
  tally.oldest = Math.min(tally.oldest, event.created_at)
  page.fresh++
  return true
}

/** A limit, ids or a search say themselves how much is wanted. */
export const canPage = ({ limit, ids, search }: Filter): boolean =>
  limit === undefined && ids === undefined && search === undefined

/** A relay may cap each filter or the whole answer, so it is the sum that tells. */
export const looksCapped = (tallies: readonly Tally[]): boolean =>
  tallies.reduce((sum, { page }) => sum + page.total, 0) >= SMALLEST_CAP

/** Asks for a page, which is noted in the tally; false when the relay did not serve it. */
type Ask = (filter: Filter) => Promise<boolean>

function askInto(tally: Tally, ask: Ask, filter: Filter): Promise<boolean> {
  tally.page = emptyPage()
  return ask(filter)
}

/**
 * By what one second is asked for in parts: by author, or by addressee where there is one author.
 * Only a filter that names its authors says for sure that there are no others.
 */
function partsOf({ filter, people }: Tally): { field: string; names: string[]; sure: boolean } {
  const { authors } = filter
  if (authors && authors.length > 1) return { field: 'authors', names: [...authors], sure: true }
  const names = authors && filter['#p'] ? [] : [...people]
  return { field: authors ? '#p' : 'authors', names, sure: false }
}

/** Names in parts of at most `size`. */
function inParts(names: readonly string[], size = MAX_NAMES): string[][] {
  return names.length > 0 ? [names.slice(0, size), ...inParts(names.slice(size), size)] : []
}

/** A second of which an answer may not have held all. */
interface CrowdedSecond {
  readonly second: number
  /** So many events were in that answer. */
  readonly cap: number
}

/** Reads the rest of a crowded second. False: there may be more. */
async function readSecond(
  tally: Tally,
  { second, cap }: CrowdedSecond,
  ask: Ask,
): Promise<boolean> {
  const moment = { ...tally.filter, since: second, until: second }
  if (!(await askInto(tally, ask, { ...moment, limit: LARGE_PAGE }))) return false
  const { field, names, sure } = partsOf(tally)
  const parts = inParts(names)
  let whole = sure
  while (parts.length > 0) {
    const part = parts.pop() ?? []
    if (!(await askInto(tally, ask, { ...moment, [field]: part }))) return false
    if (tally.page.total < cap) continue
    if (part.length > 1) parts.push(...inParts(part, Math.ceil(part.length / 2)))
    else whole = false
  }
  return whole
}

/** The same asking, so many times at most. */
function atMost(times: number, ask: Ask): Ask {
  let left = times
  return async (filter) => left-- > 0 && (await ask(filter))
}

/** Asks for older and older events until a page brings nothing new. False: there may be more. */
async function readPages(tally: Tally, ask: Ask, crowded: CrowdedSecond[]): Promise<boolean> {
  let until = tally.oldest
  for (let i = 0; i < MAX_PAGES; i++) {
    if (until < (tally.filter.since ?? -Infinity)) return true
    const older = until === Infinity ? tally.filter : { ...tally.filter, until }
    if (!(await askInto(tally, ask, older))) return false
    const { fresh, total, newest } = tally.page
    if (fresh > 0) {
      until = Math.min(until, tally.page.oldest)
      continue
    }
    // A relay that ignores `until` begins anew each time.
    if (total < SMALLEST_CAP || newest > until) return true
    // Nothing new although there may be: the second is whole, or a page is too small for it.
    if (total >= tally.largest) crowded.push({ second: until, cap: total })
    until--
  }
  return false
}

/**
 * How much of a filter's past was read: `all`; all but what a second holds beyond an answer, as far as
 * can be known (`crowded`); or the reading was cut short (`broken`).
 */
export type ReadBack = 'all' | 'crowded' | 'broken'

export async function readBack(tally: Tally, ask: Ask): Promise<ReadBack> {
  const crowded: CrowdedSecond[] = []
  if (!(await readPages(tally, ask, crowded))) return 'broken'
  const askPart = atMost(MAX_PARTS, ask)
  let whole = true
  // At the end, when all are known by whom such a second can be asked for in parts.
  for (const second of crowded) whole = (await readSecond(tally, second, askPart)) && whole
  return whole ? 'all' : 'crowded'
}
