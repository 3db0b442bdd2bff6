/** Reads the filters of a request (NIP-01, NIP-50) and says which events they match. */
import { isHex64 } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'

const TAG_KEY = /^#[a-zA-Z]$/
/** Extensions of NIP-50 that this relay does not serve and therefore leaves out of the words. */
const SEARCH_EXTENSION = /^(include|domain|language|sentiment|nsfw):/

const isText = (value: unknown): boolean => typeof value === 'string'
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isListOf = (check: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(check)

const CHECKS: Record<string, [check: (value: unknown) => boolean, wanted: string]> = {
  ids: [isListOf(isHex64), 'a list of 64 lowercase hex characters each'],
  authors: [isListOf(isHex64), 'a list of 64 lowercase hex characters each'],
  kinds: [isListOf(isCount), 'a list of whole numbers'],
  since: [Number.isSafeInteger, 'a date in seconds'],
  until: [Number.isSafeInteger, 'a date in seconds'],
  limit: [isCount, 'a whole number'],
  search: [isText, 'a text'],
}

function problemOf(key: string, value: unknown): string | null {
  if (key.startsWith('#')) {
    if (!TAG_KEY.test(key)) return `${key}: only tags of one letter can be asked for`
    return isListOf(isText)(value) ? null : `${key} must be a list of texts`
  }
  const [check, wanted] = CHECKS[key] ?? []
  return check && !check(value) ? `${key} must be ${wanted}` : null
}

/** Checks one filter; keys that NIP-01 does not know are ignored. */
function parseFilter(raw: unknown): Result<Filter> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return fail('a filter must be an object')
  }
  for (const [key, value] of Object.entries(raw)) {
    const problem = problemOf(key, value)
    if (problem) return fail(problem)
  }
  return ok(raw as Filter)
}

/** Checks the filters of one request; one bad filter refuses all of them. */
export function parseFilters(raw: readonly unknown[]): Result<readonly Filter[]> {
  if (raw.length === 0) return fail('a request needs at least one filter')
  const filters: Filter[] = []
  for (const item of raw) {
    const parsed = parseFilter(item)
    if (!parsed.ok) return parsed
    filters.push(parsed.value)
  }
  return ok(filters)
}

/** The tag conditions of a filter as letter and wanted values. */
export const tagConditions = (filter: Filter): [letter: string, values: readonly string[]][] =>
  Object.keys(filter)
    .filter((key) => key.startsWith('#'))
    .map((key) => [key.slice(1), filter[key as `#${string}`] ?? []])

function matchesTags(filter: Filter, event: VerifiedEvent): boolean {
  return tagConditions(filter).every(([letter, values]) =>
    event.tags.some(([name, value]) => name === letter && values.includes(value ?? '')),
  )
}

function matchesSearch(search: string | undefined, content: string): boolean {
  if (!search) return true
  const text = content.toLowerCase()
  const words = search.toLowerCase().split(/\s+/)
  return words.every((word) => SEARCH_EXTENSION.test(word) || text.includes(word))
}

/** True if the event meets every condition of the filter. The limit plays no part here. */
export function matchesFilter(filter: Filter, event: VerifiedEvent): boolean {
  if (filter.ids && !filter.ids.includes(event.id)) return false
  if (filter.kinds && !filter.kinds.includes(event.kind)) return false
  if (filter.authors && !filter.authors.includes(event.pubkey)) return false
  if (filter.since !== undefined && event.created_at < filter.since) return false
  if (filter.until !== undefined && event.created_at > filter.until) return false
  return matchesTags(filter, event) && matchesSearch(filter.search, event.content)
}
