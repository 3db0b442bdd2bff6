/** The newest version of everything, minus what its author deleted, in any order of arrival. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCatalogue, type Catalogue, type CatalogueFact } from '@/domain/catalogue'
import type { Deletion } from '@/domain/catalogue'
import { addressOf } from '@/domain/ids'
import { KIND } from '@/protocol/event'
import { anyCatalogueFact, rearranged } from '../factories/arbitraries'
import { product, profile, stall } from '../factories/catalogue'
import { eventId, T0 } from '../factories/events'
import { MERCHANT, OTHER_MERCHANT } from '../factories/people'

function catalogueOf(facts: readonly CatalogueFact[]): Catalogue {
  const catalogue = createCatalogue()
  catalogue.apply(facts)
  return catalogue
}

const contents = ({ stalls, products, profiles }: Catalogue) => ({ stalls, products, profiles })

const aStall = (fields = {}): CatalogueFact => ({ type: 'stall', stall: stall(fields) })
const aProduct = (fields = {}): CatalogueFact => ({ type: 'product', product: product(fields) })
const aProfile = (fields = {}): CatalogueFact => ({ type: 'profile', profile: profile(fields) })
const aDeletion = (fields: Partial<Deletion>): CatalogueFact => ({
  type: 'deletion',
  deletion: { author: MERCHANT.pubkey, eventIds: [], addresses: [], time: T0 + 1, ...fields },
})

/** What is left of the tea after these facts, in this order and in the reverse order. */
const teas = (...facts: CatalogueFact[]): (string | undefined)[] =>
  [facts, facts.toReversed()].map(
    (order) => catalogueOf(order).products.get(product().address)?.name,
  )

it('is the same in any order and with any repetition', () => {
  fc.assert(
    fc.property(rearranged(anyCatalogueFact), ([facts, others]) => {
      expect(contents(catalogueOf(others))).toEqual(contents(catalogueOf(facts)))
    }),
    { numRuns: 500 },
  )
})

it('says true exactly when something visible changed', () => {
  fc.assert(
    fc.property(fc.array(anyCatalogueFact, { maxLength: 20 }), (facts) => {
      const catalogue = createCatalogue()
      for (const fact of facts) {
        const before = structuredClone(contents(catalogue))
        const changed = catalogue.apply([fact])
        if (!changed) expect(contents(catalogue)).toEqual(before)
        else expect(contents(catalogue)).not.toEqual(before)
      }
    }),
  )
})

describe('versions', () => {
  const older = aProduct({ name: 'Old tea', eventId: eventId(1) })
  const newer = aProduct({ name: 'New tea', eventId: eventId(2), publishedAt: T0 + 1 })

  it('the newer one counts', () => {
    expect(teas(older, newer)).toEqual(['New tea', 'New tea'])
  })

  it('of the same second the lower id counts', () => {
    const twin = aProduct({ name: 'Twin', eventId: eventId(3) })
    expect(teas(older, twin)).toEqual(['Old tea', 'Old tea'])
  })

  it('the same identifier of two merchants names two products', () => {
    const { products } = catalogueOf([older, aProduct({ merchant: OTHER_MERCHANT.pubkey })])
    expect(products.size).toBe(2)
  })
})

describe('deletions', () => {
  const old = aProduct({ name: 'Old tea', eventId: eventId(1), publishedAt: T0 })
  const current = aProduct({ name: 'New tea', eventId: eventId(2), publishedAt: T0 + 1 })
  const back = aProduct({ name: 'Tea again', eventId: eventId(3), publishedAt: T0 + 9 })

  it('by event id take the newest version away, and no older copy comes back', () => {
    expect(teas(old, current, aDeletion({ eventIds: [eventId(2)] }))).toEqual([
      undefined,
      undefined,
    ])
  })

  it('of an old version leave the newer one alone', () => {
    expect(teas(old, aDeletion({ eventIds: [eventId(1)] }), current)).toEqual([
      'New tea',
      'New tea',
    ])
  })

  it('by address take every version up to their date', () => {
    const { address } = product()
    const gone = aDeletion({ addresses: [address], time: T0 + 1 })
    expect(teas(old, current, gone)).toEqual([undefined, undefined])
    expect(teas(old, current, gone, back)).toEqual(['Tea again', 'Tea again'])
  })

  it('let a product be published again', () => {
    expect(teas(current, aDeletion({ eventIds: [eventId(2)] }), back)).toEqual([
      'Tea again',
      'Tea again',
    ])
  })

  it('of another author count for nothing', () => {
    const foreign = aDeletion({
      author: OTHER_MERCHANT.pubkey,
      eventIds: [eventId(2)],
      addresses: [product().address],
      time: T0 + 9,
    })
    expect(teas(current, foreign)).toEqual(['New tea', 'New tea'])
  })

  it('also take stalls and profiles', () => {
    const facts = [
      aStall({ eventId: eventId(4) }),
      aProfile({ eventId: eventId(5) }),
      aDeletion({ eventIds: [eventId(4), eventId(5)] }),
    ]
    for (const order of [facts, facts.toReversed()]) {
      const { stalls, profiles } = catalogueOf(order)
      expect([stalls.size, profiles.size]).toEqual([0, 0])
    }
    const byAddress = aDeletion({ addresses: [addressOf(KIND.profile, MERCHANT.pubkey, '')] })
    expect(catalogueOf([aProfile(), byAddress]).profiles.size).toBe(0)
  })
})
