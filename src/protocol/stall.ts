/** Stalls on Nostr (NIP-15, kind 30017). */
import * as v from 'valibot'
import { addressOf } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { ShippingZone, Stall } from '@/domain/stall'
import { KIND, tagValue, type EventTemplate, type VerifiedEvent } from './event'
import { amount, identifier, lenientList, lenientText, parseObject, parseWith } from './json'

const text = v.pipe(v.string(), v.maxLength(200))

const zoneSchema = v.pipe(
  v.object({
    id: identifier,
    name: lenientText(200),
    cost: v.pipe(
      v.optional(v.nullable(amount), null),
      v.transform((cost) => cost ?? 0),
    ),
    // NIP-15 says `regions`, the LNbits nostrmarket writes `countries`.
    countries: lenientList(text),
    regions: lenientList(text),
  }),
  v.transform(({ id, name, cost, countries, regions }): ShippingZone => {
    const places = [...new Set([...countries, ...regions])]
    return { id, name: name || places.join(', ') || 'Shipping', cost, countries: places }
  }),
)

const stallSchema = v.object({
  id: v.optional(v.nullable(identifier)),
  name: lenientText(300),
  description: lenientText(20_000),
  currency: lenientText(40),
  shipping: lenientList(zoneSchema),
})

/**
 * Reads a stall. Tolerates null or missing descriptions, names and currencies (then `sat`), float
 * costs, `regions` or `countries`; a zone that cannot be read is left out.
 */
export function decodeStall(event: VerifiedEvent): Result<Stall> {
  if (event.kind !== KIND.stall) return fail(`kind ${event.kind} is not a stall`)
  const content = parseObject(event.content)
  if (!content.ok) return content
  const body = parseWith(stallSchema, content.value)
  if (!body.ok) return body
  const id = tagValue(event, 'd') ?? body.value.id
  if (!id) return fail('a stall needs an identifier')
  return ok({
    address: addressOf(KIND.stall, event.pubkey, id),
    merchant: event.pubkey,
    id,
    name: body.value.name.trim() || 'Stall without a name',
    description: body.value.description,
    currency: body.value.currency.trim() || 'sat',
    zones: body.value.shipping,
    eventId: event.id,
    publishedAt: event.created_at,
  })
}

/** Writes a stall so that NIP-15 clients (`regions`) and nostrmarket (`countries`, zone currency) read it. */
export function encodeStall(
  stall: Pick<Stall, 'id' | 'name' | 'description' | 'currency' | 'zones'>,
  now: number,
): EventTemplate {
  const shipping = stall.zones.map(({ id, name, cost, countries }) => ({
    id,
    name,
    currency: stall.currency,
    cost,
    countries,
    regions: countries,
  }))
  const { id, name, description, currency } = stall
  return {
    kind: KIND.stall,
    created_at: now,
    tags: [['d', id]],
    content: JSON.stringify({ id, name, description, currency, shipping }),
  }
}
