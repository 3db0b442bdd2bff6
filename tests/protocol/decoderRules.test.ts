/** The edges of what the decoders take: lengths, numbers as text, and the words of each refusal. */
import { describe, expect, it } from 'vitest'
import { addressOf, type OrderId } from '@/domain/ids'
import { decodeDeletion, encodeDeletion } from '@/protocol/deletion'
import { openEnvelope, sealEnvelope } from '@/protocol/directMessage'
import { KIND, newerFirst, parseEvent, trustVerified } from '@/protocol/event'
import { decodeMarket, encodeMarket } from '@/protocol/market'
import { decodeOrderMessage, encodeOrderMessage } from '@/protocol/orderMessage'
import { decodeProduct, encodeProduct } from '@/protocol/product'
import { decodeProfile, encodeProfile } from '@/protocol/profile'
import { decodeStall, encodeStall } from '@/protocol/stall'
import { product, stall, zone } from '../factories/catalogue'
import { eventId, hex64, T0, unsigned } from '../factories/events'
import { request } from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'

const stallFrom = (content: string, tags: string[][] = [['d', 's']]) =>
  decodeStall(unsigned({ kind: KIND.stall, content, tags }))
const productFrom = (fields: object, tags: string[][] = [['d', 'p']]) => {
  const content = JSON.stringify({ stall_id: 's', name: 'Tea', price: 1, ...fields })
  return decodeProduct(unsigned({ kind: KIND.product, content, tags }))
}
const readProduct = (fields: object, tags?: string[][]) => {
  const decoded = productFrom(fields, tags)
  if (!decoded.ok) throw new Error(decoded.reason)
  return decoded.value
}
const messageFrom = (fields: object) => decodeOrderMessage(JSON.stringify(fields))
const ORDER = { type: 0, id: 'a', items: [{ product_id: 'tea', quantity: 1 }], shipping_id: 'z' }
const refusal = (reason: string) => ({ ok: false, reason })

describe('content', () => {
  const LIMIT = 256 * 1024
  const ofLength = (length: number) => `{"name":"x"${' '.repeat(length - 12)}}`

  it('is read up to 256 Ki characters', () => {
    expect(stallFrom(ofLength(LIMIT)).ok).toBe(true)
    expect(stallFrom(ofLength(LIMIT + 1))).toEqual(
      refusal('content is longer than 262144 characters'),
    )
  })

  it.each(['null', '[]', '7', '"x"', 'true'])('%s is no object', (content) => {
    expect(stallFrom(content)).toEqual(refusal('content is not a JSON object'))
  })

  it('that is no JSON is called so', () => {
    expect(stallFrom('{"name":')).toEqual(refusal('content is not JSON'))
  })

  it('is refused with the field, in at most 300 characters', () => {
    const content = JSON.stringify({ name: ['x'.repeat(1000)], shipping: 'y'.repeat(1000) })
    const decoded = stallFrom(content)
    expect(!decoded.ok && decoded.reason).toMatch(/^name: /)
    const odd = productFrom({ price: 'z'.repeat(1000) })
    expect(!odd.ok && odd.reason.length).toBe(300)
  })
})

describe('another kind is refused', () => {
  const of = (kind: number) => unsigned({ kind, content: '{}', tags: [['d', 'x']] })
  it.each([
    ['stall', () => decodeStall(of(1)), 'kind 1 is not a stall'],
    ['product', () => decodeProduct(of(1)), 'kind 1 is not a product'],
    ['profile', () => decodeProfile(of(1)), 'kind 1 is not a profile'],
    ['market', () => decodeMarket(of(1)), 'kind 1 is not a market'],
    ['deletion', () => decodeDeletion(of(1)), 'kind 1 is not a deletion'],
    ['message', () => openEnvelope(of(1), CUSTOMER.pubkey), 'kind 1 is not a direct message'],
  ])('as a %s', (_, decode, reason) => {
    expect(decode()).toEqual(refusal(reason))
  })

  it.each([
    ['stall', () => stallFrom('[1'), 'content is not JSON'],
    ['product', () => decodeProduct(unsigned({ kind: KIND.product, content: 'x' })), 'not JSON'],
    ['profile', () => decodeProfile(unsigned({ kind: KIND.profile, content: 'x' })), 'not JSON'],
    ['market', () => decodeMarket(unsigned({ kind: KIND.market, content: 'x' })), 'not JSON'],
    ['profile', () => decodeProfile(unsigned({ kind: 0, content: '{"name":[]}' })), 'name'],
    ['market', () => decodeMarket(unsigned({ kind: 30019, content: '{"about":{}}' })), 'about'],
  ])('and so is the content of a %s that cannot be read', (_, decode, words) => {
    expect(decode()).toEqual(refusal(expect.stringContaining(words) as string))
  })
})

describe('texts and lists', () => {
  it('are cut to a length', () => {
    const long = 'x'.repeat(30_000)
    const decoded = stallFrom(JSON.stringify({ name: long, description: long, currency: long }))
    const { name, description, currency } = decoded.ok ? decoded.value : stall()
    expect([name.length, description.length, currency.length]).toEqual([300, 20_000, 40])
    expect(messageFrom({ ...ORDER, address: long })).toMatchObject({
      value: { request: { address: 'x'.repeat(5000) } },
    })
  })

  it('are read from numbers', () => {
    expect(stallFrom('{"name":12.5}')).toMatchObject({ value: { name: '12.5' } })
  })

  it('keep as many items as are sane', () => {
    const shipping = Array.from({ length: 600 }, (_, n) => ({ id: `z${n}` }))
    expect(stallFrom(JSON.stringify({ shipping }))).toMatchObject({
      value: { zones: { length: 500 } },
    })
    const payment_options = Array.from({ length: 30 }, () => ({ type: 'ln', link: 'x' }))
    expect(messageFrom({ type: 1, id: 'a', payment_options })).toMatchObject({
      value: { options: { length: 20 } },
    })
    const images = Array.from({ length: 60 }, (_, n) => `https://x.example/${n}`)
    expect(readProduct({ images }).images).toHaveLength(50)
  })

  it('leave out what is too long for one item', () => {
    expect(
      readProduct({
        specs: [
          ['x'.repeat(201), 'y'],
          ['a', 'b'],
        ],
      }).specs,
    ).toEqual([['a', 'b']])
    expect(readProduct({ images: [`https://x.example/${'x'.repeat(2000)}`] }).images).toEqual([])
    const payment_options = [
      { type: 'x'.repeat(41), link: 'a' },
      { type: 'ln', link: 'x'.repeat(8001) },
      { type: 'x'.repeat(40), link: 'x'.repeat(8000) },
    ]
    expect(messageFrom({ type: 1, id: 'a', payment_options })).toMatchObject({
      value: { options: [payment_options[2]] },
    })
    expect(
      stallFrom(JSON.stringify({ shipping: [{ id: 'z', regions: ['x'.repeat(201), 'EU'] }] })),
    ).toMatchObject({ value: { zones: [{ countries: ['EU'] }] } })
  })

  it('of lines in an order have an end', () => {
    const items = Array.from({ length: 501 }, (_, n) => ({ product_id: `p${n}`, quantity: 1 }))
    expect(messageFrom({ ...ORDER, items }).ok).toBe(false)
    expect(messageFrom({ ...ORDER, items: items.slice(1) }).ok).toBe(true)
  })
})

describe('identifiers', () => {
  it.each([
    [{ id: '' }, 'id: is empty'],
    [{ id: 'x'.repeat(401) }, 'id: is too long'],
  ])('%j are refused', (fields, reason) => {
    expect(messageFrom({ ...ORDER, ...fields })).toEqual(refusal(reason))
  })

  it('have up to 400 characters, and numbers are finite', () => {
    expect(messageFrom({ ...ORDER, id: 'x'.repeat(400) }).ok).toBe(true)
    expect(decodeOrderMessage(JSON.stringify(ORDER).replace('"a"', '1e999')).ok).toBe(false)
    expect(messageFrom({ ...ORDER, id: -1.5 })).toMatchObject({
      value: { request: { orderId: '-1.5' } },
    })
  })

  it('of stalls and products come from their address, or else from their content', () => {
    expect(stallFrom('{"id":"x"}', [])).toMatchObject({ value: { id: 'x' } })
    expect(stallFrom('{}', [])).toEqual(refusal('a stall needs an identifier'))
    expect(stallFrom('{"id":"x"}', [['d', '']])).toEqual(refusal('a stall needs an identifier'))
    expect(readProduct({ id: 'x' }, []).id).toBe('x')
    expect(readProduct({ id: 'x' }).id).toBe('p')
    expect(productFrom({}, [])).toEqual(refusal('a product needs an identifier'))
  })
})

describe('amounts', () => {
  it.each([
    [' 12.50 ', 12.5],
    ['7', 7],
    ['0.25', 0.25],
    ['120', 120],
    ['12.125', 12.125],
    [0, 0],
  ])('%j is %d', (price, amount) => {
    expect(readProduct({ price }).price).toBe(amount)
  })

  it.each(['x1', '1x', '1.', '.5', '1,5', '1.x', '1e3', '-1', '0x10', '', ' '])(
    '"%s" is none',
    (price) => expect(productFrom({ price }).ok).toBe(false),
  )

  it('say what is wrong with them', () => {
    expect(productFrom({ price: -0.01 })).toEqual(refusal('price: is negative'))
    expect(productFrom({ price: 21e14 + 1 })).toEqual(
      refusal('price: is more than all satoshi there will ever be (21e14)'),
    )
    const endless = '{"stall_id":"s","price":1e999}'
    const event = unsigned({ kind: KIND.product, content: endless, tags: [['d', 'p']] })
    expect(decodeProduct(event)).toEqual(refusal('price: is not a finite number'))
  })
})

describe('a product', () => {
  it('is read as it is written, field by field', () => {
    const given = product({
      description: 'Loose',
      images: ['https://x.example/a.png'],
      currency: 'EUR',
      categories: ['food', 'tea'],
      specs: [['weight', '1 kg']],
      zoneCosts: { world: 5 },
    })
    expect(encodeProduct(given, T0)).toEqual({
      kind: KIND.product,
      created_at: T0,
      tags: [
        ['d', 'tea'],
        ['t', 'food'],
        ['t', 'tea'],
      ],
      content: JSON.stringify({
        id: 'tea',
        stall_id: 'stall',
        name: 'Tea',
        description: 'Loose',
        images: ['https://x.example/a.png'],
        currency: 'EUR',
        price: 1000,
        quantity: 5,
        active: true,
        specs: [['weight', '1 kg']],
        shipping: [{ id: 'world', cost: 5 }],
      }),
    })
    const event = unsigned({ ...encodeProduct(given, T0), id: given.eventId })
    expect(decodeProduct(event)).toEqual({ ok: true, value: given })
  })

  it('without a name gets one, and spaces around it go', () => {
    expect(readProduct({ name: '  ' }).name).toBe('Product without a name')
    expect(readProduct({ name: ' Tea ' }).name).toBe('Tea')
    expect(readProduct({ currency: ' EUR ' }).currency).toBe('EUR')
  })

  it.each([
    ['HTTPS://X.example/a', true],
    ['http://x.example', true],
    ['xhttps://x.example', false],
    ['https://x.example/a b', false],
    ['https://', false],
    ['ftp://x.example', false],
  ])('with the picture %s: %s', (image, shown) => {
    expect(readProduct({ images: [image] }).images).toEqual(shown ? [image] : [])
  })

  it.each([
    [1e999, null],
    [-2.9, -2],
    [12, 12],
  ])('with the quantity %d has %j', (quantity, pieces) => {
    const content = `{"stall_id":"s","price":1,"quantity":${quantity === Infinity ? '1e999' : quantity}}`
    const decoded = decodeProduct(unsigned({ kind: KIND.product, content, tags: [['d', 'p']] }))
    expect(decoded).toMatchObject({ ok: true, value: { quantity: pieces } })
  })

  it('cuts categories between characters', () => {
    const [category] = readProduct({}, [
      ['d', 'p'],
      ['t', '\u{1f375}'.repeat(50)],
    ]).categories
    expect(category).toBe('\u{1f375}'.repeat(40))
  })
})

describe('a stall', () => {
  it('is written for every reader, and read back', () => {
    const given = stall({ currency: 'EUR', zones: [zone({ cost: 2.5, countries: ['PT'] })] })
    expect(encodeStall(given, T0)).toEqual({
      kind: KIND.stall,
      created_at: T0,
      tags: [['d', 'stall']],
      content: JSON.stringify({
        id: 'stall',
        name: 'Tea house',
        description: 'Leaves and cups',
        currency: 'EUR',
        shipping: [
          {
            id: 'world',
            name: 'Worldwide',
            currency: 'EUR',
            cost: 2.5,
            countries: ['PT'],
            regions: ['PT'],
          },
        ],
      }),
    })
    const event = unsigned({ ...encodeStall(given, T0), id: given.eventId })
    expect(decodeStall(event)).toEqual({ ok: true, value: given })
  })

  it('has its name without spaces around it', () => {
    expect(stallFrom('{"name":" Tea "}')).toMatchObject({ value: { name: 'Tea' } })
  })
})

describe('a profile', () => {
  const full = {
    name: 'Mina',
    about: 'Tea',
    picture: 'p',
    banner: 'b',
    website: 'w',
    nip05: 'n',
    lud16: 'l',
  }

  it('is read with all its fields, and written without tags', () => {
    const written = encodeProfile(full, T0)
    expect(written).toEqual({
      kind: KIND.profile,
      created_at: T0,
      tags: [],
      content: JSON.stringify(full),
    })
    expect(decodeProfile(unsigned({ ...written, id: eventId(8) }))).toEqual({
      ok: true,
      value: { pubkey: MERCHANT.pubkey, ...full, eventId: eventId(8), publishedAt: T0 },
    })
  })

  it('has its names without spaces around them', () => {
    const read = (content: object) =>
      decodeProfile(unsigned({ kind: KIND.profile, content: JSON.stringify(content) }))
    expect(read({ display_name: ' Mina ' })).toMatchObject({ value: { name: 'Mina' } })
    expect(read({ name: ' mina ' })).toMatchObject({ value: { name: 'mina' } })
  })

  it('takes its new name in both places, but gets no second name by it', () => {
    const rename = (before: Record<string, unknown>, fields: object = { name: 'New' }) =>
      JSON.parse(encodeProfile(fields, T0, before).content)
    expect(rename({ display_name: 'Old' })).toEqual({ display_name: 'New', name: 'New' })
    expect(rename({ name: 'Old' })).toEqual({ name: 'New' })
    expect(rename({ display_name: 'Old' }, { about: 'x' })).toEqual({
      display_name: 'Old',
      about: 'x',
    })
  })
})

describe('a market', () => {
  const ui = { picture: 'p', banner: 'b', theme: 't' }
  it('is written and read back, with the name of its address', () => {
    const market = { id: 'm', name: 'Bazaar', about: 'All', merchants: [MERCHANT.pubkey], ui }
    const written = encodeMarket(market, T0)
    expect(written).toMatchObject({ kind: KIND.market, created_at: T0, tags: [['d', 'm']] })
    expect(JSON.parse(written.content)).not.toHaveProperty('id')
    expect(decodeMarket(unsigned(written))).toEqual({ ok: true, value: market })
    expect(decodeMarket(unsigned({ ...written, tags: [] }))).toMatchObject({ value: { id: '' } })
  })
})

describe('a deletion', () => {
  it('names nothing but events, addresses and their kinds, with a reason', () => {
    const addresses = ['a', 'b'].map((d) => addressOf(KIND.product, MERCHANT.pubkey, d))
    expect(encodeDeletion({ eventIds: [eventId(1)], addresses, reason: 'sold' }, T0)).toEqual({
      kind: KIND.deletion,
      created_at: T0,
      tags: [
        ['e', eventId(1)],
        ['a', addresses[0]],
        ['a', addresses[1]],
        ['k', '30018'],
      ],
      content: 'sold',
    })
    expect(encodeDeletion({}, T0)).toMatchObject({ tags: [], content: '' })
  })

  it('counts only well-formed ids of its e tags', () => {
    const tags = [['e', hex64(1)], ['e', 'x'], ['e'], ['p', hex64(2)], ['E', hex64(3)]]
    expect(decodeDeletion(unsigned({ kind: KIND.deletion, tags }))).toMatchObject({
      value: { eventIds: [hex64(1)], addresses: [], author: MERCHANT.pubkey, time: T0 },
    })
  })
})

describe('an envelope', () => {
  const envelope = (fields: Parameters<typeof unsigned>[0]) =>
    openEnvelope(
      unsigned({
        kind: KIND.directMessage,
        tags: [['p', CUSTOMER.pubkey]],
        content: 'AAAA?iv=BBBB',
        ...fields,
      }),
      CUSTOMER.pubkey,
    )

  it.each([
    ['no recipient', { tags: [] }, 'it names no recipient'],
    ['other parties', { tags: [['p', STRANGER.pubkey]] }, 'it is neither from you nor to you'],
    ['one party', { pubkey: CUSTOMER.pubkey }, 'it is from a key to itself'],
    ['clear text', { content: 'Hello' }, 'it is not encrypted as NIP-04 says'],
  ])('of %s is refused in words', (_, fields, reason) => {
    expect(envelope(fields)).toEqual(refusal(reason))
  })

  it.each(['!AAAA?iv=BBBB', 'AAAA?iv=BBBB!', '?iv=BBBB', 'AAAA?iv=', 'AAAA', 'AA AA?iv=BBBB'])(
    'with %s holds no ciphertext',
    (content) => expect(envelope({ content }).ok).toBe(false),
  )

  it('has an end', () => {
    const ofLength = (length: number) => `${'A'.repeat(length - 8)}?iv=BBBB`
    expect(envelope({ content: ofLength(128 * 1024) }).ok).toBe(true)
    expect(envelope({ content: ofLength(128 * 1024 + 1) })).toEqual(refusal('it is too long'))
  })

  it('is written for one recipient, dated now', () => {
    expect(sealEnvelope(CUSTOMER.pubkey, 'AA==?iv=BB==', T0)).toEqual({
      kind: KIND.directMessage,
      created_at: T0,
      tags: [['p', CUSTOMER.pubkey]],
      content: 'AA==?iv=BB==',
    })
  })
})

describe('an event', () => {
  const shape = { ...unsigned({ content: 'x' }), tags: [['d', 'x']] }

  it.each([null, undefined, 'text', 7, true])('is not %j', (raw) => {
    expect(parseEvent(raw)).toEqual(refusal('not an object'))
  })

  it.each([
    ['id', hex64(1).slice(1), 'id is not 64 hex characters'],
    ['pubkey', `${hex64(1)}0`, 'pubkey is not 64 hex characters'],
    ['created_at', 2 ** 53, 'created_at is not a whole number'],
    ['created_at', '1', 'created_at is not a whole number'],
    ['kind', -1, 'kind is not between 0 and 65535'],
    ['kind', 65_536, 'kind is not between 0 and 65535'],
    ['kind', 1.5, 'kind is not between 0 and 65535'],
    ['tags', {}, 'tags are not lists of strings, or are too many'],
    ['tags', ['d'], 'tags are not lists of strings, or are too many'],
    ['tags', [['d', 'x', null]], 'tags are not lists of strings, or are too many'],
    ['content', 7, 'content is not a string'],
    ['sig', `0${'0'.repeat(128)}`, 'sig is not 128 hex characters'],
    ['sig', `${'0'.repeat(128)}z`, 'sig is not 128 hex characters'],
    ['sig', 'z'.repeat(128), 'sig is not 128 hex characters'],
    ['sig', ['0'.repeat(128)], 'sig is not 128 hex characters'],
  ])('with the %s %j is refused', (field, value, reason) => {
    expect(parseEvent({ ...shape, [field]: value })).toEqual(refusal(reason))
  })

  it.each([
    ['kind', 0],
    ['kind', 65_535],
    ['created_at', 0],
    ['tags', []],
    ['tags', [[]]],
  ])('with the %s %j is read', (field, value) => {
    expect(parseEvent({ ...shape, [field]: value })).toMatchObject({
      ok: true,
      value: { [field]: value },
    })
  })

  it.each<[string, unknown, unknown]>([
    ['content', 'x'.repeat(192 * 1024), 'x'.repeat(192 * 1024 + 1)],
    ['tags', Array(2_000).fill(['t']), Array(2_001).fill(['t'])],
    ['tags', [Array(100).fill('t')], [Array(101).fill('t')]],
    ['tags', [['x'.repeat(16 * 1024)]], [['x'.repeat(16 * 1024 + 1)]]],
  ])('has an end to its %s', (field, longest, tooLong) => {
    expect(parseEvent({ ...shape, [field]: longest }).ok).toBe(true)
    expect(parseEvent({ ...shape, [field]: tooLong }).ok).toBe(false)
  })

  it('that is trusted can no longer be changed', () => {
    const trusted = trustVerified({ ...shape, tags: [['d', 'x']] })
    for (const part of [trusted, trusted.tags, trusted.tags[0]]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('is as new as itself', () => {
    expect(newerFirst(shape, { ...shape })).toBe(0)
    expect(newerFirst(shape, { ...shape, id: hex64(9) })).toBe(-1)
    expect(newerFirst({ ...shape, id: hex64(9) }, shape)).toBe(1)
  })
})

describe('an order message', () => {
  const LIMIT = 64 * 1024

  it('has up to 64 Ki characters', () => {
    expect(decodeOrderMessage('x'.repeat(LIMIT)).ok).toBe(true)
    expect(decodeOrderMessage('x'.repeat(LIMIT + 1))).toEqual(
      refusal('message is longer than 65536 characters'),
    )
    expect(decodeOrderMessage(' ')).toEqual(refusal('message is empty'))
  })

  it('may have space before it', () => {
    expect(decodeOrderMessage(`\n  ${JSON.stringify(ORDER)}`)).toMatchObject({
      value: { type: 'order' },
    })
  })

  it.each([
    ['0', 'order'],
    ['1', 'payment-request'],
    ['2', 'status'],
    ['3', 'text'],
  ])('may name its type as the text "%s"', (type, read) => {
    expect(messageFrom({ ...ORDER, type })).toMatchObject({ ok: true, value: { type: read } })
  })

  it.each(['x1', '1x', '1.5', '', '--1'])('has no quantity "%s"', (quantity) => {
    expect(messageFrom({ ...ORDER, items: [{ product_id: 'tea', quantity }] }).ok).toBe(false)
  })

  it.each([
    ['12', 12],
    ['-12', -12],
    [-1.9, -1],
  ])('has the quantity %j as %i', (quantity, pieces) => {
    expect(messageFrom({ ...ORDER, items: [{ product_id: 'tea', quantity }] })).toMatchObject({
      value: { request: { lines: [{ productId: 'tea', quantity: pieces }] } },
    })
  })

  it('with more pieces than can be counted is refused', () => {
    const line = { product_id: 'tea', quantity: Number.MAX_SAFE_INTEGER }
    expect(messageFrom({ ...ORDER, items: [line, line] })).toEqual(
      refusal('items: a quantity is too large'),
    )
    const decoded = messageFrom({ ...ORDER, items: [{ ...line, quantity: 2 ** 53 }] })
    expect(!decoded.ok && decoded.reason).toContain('is not a sane quantity')
    expect(messageFrom({ ...ORDER, items: [] })).toEqual(refusal('items: is empty'))
  })

  it.each([
    [7, '7'],
    ['Road 1', 'Road 1'],
    [['a', 1], '["a",1]'],
    [false, 'false'],
  ])('has the address %j as %s', (address, text) => {
    expect(messageFrom({ ...ORDER, address })).toMatchObject({
      value: { request: { address: text } },
    })
  })

  it('keeps the words of the customer and each way of contact', () => {
    const words = { name: 'Alice', message: 'Hurry' }
    const contact = { nostr: 'n', phone: 'p', email: 'e' }
    expect(messageFrom({ ...ORDER, ...words, contact })).toMatchObject({
      value: { request: { ...words, contact } },
    })
  })

  it('is written as merchant software reads it', () => {
    const orderId = 'a' as OrderId
    const written = (message: Parameters<typeof encodeOrderMessage>[0]): unknown =>
      JSON.parse(encodeOrderMessage(message))
    const options = [{ type: 'ln', link: 'x' }]
    expect(written({ type: 'payment-request', orderId, text: 'Pay', options })).toEqual({
      type: 1,
      id: 'a',
      message: 'Pay',
      payment_options: options,
    })
    const status = { type: 'status', orderId, text: 'Sent' } as const
    expect(written({ ...status, paid: true, shipped: false })).toEqual({
      type: 2,
      id: 'a',
      message: 'Sent',
      paid: true,
      shipped: false,
    })
    expect(written({ ...status, paid: null, shipped: null })).toEqual({
      type: 2,
      id: 'a',
      message: 'Sent',
      shipped: null,
    })
    const contact = { nostr: 'n', phone: 'p', email: 'e' }
    expect(written({ type: 'order', request: request({ contact }) })).toMatchObject({ contact })
    expect(encodeOrderMessage({ type: 'text', text: 'Hello' })).toBe('Hello')
  })

  it.each([-1, 0, 1.5])('is never written with %d pieces', (quantity) => {
    const lines = [{ productId: 'tea', quantity }]
    expect(() => encodeOrderMessage({ type: 'order', request: request({ lines }) })).toThrow(
      'An order needs a shipping zone and whole quantities above 0',
    )
  })
})
