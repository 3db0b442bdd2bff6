/** Finds few candidates for a filter, so that a query need not look at every stored event. */
import type { VerifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import { tagConditions } from './filters'

const kindKey = (kind: number): string => `kind ${kind}`
const authorKey = (pubkey: string): string => `author ${pubkey}`
const tagKey = (letter: string, value: string): string => `tag ${letter} ${value}`

function keysOf(event: VerifiedEvent): Set<string> {
  const keys = new Set([kindKey(event.kind), authorKey(event.pubkey)])
  for (const [name, value] of event.tags) {
    if (name?.length === 1) keys.add(tagKey(name, value ?? ''))
  }
  return keys
}

/** Each condition of a filter as the index keys of which an event must have one. */
function conditionsOf(filter: Filter): string[][] {
  const conditions = tagConditions(filter).map(([letter, values]) =>
    values.map((value) => tagKey(letter, value)),
  )
  if (filter.authors) conditions.push(filter.authors.map(authorKey))
  if (filter.kinds) conditions.push(filter.kinds.map(kindKey))
  return conditions
}

export class EventIndex {
  readonly #byId = new Map<string, VerifiedEvent>()
  readonly #byKey = new Map<string, Set<VerifiedEvent>>()

  get(id: string): VerifiedEvent | undefined {
    return this.#byId.get(id)
  }

  all(): readonly VerifiedEvent[] {
    return [...this.#byId.values()]
  }

  add(event: VerifiedEvent): void {
    this.#byId.set(event.id, event)
    for (const key of keysOf(event)) {
      const events = this.#byKey.get(key)
      if (events) events.add(event)
      else this.#byKey.set(key, new Set([event]))
    }
  }

  remove(event: VerifiedEvent): void {
    this.#byId.delete(event.id)
    for (const key of keysOf(event)) {
      const events = this.#byKey.get(key)
      events?.delete(event)
      if (events?.size === 0) this.#byKey.delete(key)
    }
  }

  /** A superset of what the filter matches: the events of its narrowest condition. */
  candidates(filter: Filter): Iterable<VerifiedEvent> {
    if (filter.ids) return this.#withIds(filter.ids)
    const [narrowest] = conditionsOf(filter)
      .map((keys) => keys.flatMap((key) => this.#byKey.get(key) ?? []))
      .map((sets) => ({ sets, size: sets.reduce((sum, set) => sum + set.size, 0) }))
      .sort((a, b) => a.size - b.size)
    if (!narrowest) return this.#byId.values()
    return new Set(narrowest.sets.flatMap((set) => [...set]))
  }

  #withIds(ids: readonly string[]): Iterable<VerifiedEvent> {
    return new Set(ids.flatMap((id) => this.#byId.get(id) ?? []))
  }
}
