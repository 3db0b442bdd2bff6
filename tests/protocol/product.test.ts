/** Products: everything that merchant software writes is read, and what we write is read back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf } from '@/domain/ids'
import { stockOf } from '@/domain/product'
import { KIND } from '@/protocol/event'
import { decodeProduct, encodeProduct } from '@/protocol/product'
import { product } from '../factories/catalogue'
import { published, T0, unsigned } from '../factories/events'
import { MERCHANT } from '../factories/people'

const decode = (content: object, tags: string[][] = [['d', 'tea']]) =>
  decodeProduct(unsigned({ kind: KIND.product, content: JSON.stringify(content), tags }))
const basic = { id: 'tea', stall_id: 'stall', name: 'Tea', price: 1000 }
const read = (fields: object, tags?: string[][]) => {
  const decoded = decode({ ...basic, ...fields }, tags)
  if (!decoded.ok) throw new Error(decoded.reason)
  return decoded.value
}

describe('reads', () => {
  it('a product of the stall of its own author', () => {
    expect(read({})).toMatchObject({
      merchant: MERCHANT.pubkey,
      stallAddress: addressOf(KIND.stall, MERCHANT.pubkey, 'stall'),
    })
  })

  it('null or missing descriptions, images and currencies', () => {
    const nothing = { description: '', images: [], currency: null, specs: [], zoneCosts: {} }
    expect(read({})).toMatchObject(nothing)
    const nulls = { description: null, images: null, currency: null, specs: null, shipping: null }
    expect(read(nulls)).toMatchObject(nothing)
    expect(read({ currency: '' }).currency).toBeNull()
  })

  it.each([
    [undefined, null],
    [null, null],
    [0, 0],
    [-1, -1],
    [2.9, 2],
  ])('a quantity of %j as %j', (quantity, pieces) => {
    expect(read({ quantity }).quantity).toBe(pieces)
  })

  it('a missing quantity as unlimited, less than nothing as sold out', () => {
    expect(stockOf(read({ quantity: null }))).toBe('unlimited')
    expect(stockOf(read({ quantity: -1 }))).toBe(0)
  })

  it('active only when not said to be inactive', () => {
    expect([undefined, null, true, false].map((active) => read({ active }).active)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('prices and zone costs as floats or text', () => {
    const { price, zoneCosts } = read({ price: '12.50', shipping: [{ id: 'z', cost: '10.0' }] })
    expect([price, zoneCosts]).toEqual([12.5, { z: 10 }])
  })

  it('each category once', () => {
    const tags = [['d', 'tea'], ['t', 'food'], ['t', 'food'], ['t', ''], ['t'], ['T', 'x']]
    expect(read({}, tags).categories).toEqual(['food'])
  })

  it('at most 20 categories of 40 characters', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ['t', `category ${i}`])
    expect(read({}, [['d', 'tea'], ...many]).categories).toHaveLength(20)
    const long = ['t', `${'a'.repeat(39)}\u{1f375}${'b'.repeat(100_000)}`]
    expect(read({}, [['d', 'tea'], long]).categories).toEqual([`${'a'.repeat(39)}\u{1f375}`])
  })

  it('web pictures only', () => {
    const images = ['https://x.example/a.png', 'data:image/png;base64,AA', 'javascript:x', 7, ' ']
    expect(read({ images }).images).toEqual(['https://x.example/a.png'])
  })

  it('numeric identifiers as text', () => {
    expect(read({ stall_id: 7 }).stallId).toBe('7')
  })
})

describe('refuses', () => {
  it.each([
    { price: null },
    { price: -1 },
    { price: 'a lot' },
    { price: {} },
    { stall_id: null },
    { stall_id: '' },
    { name: {} },
    { active: 'yes' },
    { quantity: {} },
    { images: 'one' },
  ])('a product with %j', (fields) => {
    expect(decode({ ...basic, ...fields })).toEqual({ ok: false, reason: expect.any(String) })
  })

  it('a price above all satoshi there will ever be', () => {
    expect(decode({ ...basic, price: 21e14 }).ok).toBe(true)
    for (const price of [21e14 + 1, '9'.repeat(300)]) {
      expect(decode({ ...basic, price })).toEqual({
        ok: false,
        reason: expect.stringContaining('more than all satoshi'),
      })
    }
  })

  it('a product without an identifier', () => {
    expect(decode({ ...basic, id: undefined }, []).ok).toBe(false)
    expect(decode({ ...basic, id: null }, []).ok).toBe(false)
  })
})

describe('writes', () => {
  const text = (maxLength: number) => fc.string({ maxLength, unit: 'grapheme' })
  const id = fc.string({ minLength: 1, maxLength: 30 })
  const cost = fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs)
  const given = fc.record({
    id,
    stallId: id,
    name: id.filter((name) => name.trim() === name),
    description: text(200),
    images: fc.array(fc.webUrl(), { maxLength: 3 }),
    currency: fc.constantFrom(null, 'sat', 'EUR'),
    price: cost,
    quantity: fc.option(fc.nat()),
    active: fc.boolean(),
    categories: fc.uniqueArray(id, { maxLength: 3 }),
    specs: fc.array(fc.tuple(text(20), text(20)), { maxLength: 3 }),
    zoneCosts: fc
      .dictionary(fc.oneof(id, fc.constant('__proto__')), cost)
      .map((costs) => Object.fromEntries(Object.entries(costs))),
  })

  it('what it reads', () => {
    fc.assert(
      fc.property(given, (fields) => {
        const decoded = decodeProduct(published(encodeProduct(fields, T0)))
        expect(decoded).toMatchObject({ ok: true, value: fields })
      }),
    )
  })

  it('every field that merchant software cannot do without', () => {
    const { content, tags } = encodeProduct(product({ categories: ['food'] }), T0)
    expect(Object.keys(JSON.parse(content))).toEqual(
      expect.arrayContaining(['id', 'stall_id', 'images', 'currency', 'price', 'quantity']),
    )
    expect(tags).toEqual([
      ['d', 'tea'],
      ['t', 'food'],
    ])
  })
})

describe('texts that are no text', () => {
  it('have half a surrogate pair replaced, so that every page has an address', () => {
    const event = unsigned({
      kind: 30018,
      tags: [
        ['d', 'a\ud800'],
        ['t', '\udfffb'],
      ],
      content: JSON.stringify({ id: 'x', stall_id: 's\ud800', name: '\ud83c', price: 1 }),
    })
    const product = decodeProduct(event)
    if (!product.ok) throw new Error(product.reason)
    const { address, stallAddress, name, categories } = product.value
    for (const text of [address, stallAddress, name, ...categories]) {
      expect(() => encodeURI(text)).not.toThrow()
    }
  })
})
