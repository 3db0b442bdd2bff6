/** No input makes a decoder throw: whatever arrives is read or refused with a reason. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDeletion } from '@/protocol/deletion'
import { openEnvelope } from '@/protocol/directMessage'
import { KIND, parseEvent, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { decodeMarket } from '@/protocol/market'
import { decodeOrderMessage } from '@/protocol/orderMessage'
import { decodeProduct } from '@/protocol/product'
import { decodeProfile } from '@/protocol/profile'
import { decodeStall } from '@/protocol/stall'
import { anyJson } from '../factories/arbitraries'
import { unsigned } from '../factories/events'
import { CUSTOMER } from '../factories/people'
import { CATALOGUE_EVENTS, SESSIONS } from '../factories/recordedSessions'

type Decoder = (content: string, tags: string[][]) => unknown

const ofEvent =
  (kind: number, decode: (event: VerifiedEvent) => unknown): Decoder =>
  (content, tags) =>
    decode(unsigned({ kind, content, tags }))

const DECODERS: Record<string, Decoder> = {
  stall: ofEvent(KIND.stall, decodeStall),
  product: ofEvent(KIND.product, decodeProduct),
  profile: ofEvent(KIND.profile, decodeProfile),
  deletion: ofEvent(KIND.deletion, decodeDeletion),
  market: ofEvent(KIND.market, decodeMarket),
  envelope: ofEvent(KIND.directMessage, (event) => openEnvelope(event, CUSTOMER.pubkey)),
  'order message': (text) => decodeOrderMessage(text),
}

const RESULT = expect.objectContaining({ ok: expect.any(Boolean) })

const tags = fc.oneof(
  fc.constant<string[][]>([
    ['d', 'x'],
    ['p', CUSTOMER.pubkey],
  ]),
  fc.array(fc.array(fc.string(), { maxLength: 3 }), { maxLength: 4 }),
)

/** What merchant software really wrote. */
const RECORDED = [
  ...CATALOGUE_EVENTS.map(({ content }) => content),
  ...SESSIONS.flatMap(({ plaintext }) => plaintext.flatMap(({ text }) => text ?? [])),
].filter((text) => text.startsWith('{'))

/** Replaces one value somewhere inside `value`. */
function withReplaced(value: unknown, path: readonly number[], other: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return other
  const keys = Object.keys(value)
  const key = keys[step % Math.max(1, keys.length)]
  if (key === undefined) return other
  const changed = withReplaced((value as Record<string, unknown>)[key], rest, other)
  return Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }
}

const mutated = fc
  .record({
    text: fc.constantFrom(...RECORDED),
    path: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
    other: anyJson,
  })
  .map(({ text, path, other }) => JSON.stringify(withReplaced(JSON.parse(text), path, other)))

const damaged = fc
  .record({
    text: fc.constantFrom(...RECORDED),
    at: fc.nat(300),
    junk: fc.string({ maxLength: 3 }),
  })
  .map(({ text, at, junk }) => text.slice(0, at) + junk + text.slice(at + junk.length))

const content = fc.oneof(
  fc.string({ unit: 'binary' }),
  anyJson.map((x) => JSON.stringify(x)),
  mutated,
  damaged,
)

/** A field that is nested deeper than recursion reaches. */
const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe.each(Object.entries(DECODERS))('the decoder of a(n) %s', (_, decode) => {
  it('reads or refuses anything', () => {
    fc.assert(
      fc.property(content, tags, (text, someTags) => {
        expect(decode(text, someTags)).toEqual(RESULT)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['id', 'name', 'address', 'contact', 'items', 'shipping', 'images', 'ui', 'x'])(
    'survives endless nesting in %s',
    (field) => {
      const order = '"type":0,"id":"a","shipping_id":"z","items":[{"product_id":"p","quantity":1}]'
      const nested = `{${order},"stall_id":"s","price":1,"${field}":${deep(30_000)}}`
      expect(decode(nested, [['d', 'x']])).toEqual(RESULT)
    },
  )
})

it('leaves objects everywhere as they were', () => {
  fc.assert(
    fc.property(mutated, (text) => {
      for (const decode of Object.values(DECODERS)) decode(text, [['d', '__proto__']])
      expect('polluted' in {}).toBe(false)
    }),
  )
})

describe('the reader of events', () => {
  it('reads or refuses anything', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        expect(parseEvent(raw)).toEqual(RESULT)
        expect(verifyEvent(raw)).toEqual(RESULT)
      }),
      { numRuns: 300 },
    )
  })

  it('refuses a genuine event with any field changed', () => {
    const genuine = CATALOGUE_EVENTS[0]!
    const field = fc.constantFrom('id', 'pubkey', 'created_at', 'kind', 'tags', 'content', 'sig')
    fc.assert(
      fc.property(field, anyJson, (name, value) => {
        expect(verifyEvent({ ...genuine, [name]: value }).ok).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})
