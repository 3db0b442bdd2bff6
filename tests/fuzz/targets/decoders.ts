/** The decoders of events and messages: each gets content and tags as an author could sign them. */
import { createCatalogue } from '@/domain/catalogue'
import { formatPrice } from '@/domain/money'
import { stockOf } from '@/domain/product'
import { searchProducts } from '@/domain/search'
import { deliveryKind } from '@/domain/stall'
import type { Result } from '@/domain/result'
import { decodeDeletion } from '@/protocol/deletion'
import { openEnvelope } from '@/protocol/directMessage'
import { KIND, parseEvent, type VerifiedEvent } from '@/protocol/event'
import { decodeMarket, encodeMarket } from '@/protocol/market'
import { decodeOrderMessage, encodeOrderMessage } from '@/protocol/orderMessage'
import { decodeProduct } from '@/protocol/product'
import { decodeProfile } from '@/protocol/profile'
import { decodeStall } from '@/protocol/stall'
import { verifyEvent } from '@/protocol/verifyEvent'
import { T0, unsigned } from '../../factories/events'
import { CUSTOMER, MERCHANT } from '../../factories/people'
import { CATALOGUE_EVENTS, SESSIONS } from '../../factories/recordedSessions'
import { must, mustBePlain, mustBeResult, type Target } from '../target'

/** The longest content that is read at all: no text of a decoded value can be longer. */
const MAX_TEXT = 256 * 1024

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The event of an input, or null where nobody could sign such a thing. */
function eventOf(input: string, kind: number): VerifiedEvent | null {
  const raw = parseJson(input)
  const fields = typeof raw === 'object' && raw !== null ? raw : {}
  const shape = { ...unsigned({ kind }), ...fields, kind, pubkey: MERCHANT.pubkey }
  const parsed = parseEvent(shape)
  mustBeResult(parsed)
  return parsed.ok ? unsigned({ ...parsed.value, id: undefined, pubkey: MERCHANT.pubkey }) : null
}

function decoderTarget<T>(options: {
  readonly name: string
  readonly share: number
  readonly kind: number
  readonly samples: readonly string[]
  readonly decode: (event: VerifiedEvent) => Result<T>
  /** What pages do with a good value. */
  readonly use?: (value: T) => void
}): Target {
  const { name, share, kind, samples, decode, use } = options
  return {
    name,
    share,
    samples,
    feed([input = '']) {
      const event = eventOf(input, kind)
      if (!event) return
      const result = decode(event)
      mustBeResult(result)
      if (!result.ok) return
      mustBePlain(result.value, MAX_TEXT)
      use?.(result.value)
    },
  }
}

const sample = (content: unknown, tags: readonly (readonly string[])[] = [['d', 'x']]): string =>
  JSON.stringify({ created_at: T0, tags, content: JSON.stringify(content) })

const recorded = (kind: number): string[] =>
  CATALOGUE_EVENTS.filter((event) => event.kind === kind).map(({ created_at, tags, content }) =>
    JSON.stringify({ created_at, tags, content }),
  )

export const PLAINTEXTS = SESSIONS.flatMap(({ plaintext }) =>
  plaintext.flatMap(({ text }) => text ?? []),
)

const CATALOGUE_TARGETS: readonly Target[] = [
  decoderTarget({
    name: 'stall',
    share: 110,
    kind: KIND.stall,
    samples: [
      ...recorded(KIND.stall),
      sample({
        id: 'x',
        name: 'Stall',
        currency: 'EUR',
        shipping: [{ id: 'z', name: 'Zone', cost: '9.5', regions: ['EU'], countries: null }],
      }),
    ],
    decode: decodeStall,
    use(stall) {
      must(stall.id !== '' && stall.name !== '' && stall.currency !== '', 'A stall lacks a name')
      for (const zone of stall.zones) {
        must(zone.cost >= 0, 'A shipping zone has a negative cost')
        deliveryKind(zone)
        formatPrice({ amount: zone.cost, currency: stall.currency }, 'en')
      }
      createCatalogue().apply([{ type: 'stall', stall }])
    },
  }),
  decoderTarget({
    name: 'product',
    share: 130,
    kind: KIND.product,
    samples: [
      ...recorded(KIND.product),
      sample(
        {
          id: 'x',
          stall_id: 's',
          name: 'Tea',
          description: null,
          images: ['https://example.com/a.png'],
          currency: 'EUR',
          price: '12.50',
          quantity: null,
          active: true,
          specs: [['weight', '1 kg']],
          shipping: [{ id: 'z', cost: 1 }],
        },
        [
          ['d', 'x'],
          ['t', 'food'],
        ],
      ),
    ],
    decode: decodeProduct,
    use(product) {
      must(product.price >= 0 && product.price <= 21e14, 'A product has an impossible price')
      must(product.categories.length <= 20, 'A product has endless categories')
      stockOf(product)
      formatPrice({ amount: product.price, currency: product.currency ?? 'sat' }, 'en')
      searchProducts([product], 'tea', () => ({ stall: 'Stall', merchant: 'Mina' }))
      createCatalogue().apply([{ type: 'product', product }])
    },
  }),
  decoderTarget({
    name: 'profile',
    share: 60,
    kind: KIND.profile,
    samples: [
      ...recorded(KIND.profile),
      sample({ name: 'mina', display_name: 'Mina', about: 'Tea', picture: '', lud16: 'a@b.c' }, []),
    ],
    decode: decodeProfile,
  }),
  decoderTarget({
    name: 'market',
    share: 50,
    kind: KIND.market,
    samples: [
      sample({ name: 'Bazaar', about: '', merchants: [MERCHANT.pubkey], ui: { theme: 'dark' } }),
    ],
    decode: decodeMarket,
    use: (market) => void encodeMarket(market, T0),
  }),
  decoderTarget({
    name: 'deletion',
    share: 50,
    kind: KIND.deletion,
    samples: [
      sample('gone', [
        ['e', 'a'.repeat(64)],
        ['a', `30018:${MERCHANT.pubkey}:tea`],
        ['k', '30018'],
      ]),
    ],
    decode: decodeDeletion,
    use: ({ addresses, author }) =>
      must(
        addresses.every((address) => address.split(':')[1] === author),
        'A deletion names an address of someone else',
      ),
  }),
  decoderTarget({
    name: 'envelope',
    share: 40,
    kind: KIND.directMessage,
    samples: [
      JSON.stringify({ tags: [['p', CUSTOMER.pubkey]], content: 'AAAA?iv=BBBB' }),
      ...SESSIONS.slice(0, 3).flatMap(({ events }) =>
        events
          .filter(({ kind }) => kind === KIND.directMessage)
          .map(({ tags, content }) => JSON.stringify({ tags, content })),
      ),
    ],
    decode: (event) => openEnvelope(event, CUSTOMER.pubkey),
    use: ({ peer }) => must(peer !== CUSTOMER.pubkey, 'A message has no other party'),
  }),
]

const orderMessage: Target = {
  name: 'order message',
  share: 140,
  samples: [...new Set(PLAINTEXTS)],
  feed([input = '']) {
    const result = decodeOrderMessage(input)
    mustBeResult(result)
    if (!result.ok) return
    mustBePlain(result.value, 64 * 1024)
    const message = result.value
    if (message.type === 'order') {
      must(message.request.lines.length > 0, 'An order has no lines')
      return
    }
    const again = decodeOrderMessage(encodeOrderMessage(message))
    must(again.ok || message.type !== 'status', 'A status cannot be read back')
  },
}

const genuine = CATALOGUE_EVENTS.map((event) => JSON.stringify(event))

/** Whole events: only the very bytes that were signed may pass. */
const wholeEvent: Target = {
  name: 'event',
  share: 30,
  samples: genuine,
  feed([input = '']) {
    const raw = parseJson(input)
    const result = verifyEvent(raw)
    mustBeResult(result)
    if (!result.ok) return
    const { id, pubkey, created_at, kind, tags, content, sig } = result.value
    const same = CATALOGUE_EVENTS.find((event) => event.id === id)
    const fields = JSON.stringify([pubkey, created_at, kind, tags, content, sig])
    must(
      same !== undefined &&
        fields ===
          JSON.stringify([
            same.pubkey,
            same.created_at,
            same.kind,
            same.tags,
            same.content,
            same.sig,
          ]),
      'An event passed that nobody signed',
    )
  },
}

export const DECODER_TARGETS: readonly Target[] = [...CATALOGUE_TARGETS, orderMessage, wholeEvent]
