/** What was outdated stays outdated: versions from the future, old copies, deletions, after a reload too. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCatalogue, type CatalogueFact, type Deletion } from '@/domain/catalogue'
import { factOf, marksOf } from '@/domain/highWater'
import { anyCatalogueFact } from '../factories/arbitraries'
import { product, profile, stall } from '../factories/catalogue'
import { eventId, T0 } from '../factories/events'
import { memoryMarks } from '../factories/marks'
import { MERCHANT, OTHER_MERCHANT } from '../factories/people'
import { shuffled } from '../factories/shuffle'

const NOW = T0 + 1_000
const FAR = 4_102_444_800

const at = (n: number, publishedAt: number) => ({ eventId: eventId(n), publishedAt })
const stallFact = (n: number, time: number): CatalogueFact => ({
  type: 'stall',
  stall: stall({ ...at(n, time), name: `v${n}` }),
})
const productFact = (n: number, time: number): CatalogueFact => ({
  type: 'product',
  product: product({ ...at(n, time), name: `v${n}` }),
})
const profileFact = (n: number, time: number): CatalogueFact => ({
  type: 'profile',
  profile: profile({ ...at(n, time), name: `v${n}` }),
})
const deletion = (fields: Partial<Deletion>): CatalogueFact => ({
  type: 'deletion',
  deletion: { author: MERCHANT.pubkey, eventIds: [], addresses: [], time: T0 + 1, ...fields },
})

function shown(facts: readonly CatalogueFact[], now = NOW) {
  const { apply, stalls, products, profiles } = createCatalogue(() => now)
  apply(facts)
  const names = [...stalls.values(), ...products.values(), ...profiles.values()]
  return names.map(({ name }) => name)
}
/** A later visit with an empty cache, on which relays send `facts`. */
function nextVisit(before: readonly CatalogueFact[], facts: readonly CatalogueFact[]) {
  const marks = before.flatMap((fact) => marksOf(fact, NOW)).map(factOf)
  for (let seed = 1; seed < 9; seed++) {
    expect(shown(shuffled([...marks, ...facts], seed))).toEqual(shown([...marks, ...facts]))
  }
  return shown([...marks, ...facts])
}

describe.each([
  ['stall', stallFact],
  ['product', productFact],
  ['profile', profileFact],
])('a %s', (_, version) => {
  it('from 2100 is shown where there is no other, and never wins', () => {
    const [far, today] = [version(1, FAR), version(2, T0)]
    expect(shown([far])).toEqual(['v1'])
    expect(shown([far, today])).toEqual(['v2'])
    expect(shown([today, far])).toEqual(['v2'])
    expect(shown([today, far], FAR)).toEqual(['v1'])
  })

  it('that is older than what was seen does not come back, the same one does', () => {
    const [v1, v2, v3] = [version(1, T0), version(2, T0 + 1), version(3, T0 + 2)]
    expect(nextVisit([v1, v2], [v1])).toEqual([])
    expect(nextVisit([v1, v2], [v1, v2])).toEqual(['v2'])
    expect(nextVisit([v2], [v1, v3])).toEqual(['v3'])
  })

  it('from 2100 leaves no mark', () => {
    expect(nextVisit([version(1, FAR)], [version(2, T0)])).toEqual(['v2'])
  })
})

describe('a deletion', () => {
  const { address } = product()

  it('is remembered: events it names, addresses up to its date, and nothing of others', () => {
    const gone = deletion({ eventIds: [eventId(1)], addresses: [address] })
    expect(nextVisit([gone], [productFact(1, T0)])).toEqual([])
    expect(nextVisit([gone], [productFact(2, T0 + 1)])).toEqual([])
    expect(nextVisit([gone], [productFact(3, T0 + 2)])).toEqual(['v3'])
    const foreign = deletion({
      author: OTHER_MERCHANT.pubkey,
      eventIds: [eventId(1)],
      addresses: [address],
    })
    expect(nextVisit([foreign], [productFact(1, T0)])).toEqual(['v1'])
  })

  it('of a version that was never seen takes away that version alone', () => {
    const gone = deletion({ eventIds: [eventId(1)] })
    expect(nextVisit([gone], [productFact(2, T0 + 1)])).toEqual(['v2'])
    expect(nextVisit([gone, productFact(2, T0 + 1)], [productFact(1, T0)])).toEqual([])
  })

  it('from 2100 deletes the events that it names, and no address for ever', () => {
    const far = deletion({ eventIds: [eventId(1)], addresses: [address], time: FAR })
    expect(shown([far, productFact(1, T0)])).toEqual([])
    expect(shown([far, productFact(2, T0)])).toEqual(['v2'])
    expect(nextVisit([far], [productFact(2, T0)])).toEqual(['v2'])
  })
})

it('marks give back what a catalogue hides, for any facts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCatalogueFact, { maxLength: 20 }), async (facts) => {
      const marks = memoryMarks()
      await marks.raise(facts.flatMap((fact) => marksOf(fact, Infinity)))
      const whole = createCatalogue()
      whole.apply(facts)
      const again = createCatalogue()
      again.apply([...(await marks.read()).map(factOf), ...facts])
      expect(again.products).toEqual(whole.products)
      expect(again.stalls).toEqual(whole.stalls)
    }),
    { numRuns: 200 },
  )
})
