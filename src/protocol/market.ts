/** Markets (NIP-15, kind 30019): a name, a look and the merchants to show. */
import * as v from 'valibot'
import { isHex64, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { KIND, tagValue, type EventTemplate, type VerifiedEvent } from './event'
import { lenientList, lenientText, parseObject, parseWith } from './json'

export interface Market {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly merchants: readonly Pubkey[]
  readonly ui: { readonly picture: string; readonly banner: string; readonly theme: string }
}

const ui = v.object({
  picture: lenientText(2000),
  banner: lenientText(2000),
  theme: lenientText(100),
})

const marketSchema = v.object({
  name: lenientText(300),
  about: lenientText(10_000),
  merchants: lenientList(
    v.pipe(
      v.string(),
      v.check((text) => isHex64(text), 'is not a public key'),
    ),
    5000,
  ),
  ui: v.fallback(v.optional(ui, {}), { picture: '', banner: '', theme: '' }),
})

/** Reads a market. Merchants that are not public keys in hex are left out. */
export function decodeMarket(event: VerifiedEvent): Result<Market> {
  if (event.kind !== KIND.market) return fail(`kind ${event.kind} is not a market`)
  const content = parseObject(event.content)
  if (!content.ok) return content
  const body = parseWith(marketSchema, content.value)
  if (!body.ok) return body
  return ok({
    ...body.value,
    id: tagValue(event, 'd') ?? '',
    merchants: [...new Set(body.value.merchants)] as Pubkey[],
  })
}

/** Writes a market. */
export function encodeMarket(market: Market, now: number): EventTemplate {
  const { id, ...content } = market
  return {
    kind: KIND.market,
    created_at: now,
    tags: [['d', id]],
    content: JSON.stringify(content),
  }
}
