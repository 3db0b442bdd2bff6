/** The catalogue: newest stall, product and profile of each address, minus what was deleted. */
import { isAhead } from './dates'
import { addressOf, type Address, type EventId, type Pubkey } from './ids'
import type { Product } from './product'
import type { Stall } from './stall'

/** A merchant's public profile (kind 0). Missing fields are empty. */
export interface Profile {
  readonly pubkey: Pubkey
  readonly name: string
  readonly about: string
  readonly picture: string
  readonly banner: string
  readonly website: string
  readonly nip05: string
  readonly lud16: string
  readonly eventId: EventId
  readonly publishedAt: number
}

/** What a deletion (kind 5) names. It counts only for its author's own events, up to its date. */
export interface Deletion {
  readonly author: Pubkey
  readonly eventIds: readonly EventId[]
  readonly addresses: readonly Address[]
  readonly time: number
}

export type CatalogueFact =
  | { readonly type: 'stall'; readonly stall: Stall }
  | { readonly type: 'product'; readonly product: Product }
  | { readonly type: 'profile'; readonly profile: Profile }
  | { readonly type: 'deletion'; readonly deletion: Deletion }
  | {
      /** A version that was seen on an earlier visit: older ones do not come back. */
      readonly type: 'seen'
      readonly address: Address
      readonly version: Version
    }

/** A version of something replaceable. */
export interface Version {
  readonly eventId: EventId
  readonly publishedAt: number
}

export interface Catalogue {
  /** Applies facts in any order and with repetition; true when something visible changed. */
  apply(facts: Iterable<CatalogueFact>): boolean
  readonly stalls: ReadonlyMap<Address, Stall>
  readonly products: ReadonlyMap<Address, Product>
  readonly profiles: ReadonlyMap<Pubkey, Profile>
}

/**
 * Of two versions the newer counts; of the same second the one with the lower id (NIP-01). A version
 * dated far ahead of the clock counts only where there is no other.
 *
 * @param now unix seconds
 */
export function supersedes(a: Version, b: Version | undefined, now: number): boolean {
  if (!b) return true
  const [aAhead, bAhead] = [isAhead(a.publishedAt, now), isAhead(b.publishedAt, now)]
  if (aAhead !== bAhead) return bAhead
  return a.publishedAt > b.publishedAt || (a.publishedAt === b.publishedAt && a.eventId < b.eventId)
}

/** Who may delete something, and under which address. */
interface Owner {
  readonly author: Pubkey
  readonly address: Address
}

const ofMerchant = (one: Pick<Stall, 'merchant' | 'address'>): Owner => ({
  author: one.merchant,
  address: one.address,
})

const ofPerson = ({ pubkey }: Profile): Owner => ({
  author: pubkey,
  address: addressOf(0, pubkey, ''),
})

/**
 * An empty catalogue.
 *
 * @param now unix seconds; without it every date is believed
 */
export function createCatalogue(now: () => number = () => Infinity): Catalogue {
  const stalls = new Map<Address, Stall>()
  const products = new Map<Address, Product>()
  const profiles = new Map<Pubkey, Profile>()
  // The newest version seen of each address, also of deleted ones: an old copy must not come back.
  const newest = new Map<Address, Version>()
  const deletedEvents = new Set<string>()
  const deletedAddresses = new Map<Address, number>()

  const isDeleted = (author: Pubkey, address: Address, version: Version): boolean =>
    deletedEvents.has(`${author}:${version.eventId}`) ||
    version.publishedAt <= (deletedAddresses.get(address) ?? -1)

  function put<K, V extends Version>(map: Map<K, V>, key: K, value: V, owner: Owner): boolean {
    const best = newest.get(owner.address)
    const isBest = best?.eventId === value.eventId
    if (isBest ? map.has(key) : !supersedes(value, best, now())) return false
    newest.set(owner.address, value)
    if (isDeleted(owner.author, owner.address, value)) return map.delete(key)
    map.set(key, value)
    return true
  }

  function sweep<K, V extends Version>(map: Map<K, V>, ownerOf: (value: V) => Owner): boolean {
    let changed = false
    for (const [key, value] of map) {
      const { author, address } = ownerOf(value)
      if (isDeleted(author, address, value)) changed = map.delete(key) || changed
    }
    return changed
  }

  function remove({ author, eventIds, addresses, time }: Deletion): boolean {
    for (const id of eventIds) deletedEvents.add(`${author}:${id}`)
    // Of a deletion from the future nobody knows which versions it came after.
    for (const address of isAhead(time, now()) ? [] : addresses) {
      if (address.split(':')[1] !== author) continue
      deletedAddresses.set(address, Math.max(time, deletedAddresses.get(address) ?? -1))
    }
    return [
      sweep(stalls, ofMerchant),
      sweep(products, ofMerchant),
      sweep(profiles, ofPerson),
    ].includes(true)
  }

  /** What was seen before is not shown by this, but what is older is not either. */
  function remember(address: Address, version: Version): boolean {
    const best = newest.get(address)
    if (best?.eventId === version.eventId || !supersedes(version, best, now())) return false
    newest.set(address, version)
    const [kind, pubkey] = address.split(':')
    const gone = kind === '0' && profiles.delete(pubkey as Pubkey)
    return [gone, stalls.delete(address), products.delete(address)].includes(true)
  }

  function applyOne(fact: CatalogueFact): boolean {
    switch (fact.type) {
      case 'stall':
        return put(stalls, fact.stall.address, fact.stall, ofMerchant(fact.stall))
      case 'product':
        return put(products, fact.product.address, fact.product, ofMerchant(fact.product))
      case 'profile':
        return put(profiles, fact.profile.pubkey, fact.profile, ofPerson(fact.profile))
      case 'deletion':
        return remove(fact.deletion)
      case 'seen':
        return remember(fact.address, fact.version)
    }
  }

  return {
    stalls,
    products,
    profiles,
    apply(facts) {
      let changed = false
      for (const fact of facts) changed = applyOne(fact) || changed
      return changed
    },
  }
}
