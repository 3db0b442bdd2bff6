/** Stalls: everything that merchant software writes is read, and what we write is read back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KIND } from '@/protocol/event'
import { decodeStall, encodeStall } from '@/protocol/stall'
import { stall, zone } from '../factories/catalogue'
import { published, T0, unsigned } from '../factories/events'

const decode = (content: unknown, tags: string[][] = [['d', 'stall']]) =>
  decodeStall(unsigned({ kind: KIND.stall, content: JSON.stringify(content), tags }))
const read = (content: object) => {
  const decoded = decode({ id: 'stall', name: 'Tea house', currency: 'sat', ...content })
  if (!decoded.ok) throw new Error(decoded.reason)
  return decoded.value
}
const zoneFrom = (fields: object) =>
  read({ shipping: [{ id: 'z', name: 'Z', ...fields }] }).zones[0]

describe('reads', () => {
  it('regions or countries, each place once', () => {
    expect(zoneFrom({ regions: ['EU'] })?.countries).toEqual(['EU'])
    expect(zoneFrom({ countries: ['PT'] })?.countries).toEqual(['PT'])
    expect(zoneFrom({ countries: ['PT', 'ES'], regions: ['PT'] })?.countries).toEqual(['PT', 'ES'])
    expect(zoneFrom({ countries: null, regions: null })?.countries).toEqual([])
  })

  it.each([
    [10, 10],
    [8.5, 8.5],
    ['10.0', 10],
    [0, 0],
    [null, 0],
    [undefined, 0],
  ])('a zone cost of %j as %d', (cost, amount) => {
    expect(zoneFrom({ cost })?.cost).toBe(amount)
  })

  it('a missing or empty currency as sat', () => {
    expect(read({ currency: undefined }).currency).toBe('sat')
    expect(read({ currency: null }).currency).toBe('sat')
    expect(read({ currency: ' ' }).currency).toBe('sat')
    expect(read({ currency: ' EUR ' }).currency).toBe('EUR')
  })

  it('null descriptions and names', () => {
    expect(read({ description: null, name: null })).toMatchObject({
      description: '',
      name: 'Stall without a name',
    })
    expect(zoneFrom({ name: null, countries: ['PT', 'ES'] })?.name).toBe('PT, ES')
    expect(zoneFrom({ name: null })?.name).toBe('Shipping')
  })

  it('numeric identifiers of zones as text', () => {
    expect(zoneFrom({ id: 7 })?.id).toBe('7')
  })

  it('no zones at all', () => {
    expect(read({ shipping: null }).zones).toEqual([])
    expect(read({}).zones).toEqual([])
  })

  it('the identifier of the d tag first, the content otherwise', () => {
    expect(decode({ id: 'other' })).toMatchObject({ value: { id: 'stall' } })
    expect(decode({ id: null })).toMatchObject({ value: { id: 'stall' } })
    expect(decode({ id: 'other' }, [])).toMatchObject({ value: { id: 'other' } })
  })
})

describe('leaves out', () => {
  it.each([{ cost: -1 }, { cost: 'ten' }, { cost: {} }, { id: null }, { id: '' }, { name: [] }])(
    'a zone with %j, and keeps its neighbours',
    (broken) => {
      const zones = read({ shipping: [{ id: 'bad', ...broken }, 'x', null, { id: 'good' }] }).zones
      expect(zones.map(({ id }) => id)).toEqual(['good'])
    },
  )
})

describe('refuses', () => {
  it.each([
    ['another kind', unsigned({ kind: KIND.product, content: '{}', tags: [['d', 'x']] })],
    ['text that is no JSON', unsigned({ content: 'hello', tags: [['d', 'x']] })],
    ['a list', unsigned({ content: '[]', tags: [['d', 'x']] })],
    ['no identifier', unsigned({ content: '{}' })],
    ['a name that is an object', unsigned({ content: '{"name":{}}', tags: [['d', 'x']] })],
    ['endless content', unsigned({ content: `{"name":"${'x'.repeat(300_000)}"}` })],
  ])('%s, with a short reason', (_, event) => {
    const decoded = decodeStall(event)
    expect(decoded.ok).toBe(false)
    expect(!decoded.ok && decoded.reason.length).toBeLessThanOrEqual(300)
  })
})

describe('writes', () => {
  it('what it reads', () => {
    const name = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() === text)
    const someZone = fc.record({
      id: fc.string({ minLength: 1, maxLength: 40 }),
      name,
      cost: fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs),
      countries: fc.uniqueArray(fc.string({ maxLength: 30 }), { maxLength: 4 }),
    })
    const fields = fc.record({
      id: fc.string({ minLength: 1, maxLength: 40 }),
      name,
      description: fc.string({ maxLength: 200, unit: 'grapheme' }),
      currency: fc.constantFrom('sat', 'EUR', 'shells'),
      zones: fc.array(someZone, { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fields, (given) => {
        const decoded = decodeStall(published(encodeStall(given, T0)))
        expect(decoded).toMatchObject({ ok: true, value: given })
      }),
    )
  })

  it('both words for places, and a currency in each zone, for every reader', () => {
    const { content } = encodeStall(stall({ currency: 'EUR', zones: [zone()] }), T0)
    expect(JSON.parse(content).shipping[0]).toMatchObject({
      currency: 'EUR',
      countries: ['Worldwide'],
      regions: ['Worldwide'],
    })
  })
})
