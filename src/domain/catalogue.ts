/** The catalogue: newest stall, product and profile of each address, minus what was deleted. */
import type { Address, EventId, Pubkey } from './ids'
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

/** A version of something replaceable. */
interface Version {
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

/** Of two versions the newer counts; of the same second the one with the lower id (NIP-01). */
const supersedes = (a: Version, b: Version | undefined): boolean =>
  !b || a.publishedAt > b.publishedAt || (a.publishedAt === b.publishedAt && a.eventId < b.eventId)

/** An empty catalogue. */
export function createCatalogue(): Catalogue {
  const stalls = new Map<Address, Stall>()
  const products = new Map<Address, Product>()
  const profiles = new Map<Pubkey, Profile>()
  // The newest version seen of each address, also of deleted ones: an old copy must not come back.
  const newest = new Map<string, Version>()
  const deletedEvents = new Set<string>()
  const deletedAddresses = new Map<Address, number>()

  const isDeleted = (author: Pubkey, address: Address | null, version: Version): boolean =>
    deletedEvents.has(`${author}:${version.eventId}`) ||
    (address !== null && version.publishedAt <= (deletedAddresses.get(address) ?? -1))

  function put<K, V extends Version>(
    map: Map<K, V>,
    key: K,
    value: V,
    owner: { author: Pubkey; address: Address | null },
  ): boolean {
    const name = String(key)
    if (!supersedes(value, newest.get(name))) return false
    newest.set(name, value)
    if (isDeleted(owner.author, owner.address, value)) return map.delete(key)
    map.set(key, value)
    return true
  }

  function sweep<V extends Version & { readonly merchant: Pubkey }>(map: Map<Address, V>): boolean {
    let changed = false
    for (const [address, value] of map) {
      if (isDeleted(value.merchant, address, value)) changed = map.delete(address) || changed
    }
    return changed
  }

  function remove({ author, eventIds, addresses, time }: Deletion): boolean {
    for (const id of eventIds) deletedEvents.add(`${author}:${id}`)
    for (const address of addresses) {
      if (address.split(':')[1] !== author) continue
      deletedAddresses.set(address, Math.max(time, deletedAddresses.get(address) ?? -1))
    }
    return [sweep(stalls), sweep(products)].includes(true)
  }

  function applyOne(fact: CatalogueFact): boolean {
    switch (fact.type) {
      case 'stall': {
        const { address, merchant: author } = fact.stall
        return put(stalls, address, fact.stall, { author, address })
      }
      case 'product': {
        const { address, merchant: author } = fact.product
        return put(products, address, fact.product, { author, address })
      }
      case 'profile': {
        const { pubkey: author } = fact.profile
        return put(profiles, author, fact.profile, { author, address: null })
      }
      case 'deletion':
        return remove(fact.deletion)
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
