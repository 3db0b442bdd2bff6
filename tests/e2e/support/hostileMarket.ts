/** Merchants, stalls, products and a market whose every word is an attack. */
import { finalizeEvent } from 'nostr-tools/pure'
import { naddrEncode } from 'nostr-tools/nip19'
import type { UnverifiedEvent } from '@/protocol/event'
import { person, type Person } from '../../factories/people'
import { part, PAYLOADS } from './payloads'

const MARKET_KEEPER = person(90)
const MARKET_ID = 'attacks'
const PRODUCTS_EACH = 10
const MERCHANTS = PAYLOADS.length / PRODUCTS_EACH

/** Where the market is described. */
export const MARKET_NADDR = naddrEncode({
  kind: 30019,
  pubkey: MARKET_KEEPER.pubkey,
  identifier: MARKET_ID,
})

const now = () => Math.floor(Date.now() / 1000)
const event = (
  author: Person,
  kind: number,
  d: string | null,
  content: object,
  tags = [] as string[][],
) =>
  finalizeEvent(
    {
      kind,
      created_at: now(),
      tags: [...(d === null ? [] : [['d', d]]), ...tags],
      content: JSON.stringify(content),
    },
    author.secretKey,
  )

const keeperOf = (index: number) => person(100 + index)

/** A page of the hostile catalogue, and how its heading begins. */
export interface HostilePage {
  readonly path: string
  readonly heading: string
}

export const stallPages: readonly HostilePage[] = Array.from({ length: MERCHANTS }, (_, index) => ({
  path: `/stall/${encodeURIComponent(`30017:${keeperOf(index).pubkey}:stall`)}`,
  heading: `Stall ${index} `,
}))

export const productPages: readonly HostilePage[] = PAYLOADS.map((_, index) => {
  const { pubkey } = keeperOf(Math.floor(index / PRODUCTS_EACH))
  return {
    path: `/product/${encodeURIComponent(`30018:${pubkey}:product-${index}`)}`,
    heading: `Product ${index} `,
  }
})

const stallOf = (index: number) => {
  const words = part(index, PRODUCTS_EACH)
  return event(keeperOf(index), 30017, 'stall', {
    id: 'stall',
    name: `Stall ${index} ${words.join(' ')}`,
    description: words.join('\n\n'),
    currency: words[index % PRODUCTS_EACH],
    shipping: words.map((word, zone) => ({
      id: `${zone}${word}`.slice(0, 300),
      name: word,
      cost: zone,
      regions: [word],
      countries: [word],
    })),
  })
}

const productOf = (payload: string, index: number) =>
  event(
    keeperOf(Math.floor(index / PRODUCTS_EACH)),
    30018,
    `product-${index}`,
    {
      id: `product-${index}`,
      stall_id: 'stall',
      name: `Product ${index} ${payload}`,
      description: `${payload}\n\n**${payload}**\n\n- ${payload}\n\n[go](${payload})\n\n![x](${payload})`,
      images: [payload, `https://pictures.example/${payload}`, `data:image/svg+xml,${payload}`],
      currency: payload.slice(0, 40),
      price: 1,
      quantity: 5,
      specs: [[payload, payload]],
      shipping: [{ id: payload, cost: 1 }],
    },
    [['t', payload]],
  )

const profileOf = (index: number) => {
  const words = part(index, PRODUCTS_EACH)
  return event(keeperOf(index), 0, null, {
    name: words.slice(0, 2).join(' '),
    display_name: words.slice(2, 4).join(' '),
    about: words.join(' '),
    picture: words[index % PRODUCTS_EACH],
    banner: words[1],
    website: words[0],
    nip05: words[0],
    lud16: words[0],
  })
}

/** The market's own words. `index` chooses which. */
export const marketEvent = (index: number): UnverifiedEvent => {
  const words = part(index, 3)
  const ui = { picture: words[0], banner: words[1], theme: words[2] }
  const merchants = Array.from({ length: MERCHANTS }, (_, keeper) => keeperOf(keeper).pubkey)
  return event(MARKET_KEEPER, 30019, MARKET_ID, {
    name: words.join(' '),
    about: words.join(' '),
    merchants,
    ui,
  })
}

/** Everything but the market's own words. */
export const hostileCatalogue = (): readonly UnverifiedEvent[] => [
  ...Array.from({ length: MERCHANTS }, (_, index) => [stallOf(index), profileOf(index)]).flat(),
  ...PAYLOADS.map(productOf),
]
