/** The union of facts: one set, whichever device or tab is heard first. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortFacts, unionOfFacts } from '@/domain/factOrder'
import type { Fact } from '@/domain/order'
import { anyFact } from '../factories/arbitraries'

const fact: Fact = { id: 'a', time: 5, source: { kind: 'client' }, type: 'noted', text: 'b' }
/** Equal, with its fields in another order: as it comes out of storage. */
const reread: Fact = { text: 'b', type: 'noted', source: { kind: 'client' }, time: 5, id: 'a' }

describe('the union of facts', () => {
  it('is the first list itself when the second adds nothing', () => {
    const present = [fact]
    expect(unionOfFacts(present, [reread, fact])).toBe(present)
    expect(unionOfFacts([reread], [fact])).toEqual([reread])
  })

  it('keeps of two notes under one id the earlier', () => {
    const earlier: Fact = { ...fact, time: 4, text: 'z' }
    expect(unionOfFacts([fact], [earlier])).toEqual([earlier])
    expect(unionOfFacts([earlier], [fact])).toEqual([earlier])
  })

  it('does not depend on order, grouping or repetition', () => {
    const facts = fc.array(anyFact, { maxLength: 12 })
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        const whole = unionOfFacts(unionOfFacts(a, b), c)
        expect(sortFacts(unionOfFacts(c, unionOfFacts(b, a)))).toEqual(sortFacts(whole))
        const once = unionOfFacts([], whole)
        expect(unionOfFacts(once, [...c, ...a, ...b])).toBe(once)
      }),
    )
  })
})
