/** Nostr events (NIP-01): the wire shape, the verified shape, and the way from one to the other. */
import { isHex64, type EventId, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'

export const KIND = {
  profile: 0,
  directMessage: 4,
  deletion: 5,
  stall: 30017,
  product: 30018,
  market: 30019,
} as const

/** What is asked of a signer: everything but the author, the id and the signature. */
export interface EventTemplate {
  readonly kind: number
  /** Unix seconds. */
  readonly created_at: number
  readonly tags: readonly (readonly string[])[]
  readonly content: string
}

/** An event without a signature, as a gift wrap holds it. Nothing in it is to be believed yet. */
export interface UnsignedEvent extends EventTemplate {
  readonly id: string
  readonly pubkey: string
}

/** An event as a relay sends it. Nothing in it is to be believed yet. */
export interface UnverifiedEvent extends UnsignedEvent {
  readonly sig: string
}

declare const verified: unique symbol
/**
 * An event whose id and signature were checked. Deep-frozen; made only by `verifyEvent` and
 * {@link trustVerified}. Never spread it: a copy with another content would still carry the type.
 */
export interface VerifiedEvent extends EventTemplate {
  readonly id: EventId
  readonly pubkey: Pubkey
  readonly sig: string
  readonly [verified]: true
}

const HEX128 = /^[0-9a-f]{128}$/

/** Far more than any event that is read here has. */
const MAX_CONTENT = 192 * 1024
const MAX_TAGS = 2_000
const MAX_TAG_ITEMS = 100
const MAX_TAG_LENGTH = 16 * 1024

const isTags = (tags: unknown): tags is string[][] =>
  Array.isArray(tags) &&
  tags.length <= MAX_TAGS &&
  tags.every(
    (tag) =>
      Array.isArray(tag) &&
      tag.length <= MAX_TAG_ITEMS &&
      tag.every((item) => typeof item === 'string' && item.length <= MAX_TAG_LENGTH),
  )

/** Copies the six fields that an unsigned event has out of any JSON value, or says which is wrong. */
export function parseUnsigned(raw: unknown): Result<UnsignedEvent> {
  if (typeof raw !== 'object' || raw === null) return fail('not an object')
  const { id, pubkey, created_at, kind, tags, content } = raw as Record<string, unknown>
  if (!isHex64(id)) return fail('id is not 64 hex characters')
  if (!isHex64(pubkey)) return fail('pubkey is not 64 hex characters')
  if (!Number.isSafeInteger(created_at)) return fail('created_at is not a whole number')
  if (!Number.isInteger(kind) || (kind as number) < 0 || (kind as number) > 65535) {
    return fail('kind is not between 0 and 65535')
  }
  if (!isTags(tags)) return fail('tags are not lists of strings, or are too many')
  if (typeof content !== 'string') return fail('content is not a string')
  if (content.length > MAX_CONTENT) return fail('content is too long')
  return ok({
    id,
    pubkey,
    created_at: created_at as number,
    kind: kind as number,
    tags: tags.map((tag) => [...tag]),
    content,
  })
}

/** Copies the seven fields of an event out of any JSON value, or says which field is wrong. */
export function parseEvent(raw: unknown): Result<UnverifiedEvent> {
  const unsigned = parseUnsigned(raw)
  if (!unsigned.ok) return unsigned
  const { sig } = raw as Record<string, unknown>
  if (typeof sig !== 'string' || !HEX128.test(sig)) return fail('sig is not 128 hex characters')
  return ok({ ...unsigned.value, sig })
}

function freeze(event: UnverifiedEvent): VerifiedEvent {
  for (const tag of event.tags) Object.freeze(tag)
  Object.freeze(event.tags)
  return Object.freeze(event) as VerifiedEvent
}

/**
 * Marks an event as verified whose signature was checked elsewhere: by the verification worker for
 * exactly this parsed copy, or before it was put into this browser's own event cache.
 */
export const trustVerified = (event: UnverifiedEvent): VerifiedEvent => freeze(event)

/** The value of the first tag with this name, if there is one. */
export const tagValue = (event: EventTemplate, name: string): string | undefined => {
  const value = event.tags.find((tag) => tag[0] === name)?.[1]
  return value === undefined ? undefined : wellFormed(value)
}

/** Half a surrogate pair cannot be part of an address of a page, nor be stored as UTF-8. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/**
 * The total order of NIP-01: newer first; of two events with the same date the lower id first.
 */
export function newerFirst(
  a: Pick<UnverifiedEvent, 'created_at' | 'id'>,
  b: Pick<UnverifiedEvent, 'created_at' | 'id'>,
): number {
  return b.created_at - a.created_at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
