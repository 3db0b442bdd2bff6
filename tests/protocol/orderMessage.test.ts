/** Order messages: tolerant in what is read, strict in what is written. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderId } from '@/domain/ids'
import type { OrderMessage } from '@/domain/orderMessage'
import type { OrderRequest } from '@/domain/order'
import { decodeOrderMessage, encodeOrderMessage } from '@/protocol/orderMessage'
import { request } from '../factories/orders'

const basic = { type: 0, id: 'a', items: [{ product_id: 'tea', quantity: 1 }], shipping_id: 'z' }
const decode = (fields: object) => decodeOrderMessage(JSON.stringify(fields))
const readOrder = (fields: object): OrderRequest => {
  const decoded = decode({ ...basic, ...fields })
  if (!decoded.ok || decoded.value.type !== 'order') throw new Error(JSON.stringify(decoded))
  return decoded.value.request
}

describe('reads an order', () => {
  it('of the smallest form that works', () => {
    expect(readOrder({})).toEqual({
      orderId: 'a',
      lines: [{ productId: 'tea', quantity: 1 }],
      shippingId: 'z',
      name: '',
      address: '',
      message: '',
      contact: {},
    })
  })

  it.each([0, '0', 0.0])('with the type %j', (type) => {
    expect(readOrder({ type }).orderId).toBe('a')
  })

  it('with a numeric id', () => {
    expect(readOrder({ id: 42 }).orderId).toBe('42')
  })

  it.each([
    [1.9, 1],
    ['2', 2],
    [0, 0],
    [-3, -3],
  ])('with a quantity of %j as %i', (quantity, pieces) => {
    expect(readOrder({ items: [{ product_id: 'tea', quantity }] }).lines[0]?.quantity).toBe(pieces)
  })

  it('with a product listed twice as one line', () => {
    const items = [
      { product_id: 'tea', quantity: 3 },
      { product_id: 'cup', quantity: 1 },
      { product_id: 'tea', quantity: 3 },
    ]
    expect(readOrder({ items }).lines).toEqual([
      { productId: 'tea', quantity: 6 },
      { productId: 'cup', quantity: 1 },
    ])
  })

  it('with an address that is an object, as its text', () => {
    expect(readOrder({ address: { street: 'Test' } }).address).toBe('{"street":"Test"}')
    expect(readOrder({ address: null }).address).toBe('')
  })

  it.each([null, {}, 'alice@example.com', { nostr: {} }])(
    'with the contact %j as none',
    (contact) => {
      expect(readOrder({ contact }).contact).toEqual({})
    },
  )

  it('with some ways of contact', () => {
    const contact = { nostr: null, phone: 123, email: 'a@example.com', fax: '1' }
    expect(readOrder({ contact }).contact).toEqual({ phone: '123', email: 'a@example.com' })
  })

  it('without a shipping zone, so that it can be explained', () => {
    expect(readOrder({ shipping_id: null }).shippingId).toBeNull()
    expect(readOrder({ shipping_id: undefined }).shippingId).toBeNull()
  })

  it('with keys that break careless code', () => {
    const text = JSON.stringify(basic).replace('{', '{"__proto__":{"id":"b"},"constructor":1,')
    expect(decodeOrderMessage(text)).toEqual(decode(basic))
  })
})

describe('refuses an order', () => {
  it.each([
    { id: null },
    { id: {} },
    { id: '' },
    { items: [] },
    { items: null },
    { items: {} },
    { items: [{ product_id: 'tea' }] },
    { items: [{ product_id: 'tea', quantity: null }] },
    { items: [{ product_id: 'tea', quantity: 1e300 }] },
    { items: [{ product_id: null, quantity: 1 }] },
    { items: [null] },
    { shipping_id: {} },
    { message: [] },
  ])('with %j, and says which field', (fields) => {
    const [field] = Object.keys(fields)
    expect(decode({ ...basic, ...fields })).toEqual({
      ok: false,
      reason: expect.stringContaining(field!),
    })
  })
})

describe('reads what a merchant writes', () => {
  it('a failure reply: a payment request without options', () => {
    const reply = { type: 1, id: 'a', message: 'cannot be processed', payment_options: [] }
    expect(decode(reply)).toMatchObject({ value: { type: 'payment-request', options: [] } })
    expect(decode({ type: 1, id: 'a' })).toMatchObject({ value: { options: [], text: '' } })
  })

  it('payment options, leaving unreadable ones out', () => {
    const payment_options = [{ type: 'ln', link: 'lnbc1' }, { type: 'ln' }, null, { link: 'x' }]
    expect(decode({ type: 1, id: 'a', payment_options })).toMatchObject({
      value: { options: [{ type: 'ln', link: 'lnbc1' }] },
    })
  })

  it('a status that leaves things open', () => {
    expect(decode({ type: 2, id: 'a', message: null, shipped: null })).toEqual({
      ok: true,
      value: { type: 'status', orderId: 'a', text: '', paid: null, shipped: null },
    })
  })

  it.each([{ paid: 'yes' }, { shipped: 1 }, { id: null }])('no status with %j', (fields) => {
    expect(decode({ type: 2, id: 'a', ...fields }).ok).toBe(false)
  })
})

describe('takes as plain text', () => {
  it.each(['Hello', '{not json', '{"type":7}', '{"type":null}', '[{"type":0}]', '{}', '0'])(
    '%s',
    (text) => {
      expect(decodeOrderMessage(text)).toEqual({ ok: true, value: { type: 'text', text } })
    },
  )

  it('but nothing that is empty or endless', () => {
    expect(decodeOrderMessage(' \n').ok).toBe(false)
    expect(decodeOrderMessage('x'.repeat(100_000)).ok).toBe(false)
  })
})

describe('writes an order', () => {
  const written = (fields: Partial<OrderRequest> = {}) =>
    JSON.parse(encodeOrderMessage({ type: 'order', request: request(fields) }))

  it('so that merchant software answers it', () => {
    expect(written()).toEqual({
      type: 0,
      id: 'order-1',
      name: 'Alice',
      address: '1 Test Street',
      message: '',
      contact: { nostr: null, phone: null, email: null },
      items: [{ product_id: 'tea', quantity: 1 }],
      shipping_id: 'world',
    })
  })

  it('with each product once', () => {
    const line = { productId: 'tea', quantity: 3 }
    expect(written({ lines: [line, line] }).items).toEqual([{ product_id: 'tea', quantity: 6 }])
  })

  it.each<[string, Partial<OrderRequest>]>([
    ['without a shipping zone', { shippingId: null }],
    ['without lines', { lines: [] }],
    ['with a fractional quantity', { lines: [{ productId: 'tea', quantity: 1.5 }] }],
    ['with no pieces', { lines: [{ productId: 'tea', quantity: 0 }] }],
    ['with an endless quantity', { lines: [{ productId: 'tea', quantity: Infinity }] }],
  ])('never %s', (_, fields) => {
    expect(() => written(fields)).toThrow(/shipping zone and whole quantities/)
  })
})

describe('reads back what it writes', () => {
  const text = fc.string({ maxLength: 100, unit: 'grapheme' })
  const id = fc.string({ minLength: 1, maxLength: 60 })
  const orderId = id.map((name) => name as OrderId)
  const some = fc.string({ minLength: 1, maxLength: 60 })
  const flag = fc.constantFrom(true, false, null)
  const line = fc.record({ productId: id, quantity: fc.integer({ min: 1, max: 9999 }) })

  const order = fc.record({
    orderId,
    lines: fc.uniqueArray(line, { minLength: 1, maxLength: 5, selector: (one) => one.productId }),
    shippingId: id,
    name: text,
    address: text,
    message: text,
    contact: fc.record({ nostr: some, phone: some, email: some }, { requiredKeys: [] }),
  })
  const messages: Record<string, fc.Arbitrary<OrderMessage>> = {
    order: order.map((asked) => ({ type: 'order', request: asked })),
    'payment request': fc
      .record({
        type: fc.constant('payment-request' as const),
        orderId,
        text,
        options: fc.array(fc.record({ type: fc.constantFrom('ln', 'url'), link: text })),
      })
      .map((message) => ({ ...message, options: message.options.slice(0, 20) })),
    status: fc.record({
      type: fc.constant('status' as const),
      orderId,
      text,
      paid: flag,
      shipped: flag,
    }),
    text: fc
      .string({ minLength: 1 })
      .filter((words) => words.trim() !== '' && !words.startsWith('{'))
      .map((words) => ({ type: 'text', text: words })),
  }

  it.each(Object.entries(messages))('%s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (message) => {
        expect(decodeOrderMessage(encodeOrderMessage(message))).toEqual({
          ok: true,
          value: message,
        })
      }),
    )
  })
})
