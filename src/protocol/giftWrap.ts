/**
 * Gift wraps (NIP-59, as NIP-17 uses them): opening one with every rule checked, and making one. The
 * app neither sends nor reads NIP-17 messages yet (docs/decisions/0005): so far only tests use this.
 */
import { finalizeEvent, generateSecretKey } from 'nostr-tools/pure'
import { encrypt, getConversationKey } from 'nostr-tools/nip44'
import type { EventId, Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { parseUnsigned, type EventTemplate, type VerifiedEvent } from './event'
import { parseObject } from './json'
import type { Signer, SignerProblem } from './signer'
import { idOf, verifyEvent } from './verifyEvent'

/** What a gift wrap holds: an event that its author did not sign. The seal around it says who wrote it. */
export interface Rumor extends EventTemplate {
  readonly id: EventId
  readonly pubkey: Pubkey
}

/** Why a wrap was not opened. `retryable` when the signer did not answer: the wrap may be fine. */
export interface GiftWrapProblem {
  readonly message: string
  readonly retryable: boolean
}

type Opener = Pick<Signer, 'publicKey' | 'nip44Decrypt'>
type Sealer = Pick<Signer, 'publicKey' | 'nip44Encrypt' | 'sign'>

export interface WrapOptions {
  /** Unix seconds. */
  readonly now: number
  /** From 0 up to 1, for the dates of seal and wrap; `Math.random` if not given. */
  readonly random?: () => number
}

const KIND_SEAL = 13
const KIND_GIFT_WRAP = 1059
/** Seal and wrap are dated back by up to two days, so that they do not tell when it was written. */
const TWO_DAYS = 2 * 24 * 60 * 60

const refuse = (message: string) => fail<GiftWrapProblem>({ message, retryable: false })

async function decryptJson(
  signer: Opener,
  author: Pubkey,
  content: string,
): Promise<Result<Record<string, unknown>, GiftWrapProblem>> {
  const text = await signer.nip44Decrypt(author, content)
  if (!text.ok) {
    const { code, message } = text.reason
    return fail({ message, retryable: code !== 'wrong-answer' })
  }
  const json = parseObject(text.value)
  return json.ok ? json : refuse(json.reason)
}

/** The outside names exactly one recipient, who is `me`. */
function checkWrap({ kind, tags }: VerifiedEvent, me: Pubkey): string | null {
  if (kind !== KIND_GIFT_WRAP) return `kind ${kind} is not a gift wrap`
  const recipients = tags.filter(([name]) => name === 'p')
  if (recipients.length !== 1) return 'the gift wrap does not name one recipient'
  return recipients[0]?.[1] === me ? null : 'the gift wrap is for somebody else'
}

function checkSeal(raw: unknown): Result<VerifiedEvent, GiftWrapProblem> {
  const seal = verifyEvent(raw)
  if (!seal.ok) return refuse(`the seal is not valid: ${seal.reason}`)
  if (seal.value.kind !== KIND_SEAL) return refuse(`kind ${seal.value.kind} is not a seal`)
  if (seal.value.tags.length > 0) return refuse('the seal has tags')
  return seal
}

function checkRumor(raw: Record<string, unknown>, author: Pubkey): Result<Rumor, GiftWrapProblem> {
  if (Object.hasOwn(raw, 'sig')) return refuse('the message inside is signed')
  const rumor = parseUnsigned(raw)
  if (!rumor.ok) return refuse(`the message inside is not an event: ${rumor.reason}`)
  if (rumor.value.pubkey !== author)
    return refuse('the message claims another author than its seal')
  if (idOf(rumor.value) !== rumor.value.id) {
    return refuse('the id of the message inside is not the hash of what it says')
  }
  return ok(rumor.value as Rumor)
}

/**
 * Opens a verified gift wrap that is for the signer's key. The author is the one who signed the
 * seal, and the date is the rumor's own; those of seal and wrap mean nothing. Never throws.
 */
export async function openGiftWrap(
  wrap: VerifiedEvent,
  signer: Opener,
): Promise<Result<Rumor, GiftWrapProblem>> {
  const unfit = checkWrap(wrap, signer.publicKey)
  if (unfit) return refuse(unfit)
  const sealed = await decryptJson(signer, wrap.pubkey, wrap.content)
  if (!sealed.ok) return sealed
  const seal = checkSeal(sealed.value)
  if (!seal.ok) return seal
  const inside = await decryptJson(signer, seal.value.pubkey, seal.value.content)
  return inside.ok ? checkRumor(inside.value, seal.value.pubkey) : inside
}

/** The unsigned event of an author, with its id. */
export function toRumor(template: EventTemplate, author: Pubkey): Rumor {
  const { kind, created_at, tags, content } = template
  const event = { pubkey: author, created_at, kind, tags, content }
  return { ...event, id: idOf(event) as EventId }
}

/** Signed with a key that is used once and thrown away. */
function wrapSeal(seal: VerifiedEvent, recipient: Pubkey, created_at: number): VerifiedEvent {
  const key = generateSecretKey()
  const content = encrypt(JSON.stringify(seal), getConversationKey(key, recipient))
  const tags = [['p', recipient]]
  const wrap = verifyEvent(finalizeEvent({ kind: KIND_GIFT_WRAP, created_at, tags, content }, key))
  if (!wrap.ok) throw new Error(`A wrap that was just signed is not valid: ${wrap.reason}`)
  return wrap.value
}

/** Seals a rumor of the signer and wraps it for one recipient; each recipient gets a wrap of its own. */
export async function giftWrap(
  rumor: Rumor,
  recipient: Pubkey,
  signer: Sealer,
  { now, random = Math.random }: WrapOptions,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const earlier = () => now - Math.floor(random() * TWO_DAYS)
  const content = await signer.nip44Encrypt(recipient, JSON.stringify(rumor))
  if (!content.ok) return content
  const template = { kind: KIND_SEAL, created_at: earlier(), tags: [], content: content.value }
  const seal = await signer.sign(template)
  return seal.ok ? ok(wrapSeal(seal.value, recipient, earlier())) : seal
}
