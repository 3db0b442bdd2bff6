/** Order messages of NIP-15: JSON of type 0, 1 and 2 inside a direct message, or plain text. */
import * as v from 'valibot'
import type { OrderId } from '@/domain/ids'
import type { OrderLine, OrderRequest } from '@/domain/order'
import type { OrderMessage } from '@/domain/orderMessage'
import { fail, ok, type Result } from '@/domain/result'
import { identifier, lenientList, lenientText, parseWith } from './json'

/** Longest message that is read. */
const MAX_MESSAGE = 64 * 1024

const orderId = v.pipe(
  identifier,
  v.transform((id) => id as OrderId),
)

const quantity = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))]),
  v.number(),
  v.finite(),
  v.transform(Math.trunc),
  v.safeInteger('is not a sane quantity'),
)

const lineSchema = v.pipe(
  v.object({ product_id: identifier, quantity }),
  v.transform((line): OrderLine => ({ productId: line.product_id, quantity: line.quantity })),
)

const contactSchema = v.object({
  nostr: lenientText(200),
  phone: lenientText(200),
  email: lenientText(300),
})

/** Any JSON value as text. Values that are nested beyond reason cannot be written and are left out. */
function asText(value: unknown): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch {
    return ''
  }
}

/** Some clients write the address as an object: it is kept as text. */
const anyText = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value) => asText(value).slice(0, 5000)),
)

const orderSchema = v.object({
  id: orderId,
  items: v.pipe(v.array(lineSchema), v.minLength(1, 'is empty'), v.maxLength(500)),
  shipping_id: v.optional(v.nullable(identifier), null),
  name: lenientText(300),
  address: anyText,
  message: lenientText(10_000),
  contact: v.fallback(v.optional(contactSchema, {}), { nostr: '', phone: '', email: '' }),
})

const optionSchema = v.object({
  type: v.pipe(v.string(), v.maxLength(40)),
  link: v.pipe(v.string(), v.maxLength(8000)),
})

const paymentRequestSchema = v.object({
  id: orderId,
  message: lenientText(20_000),
  payment_options: lenientList(optionSchema, 20),
})

const flag = v.optional(v.nullable(v.boolean()), null)

const statusSchema = v.object({
  id: orderId,
  message: lenientText(20_000),
  paid: flag,
  shipped: flag,
})

/** One line per product: a product that is listed twice is charged twice, and its stock checked once. */
function mergeLines(lines: readonly OrderLine[]): OrderLine[] {
  const merged = new Map<string, number>()
  for (const { productId, quantity: pieces } of lines) {
    merged.set(productId, (merged.get(productId) ?? 0) + pieces)
  }
  return [...merged].map(([productId, pieces]) => ({ productId, quantity: pieces }))
}

function decodeOrder(raw: unknown): Result<OrderMessage> {
  const body = parseWith(orderSchema, raw)
  if (!body.ok) return body
  const { id, items, shipping_id: shippingId, contact, name, address, message } = body.value
  const lines = mergeLines(items)
  if (!lines.every((line) => Number.isSafeInteger(line.quantity))) {
    return fail('items: a quantity is too large')
  }
  const given = Object.entries(contact).filter(([, value]) => value !== '')
  const request: OrderRequest = {
    orderId: id,
    lines,
    shippingId,
    name,
    address,
    message,
    contact: Object.fromEntries(given),
  }
  return ok({ type: 'order', request })
}

function decodePaymentRequest(raw: unknown): Result<OrderMessage> {
  const body = parseWith(paymentRequestSchema, raw)
  if (!body.ok) return body
  const { id, message, payment_options: options } = body.value
  return ok({ type: 'payment-request', orderId: id, text: message, options })
}

function decodeStatus(raw: unknown): Result<OrderMessage> {
  const body = parseWith(statusSchema, raw)
  if (!body.ok) return body
  const { id, message, paid, shipped } = body.value
  return ok({ type: 'status', orderId: id, text: message, paid, shipped })
}

function parseJsonObject(text: string): Record<string, unknown> | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/**
 * Reads the decrypted text of a direct message. JSON with a known `type` is an order (0), a payment
 * request (1) or a status (2) and must fit its schema; any other text is plain text, as merchant
 * software treats it. Duplicate lines are merged, fractional quantities cut off.
 */
export function decodeOrderMessage(text: string): Result<OrderMessage> {
  if (text.length > MAX_MESSAGE) return fail(`message is longer than ${MAX_MESSAGE} characters`)
  const raw = parseJsonObject(text)
  switch (raw?.type) {
    case 0:
    case '0':
      return decodeOrder(raw)
    case 1:
    case '1':
      return decodePaymentRequest(raw)
    case 2:
    case '2':
      return decodeStatus(raw)
    default:
      return text.trim() === '' ? fail('message is empty') : ok({ type: 'text', text })
  }
}

function encodeOrder(request: OrderRequest): Record<string, unknown> {
  const { contact } = request
  return {
    type: 0,
    id: request.orderId,
    name: request.name,
    address: request.address,
    message: request.message,
    contact: {
      nostr: contact.nostr ?? null,
      phone: contact.phone ?? null,
      email: contact.email ?? null,
    },
    items: mergeLines(request.lines).map((line) => ({
      product_id: line.productId,
      quantity: line.quantity,
    })),
    shipping_id: request.shippingId,
  }
}

const isWritable = (request: OrderRequest): boolean =>
  request.shippingId !== null &&
  request.lines.length > 0 &&
  request.lines.every((line) => Number.isSafeInteger(line.quantity) && line.quantity > 0)

/**
 * Writes an order message as the LNbits nostrmarket reads it: `type` is the number 0, `address` a
 * string, `shipping_id` always there, lines merged, quantities whole.
 *
 * @throws when an order has no shipping zone or a quantity that is not a whole positive number:
 *   merchant software never answers such an order
 */
export function encodeOrderMessage(message: OrderMessage): string {
  switch (message.type) {
    case 'order':
      if (!isWritable(message.request)) {
        throw new Error('An order needs a shipping zone and whole quantities above 0')
      }
      return JSON.stringify(encodeOrder(message.request))
    case 'payment-request':
      return JSON.stringify({
        type: 1,
        id: message.orderId,
        message: message.text,
        payment_options: message.options,
      })
    case 'status':
      return JSON.stringify({
        type: 2,
        id: message.orderId,
        message: message.text,
        paid: message.paid ?? undefined,
        shipped: message.shipped,
      })
    case 'text':
      return message.text
  }
}
