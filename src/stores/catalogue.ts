/** The catalogue on screen: stalls, products and profiles as they arrive. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import { createCatalogue, type CatalogueFact, type Profile } from '@/domain/catalogue'
import { isAhead } from '@/domain/dates'
import type { Address, Pubkey } from '@/domain/ids'
import { isAvailable, type Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'

/** A short, recognisable stand-in for a name that is not known. */
const shortKey = (pubkey: Pubkey): string => `${pubkey.slice(0, 8)}…${pubkey.slice(-4)}`

const now = (): number => Math.floor(Date.now() / 1000)

export const useCatalogueStore = defineStore('catalogue', () => {
  let catalogue = createCatalogue(now)
  const revision = shallowRef(0)
  /** Relays that have sent all that they had, and those that failed with why. */
  const storedBy = shallowReactive(new Set<string>())
  const failedBy = shallowReactive(new Map<string, string>())
  /** Events that could not be read, by why: counted, never shown as products. */
  const refused = shallowReactive(new Map<string, number>())
  const marketProblem = shallowRef('')
  const marketName = shallowRef('')

  const stalls = computed<readonly Stall[]>(() => {
    void revision.value
    return [...catalogue.stalls.values()].sort((a, b) => a.name.localeCompare(b.name))
  })
  /** What is dated ahead does not lead the list. */
  const comesLater = ({ publishedAt }: Product): number => Number(isAhead(publishedAt, now()))
  /** Newest first; what can be bought before what is sold out. */
  const products = computed<readonly Product[]>(() => {
    void revision.value
    return [...catalogue.products.values()]
      .filter((product) => product.active)
      .sort(
        (a, b) =>
          Number(isAvailable(b)) - Number(isAvailable(a)) ||
          comesLater(a) - comesLater(b) ||
          b.publishedAt - a.publishedAt ||
          (a.address < b.address ? -1 : 1),
      )
  })
  const merchants = computed<ReadonlySet<Pubkey>>(
    () => new Set(stalls.value.map((stall) => stall.merchant)),
  )
  const isComplete = computed(() => storedBy.size > 0)

  function apply(facts: readonly CatalogueFact[]): void {
    if (catalogue.apply(facts)) revision.value += 1
  }

  /** Begins anew, for other merchants. */
  function clear(): void {
    catalogue = createCatalogue(now)
    storedBy.clear()
    failedBy.clear()
    revision.value += 1
  }

  function refuse(reason: string): void {
    refused.set(reason, (refused.get(reason) ?? 0) + 1)
  }

  function stall(address: string): Stall | null {
    void revision.value
    return catalogue.stalls.get(address as Address) ?? null
  }

  function product(address: string): Product | null {
    void revision.value
    return catalogue.products.get(address as Address) ?? null
  }

  function profile(pubkey: Pubkey): Profile | null {
    void revision.value
    return catalogue.profiles.get(pubkey) ?? null
  }

  const nameOf = (pubkey: Pubkey): string => profile(pubkey)?.name || shortKey(pubkey)

  const productsOf = (address: string): readonly Product[] =>
    products.value.filter((one) => one.stallAddress === address)

  return {
    stalls,
    products,
    merchants,
    storedBy,
    failedBy,
    refused,
    marketProblem,
    marketName,
    isComplete,
    apply,
    clear,
    refuse,
    stall,
    product,
    profile,
    nameOf,
    productsOf,
  }
})
