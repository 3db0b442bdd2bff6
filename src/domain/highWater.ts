/** What is remembered of the catalogue between visits, so that no relay can serve what is outdated as new. */
import { supersedes, type CatalogueFact, type Version } from './catalogue'
import { isAhead } from './dates'
import { addressOf, type Address, type EventId, type Pubkey } from './ids'

/** One thing to remember, under a name of its own. */
export type Mark =
  | {
      readonly name: string
      readonly type: 'seen'
      readonly address: Address
      readonly version: Version
    }
  | {
      readonly name: string
      readonly type: 'deleted-event'
      readonly author: Pubkey
      readonly eventId: EventId
    }
  | {
      readonly name: string
      readonly type: 'deleted-address'
      readonly author: Pubkey
      readonly address: Address
      readonly time: number
    }

/** Keeps marks on this device, apart from any cache. Never rejects. */
export interface HighWaterMarks {
  read(): Promise<readonly Mark[]>
  /** Keeps those that are higher than what is kept. */
  raise(marks: readonly Mark[]): Promise<void>
}

/** A version of something replaceable that was seen. */
export const seenMark = (address: Address, { eventId, publishedAt }: Version): Mark => ({
  name: `seen:${address}`,
  type: 'seen',
  address,
  version: { eventId, publishedAt },
})

function markOfVersion(fact: CatalogueFact): Mark | null {
  switch (fact.type) {
    case 'stall':
      return seenMark(fact.stall.address, fact.stall)
    case 'product':
      return seenMark(fact.product.address, fact.product)
    case 'profile':
      return seenMark(addressOf(0, fact.profile.pubkey, ''), fact.profile)
    default:
      return null
  }
}

/**
 * What a fact leaves to be remembered. What is dated far ahead leaves nothing but the events that it
 * deletes.
 *
 * @param now unix seconds
 */
export function marksOf(fact: CatalogueFact, now: number): Mark[] {
  const seen = markOfVersion(fact)
  if (seen?.type === 'seen') return isAhead(seen.version.publishedAt, now) ? [] : [seen]
  if (fact.type !== 'deletion') return []
  const { author, eventIds, addresses, time } = fact.deletion
  const events = eventIds.map((eventId): Mark => ({
    name: `gone:${author}:${eventId}`,
    type: 'deleted-event',
    author,
    eventId,
  }))
  if (isAhead(time, now)) return events
  const places = addresses.map((address): Mark => ({
    name: `end:${author}:${address}`,
    type: 'deleted-address',
    author,
    address,
    time,
  }))
  return [...events, ...places]
}

/** What a mark says to a catalogue. */
export function factOf(mark: Mark): CatalogueFact {
  if (mark.type === 'seen') return { type: 'seen', address: mark.address, version: mark.version }
  const { author } = mark
  const named =
    mark.type === 'deleted-event'
      ? { eventIds: [mark.eventId], addresses: [], time: 0 }
      : { eventIds: [], addresses: [mark.address], time: mark.time }
  return { type: 'deletion', deletion: { author, ...named } }
}

/** True when `mark` says more than `known`, which has the same name. Marks hold believed dates only. */
export function isHigher(mark: Mark, known: Mark | undefined): boolean {
  if (!known) return true
  if (mark.type === 'seen' && known.type === 'seen') {
    return (
      supersedes(mark.version, known.version, Infinity) &&
      mark.version.eventId !== known.version.eventId
    )
  }
  return (
    mark.type === 'deleted-address' && known.type === 'deleted-address' && mark.time > known.time
  )
}
