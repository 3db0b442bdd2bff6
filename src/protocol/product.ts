/** Products on Nostr (NIP-15, kind 30018). */
import * as v from 'valibot'
import { addressOf } from '@/domain/ids'
import type { Product } from '@/domain/product'
import { fail, ok, type Result } from '@/domain/result'
import { KIND, tagValue, wellFormed, type EventTemplate, type VerifiedEvent } from './event'
import { amount, identifier, lenientList, lenientText, parseObject, parseWith } from './json'

const zoneCost = v.object({ id: identifier, cost: amount })

const spec = v.pipe(
  v.tuple([v.pipe(v.string(), v.maxLength(200)), lenientText(2000)]),
  v.transform(([name, value]) => [name, value] as const),
)

const quantity = v.pipe(
  v.optional(v.union([v.number(), v.null_()]), null),
  // Missing or null is unlimited (NIP-15); a fraction is cut off as merchant software does.
  v.transform((value) => (value === null || !Number.isFinite(value) ? null : Math.trunc(value))),
)

/** All satoshi that will ever be: no price in any currency is meant to be above it. */
const MAX_PRICE = 21e14

const price = v.pipe(
  amount,
  v.maxValue(MAX_PRICE, 'is more than all satoshi there will ever be (21e14)'),
)

const productSchema = v.object({
  id: v.optional(v.nullable(identifier)),
  stall_id: identifier,
  name: lenientText(300),
  description: lenientText(50_000),
  images: lenientList(v.pipe(v.string(), v.maxLength(2000)), 50),
  currency: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(40))), null),
  price,
  quantity,
  active: v.optional(v.nullable(v.boolean()), true),
  specs: lenientList(spec),
  shipping: lenientList(zoneCost),
})

/** As many categories as are read, and of how many characters: more would hide the market. */
const MAX_CATEGORIES = 20
const MAX_CATEGORY = 40

/** Only web pictures are shown: `data:` and scripts are not. */
const isWebUrl = (url: string): boolean => /^https?:\/\/[^\s]+$/i.test(url)

/** The `t` tags, each once; cut where no character is torn apart. */
function categoriesOf({ tags }: VerifiedEvent): string[] {
  const cut = (text: string) =>
    wellFormed([...text.slice(0, 2 * MAX_CATEGORY)].slice(0, MAX_CATEGORY).join(''))
  const named = tags.flatMap(([name, value]) => (name === 't' && value ? [cut(value)] : []))
  return [...new Set(named)].slice(0, MAX_CATEGORIES)
}

/**
 * Reads a product. Tolerates null descriptions, images, currencies and quantities (unlimited),
 * float prices, `active: false`; refuses a product without a stall or a sane price
 * (0 to 21e14). Of the categories it keeps 20, of 40 characters each.
 */
export function decodeProduct(event: VerifiedEvent): Result<Product> {
  if (event.kind !== KIND.product) return fail(`kind ${event.kind} is not a product`)
  const content = parseObject(event.content)
  if (!content.ok) return content
  const body = parseWith(productSchema, content.value)
  if (!body.ok) return body
  const { stall_id: stallId, shipping, ...rest } = body.value
  const id = tagValue(event, 'd') ?? rest.id
  if (!id) return fail('a product needs an identifier')
  return ok({
    address: addressOf(KIND.product, event.pubkey, id),
    merchant: event.pubkey,
    id,
    stallId,
    stallAddress: addressOf(KIND.stall, event.pubkey, stallId),
    name: rest.name.trim() || 'Product without a name',
    description: rest.description,
    images: rest.images.filter(isWebUrl),
    currency: rest.currency || null,
    price: rest.price,
    quantity: rest.quantity,
    active: rest.active !== false,
    categories: categoriesOf(event),
    specs: rest.specs,
    zoneCosts: Object.fromEntries(shipping.map(({ id: zone, cost }) => [zone, cost])),
    eventId: event.id,
    publishedAt: event.created_at,
  })
}

/** Writes a product; nostrmarket cannot read a missing quantity, currency or image list. */
export function encodeProduct(
  product: Omit<Product, 'address' | 'merchant' | 'stallAddress' | 'eventId' | 'publishedAt'>,
  now: number,
): EventTemplate {
  const { id, stallId, name, description, images, currency, price, quantity } = product
  const shipping = Object.entries(product.zoneCosts).map(([zone, cost]) => ({ id: zone, cost }))
  const { active, specs } = product
  return {
    kind: KIND.product,
    created_at: now,
    tags: [['d', id], ...product.categories.map((category) => ['t', category])],
    content: JSON.stringify({
      id,
      stall_id: stallId,
      name,
      description,
      images,
      currency,
      price,
      quantity,
      active,
      specs,
      shipping,
    }),
  }
}
