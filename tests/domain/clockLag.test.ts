/** A clock that is behind is told by many, and by no liar. */
import { describe, expect, it } from 'vitest'
import { clockLag, lagWords, type DatedEvent } from '@/domain/clockLag'
import type { Pubkey } from '@/domain/ids'
import { hex64, T0 } from '../factories/events'

const HOUR = 3_600
/** The newest events of authors with these numbers, `lead` seconds from the clock. */
const by = (authors: readonly number[], lead: number): DatedEvent[] =>
  authors.map((n) => ({ author: hex64(n) as Pubkey, time: T0 + lead + n }))

const honest = [...by([1, 2, 3], 3 * HOUR), ...by([4, 5], -HOUR)]
const asItShould = by([1, 2, 3, 4, 5], -60)

describe('a clock', () => {
  it.each([
    ['two relays', [honest, honest]],
    ['two of three relays', [honest, asItShould, honest]],
    ['two relays beside one that has nothing', [honest, [], honest]],
  ])('is behind when the authors of %s say so', (_, relays) => {
    expect(clockLag(relays, T0)).toBeCloseTo(3 * HOUR, -2)
  })

  const liar = by([9, 9, 9, 9, 9, 9], 9 * HOUR)
  const manyNames = by([11, 12, 13, 14, 15, 16], 9 * HOUR)
  it.each([
    ['one author on every relay', [[...liar, ...by([1], -60)], liar, liar]],
    ['one relay, however many names it has', [manyNames, asItShould]],
    ['one relay of one', [manyNames]],
    ['one relay, the others having nothing', [manyNames, [], []]],
    ['fewer than half of the authors', [[...by([11, 12, 13], HOUR), ...asItShould], honest]],
    ['two relays of four', [manyNames, manyNames, asItShould, asItShould]],
    ['dates that clocks may well differ by', [by([1, 2, 3], 600), by([1, 2, 3], 600)]],
    ['nobody', []],
  ])('is not behind for %s', (_, relays) => {
    expect(clockLag(relays, T0)).toBeNull()
  })

  it('is not made far behind by a few who exaggerate', () => {
    const some = [...by([1, 2, 3, 4], HOUR), ...by([7], 9e8)]
    expect(clockLag([some, some, by([7, 8, 9], 9e8)], T0)).toBeLessThan(HOUR + 60)
  })

  it('is spoken of as people do', () => {
    const words = [1_000, 2.9 * HOUR, 50 * HOUR].map(lagWords)
    expect(words).toEqual(['17 minutes', '3 hours', '2 days'])
  })
})
