/** The relay's memory: what it keeps, replaces, deletes and forgets (NIP-01, NIP-09, NIP-40). */
import { addressOf, parseAddress, type Address } from '@/domain/ids'
import { KIND, newerFirst, tagValue, type VerifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import { EventIndex } from './eventIndex'
import { matchesFilter } from './filters'

/** What to answer about an event, and whether it is news for subscribers. */
export interface Verdict {
  readonly accepted: boolean
  /** The text of the OK message, with its NIP-01 prefix; empty when there is nothing to say. */
  readonly message: string
  readonly fresh: boolean
}

export interface StoreOptions {
  /** Unix seconds. */
  readonly now: () => number
  /** The most events that one filter returns. */
  readonly maxLimit: number
  /** Called before an event is kept; if it throws, the event is not kept. */
  readonly save?: (event: VerifiedEvent) => void
}

const FRESH: Verdict = { accepted: true, message: '', fresh: true }
const known = (why: string): Verdict => ({
  accepted: true,
  message: `duplicate: ${why}`,
  fresh: false,
})
const refused = (message: string): Verdict => ({ accepted: false, message, fresh: false })

const isEphemeral = (kind: number): boolean => kind >= 20_000 && kind < 30_000
const isAddressable = (kind: number): boolean => kind >= 30_000 && kind < 40_000
const isReplaceable = (kind: number): boolean =>
  kind === 0 || kind === 3 || (kind >= 10_000 && kind < 20_000)

/** The place of which an event is one version, or null for an ordinary event. */
function placeOf(event: VerifiedEvent): Address | null {
  if (isAddressable(event.kind)) {
    return addressOf(event.kind, event.pubkey, tagValue(event, 'd') ?? '')
  }
  return isReplaceable(event.kind) ? addressOf(event.kind, event.pubkey, '') : null
}

const valuesOf = (event: VerifiedEvent, name: string): string[] =>
  event.tags.flatMap((tag) => (tag[0] === name && tag[1] !== undefined ? [tag[1]] : []))

export class EventStore {
  readonly #options: StoreOptions
  readonly #index = new EventIndex()
  readonly #newest = new Map<Address, VerifiedEvent>()
  /** `author id` of events that their author has deleted, arrived or not. */
  readonly #deletedIds = new Set<string>()
  /** Up to which date the author has deleted all versions of an address. */
  readonly #deletedUntil = new Map<Address, number>()

  constructor(options: StoreOptions) {
    this.#options = options
  }

  /** Takes in one verified event and says what became of it. Throws if it cannot be saved. */
  receive(event: VerifiedEvent): Verdict {
    const objection = this.#objection(event)
    if (objection) return objection
    if (isEphemeral(event.kind)) return FRESH
    this.#options.save?.(event)
    this.#keep(event)
    if (event.kind === KIND.deletion) this.#applyDeletion(event)
    return FRESH
  }

  /** What the filters match, newest first, each event once, each filter up to its own limit. */
  query(
    filters: readonly Filter[],
    mayRead: (event: VerifiedEvent) => boolean,
  ): readonly VerifiedEvent[] {
    const found = filters.flatMap((filter) => {
      const limit = Math.min(filter.limit ?? Infinity, this.#options.maxLimit)
      return this.#select(filter, mayRead).sort(newerFirst).slice(0, limit)
    })
    return [...new Set(found)].sort(newerFirst)
  }

  /** How many events the filters match, whatever their limits. */
  count(filters: readonly Filter[], mayRead: (event: VerifiedEvent) => boolean): number {
    return new Set(filters.flatMap((filter) => this.#select(filter, mayRead))).size
  }

  all(): readonly VerifiedEvent[] {
    return this.#index.all().filter((event) => !this.#isExpired(event))
  }

  #select(filter: Filter, mayRead: (event: VerifiedEvent) => boolean): VerifiedEvent[] {
    return [...this.#index.candidates(filter)].filter(
      (event) => matchesFilter(filter, event) && !this.#isExpired(event) && mayRead(event),
    )
  }

  #objection(event: VerifiedEvent): Verdict | null {
    if (this.#index.get(event.id)) return known('this event is stored already')
    if (this.#isExpired(event)) return refused('invalid: the event has expired')
    if (this.#isDeleted(event)) return refused('blocked: its author has deleted this event')
    const newest = this.#newestOf(event)
    if (newest && newerFirst(newest, event) < 0) return known('a newer version is stored')
    return null
  }

  #newestOf(event: VerifiedEvent): VerifiedEvent | undefined {
    const place = placeOf(event)
    return place === null ? undefined : this.#newest.get(place)
  }

  #isExpired(event: VerifiedEvent): boolean {
    const expiration = tagValue(event, 'expiration')
    if (expiration === undefined || !/^\d+$/.test(expiration)) return false
    return Number(expiration) <= this.#options.now()
  }

  #isDeleted(event: VerifiedEvent): boolean {
    if (event.kind === KIND.deletion) return false
    const place = placeOf(event)
    const until = place === null ? undefined : this.#deletedUntil.get(place)
    if (until !== undefined && event.created_at <= until) return true
    return this.#deletedIds.has(`${event.pubkey} ${event.id}`)
  }

  #keep(event: VerifiedEvent): void {
    const place = placeOf(event)
    const replaced = this.#newestOf(event)
    if (replaced) this.#index.remove(replaced)
    if (place !== null) this.#newest.set(place, event)
    this.#index.add(event)
  }

  #forget(event: VerifiedEvent): void {
    const place = placeOf(event)
    if (place !== null) this.#newest.delete(place)
    this.#index.remove(event)
  }

  #applyDeletion(deletion: VerifiedEvent): void {
    for (const id of valuesOf(deletion, 'e')) {
      this.#deletedIds.add(`${deletion.pubkey} ${id}`)
      this.#forgetIfDeleted(this.#index.get(id))
    }
    for (const text of valuesOf(deletion, 'a')) this.#deleteAddress(text, deletion)
  }

  #deleteAddress(text: string, deletion: VerifiedEvent): void {
    const address = parseAddress(text)
    if (!address.ok || address.value.pubkey !== deletion.pubkey) return
    const { kind, pubkey, d } = address.value
    const place = addressOf(kind, pubkey, d)
    const before = this.#deletedUntil.get(place) ?? -Infinity
    this.#deletedUntil.set(place, Math.max(before, deletion.created_at))
    this.#forgetIfDeleted(this.#newest.get(place))
  }

  #forgetIfDeleted(event: VerifiedEvent | undefined): void {
    if (event && this.#isDeleted(event)) this.#forget(event)
  }
}
