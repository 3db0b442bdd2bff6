/** Gift wraps: the vectors of NIP-17 and NIP-59, and one wrap for each rule that is broken. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { bech32 } from '@scure/base'
import { encrypt, getConversationKey } from 'nostr-tools/nip44'
import { finalizeEvent } from 'nostr-tools/pure'
import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { fail, type Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import { giftWrap, openGiftWrap, toRumor, type Rumor } from '@/protocol/giftWrap'
import { verifyEvent } from '@/protocol/verifyEvent'
import { localSigner } from '@/signing/localKey'
import { CUSTOMER, MERCHANT, person, STRANGER, type Person } from '../factories/people'
import vectors from '../fixtures/vectors/nip17-59.vectors.json'

const NOW = 1_795_348_698
const ONCE = person(9)

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`Unexpected: ${JSON.stringify(result.reason)}`)
  return result.value
}
const verified = (raw: unknown): VerifiedEvent => valueOf(verifyEvent(raw))
const fromNsec = (nsec: string): Uint8Array => bech32.decodeToBytes(nsec).bytes

describe('the official vectors', () => {
  const { nip17, nip59 } = vectors
  const receiver = localSigner(fromNsec(nip17.receiver_nsec))
  const sender = localSigner(fromNsec(nip17.sender_nsec))

  it.each([
    ['receiver', receiver, nip17.wraps.receiver],
    ['sender', sender, nip17.wraps.sender],
  ])('NIP-17, the copy of the %s', async (_whose, signer, wrap) => {
    const rumor = valueOf(await openGiftWrap(verified(wrap), signer))
    expect(rumor).toMatchObject({ kind: 14, content: nip17.message, pubkey: sender.publicKey })
    expect(rumor.created_at).not.toBe(wrap.created_at)
  })

  it('NIP-59: wrap, seal and rumor', async () => {
    const { rumor, seal, wrap } = nip59
    const recipient = localSigner(hexToBytes(nip59.recipient_sec))
    const author = localSigner(hexToBytes(nip59.author_sec))
    expect(toRumor(rumor, author.publicKey)).toEqual(rumor)
    expect(verified(seal).pubkey).toBe(author.publicKey)
    expect(valueOf(await openGiftWrap(verified(wrap), recipient))).toEqual(rumor)
  })
})

const message: EventTemplate = {
  kind: 14,
  created_at: NOW - 60,
  tags: [
    ['p', CUSTOMER.pubkey],
    ['subject', 'order'],
  ],
  content: 'Your tea is on its way. 🫖',
}
const rumor: Rumor = toRumor(message, MERCHANT.pubkey)
const customer = localSigner(CUSTOMER.secretKey)

const sealedFor = (to: Pubkey, by: Person, inside: unknown): string =>
  encrypt(
    typeof inside === 'string' ? inside : JSON.stringify(inside),
    getConversationKey(by.secretKey, to),
  )

interface Parts {
  readonly inside?: unknown
  readonly seal?: Partial<EventTemplate>
  /** Changes the seal after it was signed. */
  readonly altered?: Record<string, unknown>
  readonly sealedBy?: Person
  readonly wrap?: Partial<EventTemplate>
}

/** A wrap for the customer that keeps every rule but those that `parts` break. */
function wrapOf({
  inside = rumor,
  seal,
  altered,
  sealedBy = MERCHANT,
  wrap,
}: Parts): VerifiedEvent {
  const content = sealedFor(CUSTOMER.pubkey, sealedBy, inside)
  const template = { kind: 13, created_at: NOW - 9_000, tags: [], content, ...seal }
  const signed = finalizeEvent(
    { ...template, tags: template.tags.map((tag) => [...tag]) },
    sealedBy.secretKey,
  )
  const outer = {
    kind: 1059,
    created_at: NOW - 80_000,
    tags: [['p', CUSTOMER.pubkey]],
    content: sealedFor(CUSTOMER.pubkey, ONCE, { ...signed, ...altered }),
    ...wrap,
  }
  return verified(
    finalizeEvent({ ...outer, tags: outer.tags.map((tag) => [...tag]) }, ONCE.secretKey),
  )
}

describe('a gift wrap', () => {
  it('is opened when it keeps every rule, and is dated by its rumor alone', async () => {
    expect(valueOf(await openGiftWrap(wrapOf({}), customer))).toEqual(rumor)
  })

  it.each<[string, Parts, RegExp]>([
    ['is of another kind', { wrap: { kind: 4 } }, /kind 4 is not a gift wrap/],
    ['is for somebody else', { wrap: { tags: [['p', STRANGER.pubkey]] } }, /somebody else/],
    ['names nobody', { wrap: { tags: [] } }, /does not name one recipient/],
    [
      'names two',
      {
        wrap: {
          tags: [
            ['p', CUSTOMER.pubkey],
            ['p', STRANGER.pubkey],
          ],
        },
      },
      /does not name one recipient/,
    ],
    ['has no seal inside', { wrap: { content: sealedFor(CUSTOMER.pubkey, ONCE, 'hi') } }, /JSON/],
    [
      'cannot be decrypted',
      { wrap: { content: sealedFor(STRANGER.pubkey, ONCE, '{}') } },
      /cannot be read/,
    ],
    ['holds a seal of another kind', { seal: { kind: 14 } }, /kind 14 is not a seal/],
    ['holds a seal with tags', { seal: { tags: [['p', CUSTOMER.pubkey]] } }, /seal has tags/],
    [
      'holds a seal with a bad signature',
      { altered: { sig: '0'.repeat(128) } },
      /seal is not valid: its signature/,
    ],
    [
      'holds a seal whose author was replaced',
      { altered: { pubkey: STRANGER.pubkey } },
      /seal is not valid: its id/,
    ],
    ['holds a seal without a signature', { altered: { sig: undefined } }, /seal is not valid: sig/],
    ['is sealed by another than its author', { sealedBy: STRANGER }, /another author/],
    [
      'holds a signed message',
      {
        inside: finalizeEvent(
          { ...message, tags: message.tags.map((tag) => [...tag]) },
          MERCHANT.secretKey,
        ),
      },
      /inside is signed/,
    ],
    ['holds a wrong id', { inside: { ...rumor, id: '0'.repeat(64) } }, /not the hash/],
    ['holds no id', { inside: { ...message, pubkey: MERCHANT.pubkey } }, /id is not 64 hex/],
    ['holds other content under its id', { inside: { ...rumor, content: 'no' } }, /not the hash/],
    ['is dated by a text', { inside: { ...rumor, created_at: String(NOW) } }, /created_at/],
    ['is dated by a fraction', { inside: { ...rumor, created_at: 1.5 } }, /created_at/],
    ['has a kind of half', { inside: { ...rumor, kind: 14.5 } }, /kind is not/],
    ['has tags that are none', { inside: { ...rumor, tags: null } }, /tags are not/],
    ['has numbers in tags', { inside: { ...rumor, tags: [['p', 7]] } }, /tags are not/],
    ['has content that is no text', { inside: { ...rumor, content: {} } }, /content is not/],
    ['has an author that is no key', { inside: { ...rumor, pubkey: 'me' } }, /pubkey is not/],
    ['holds a list', { inside: [] }, /not a JSON object/],
    ['holds no JSON', { inside: 'Your tea is on its way.' }, /not JSON/],
  ])('is refused when it %s', async (_what, parts, words) => {
    const opened = await openGiftWrap(wrapOf(parts), customer)
    expect(opened).toEqual({
      ok: false,
      reason: { message: expect.stringMatching(words), retryable: false },
    })
  })

  it('is tried again when only the signer did not answer', async () => {
    const declines = {
      publicKey: CUSTOMER.pubkey,
      nip44Decrypt: async () => fail({ code: 'declined', message: 'You declined.' } as const),
    }
    expect(await openGiftWrap(wrapOf({}), declines)).toEqual({
      ok: false,
      reason: { message: 'You declined.', retryable: true },
    })
  })
})

describe('a gift wrap of our own', () => {
  const merchant = localSigner(MERCHANT.secretKey)

  it('is read by its recipient and by nobody else', async () => {
    const wrap = valueOf(await giftWrap(rumor, CUSTOMER.pubkey, merchant, { now: NOW }))
    expect(valueOf(await openGiftWrap(wrap, customer))).toEqual(rumor)
    expect((await openGiftWrap(wrap, localSigner(STRANGER.secretKey))).ok).toBe(false)
    expect((await openGiftWrap(wrap, merchant)).ok).toBe(false)
  })

  it('shows neither author nor date', async () => {
    const wraps = await Promise.all(
      [0, 0.5, 0.999999].map(async (chance) =>
        valueOf(
          await giftWrap(rumor, CUSTOMER.pubkey, merchant, { now: NOW, random: () => chance }),
        ),
      ),
    )
    expect(new Set(wraps.map(({ pubkey }) => pubkey)).size).toBe(3)
    for (const { pubkey, created_at, tags } of wraps) {
      expect(pubkey).not.toBe(MERCHANT.pubkey)
      expect(tags).toEqual([['p', CUSTOMER.pubkey]])
      expect(created_at).toBeLessThanOrEqual(NOW)
      expect(created_at).toBeGreaterThanOrEqual(NOW - 2 * 24 * 3600)
    }
    expect(new Set(wraps.map(({ created_at }) => created_at)).size).toBe(3)
  })

  it('is not made when the signer refuses', async () => {
    const refuses = async () => fail({ code: 'declined', message: 'You declined.' } as const)
    const noSeal = { ...merchant, sign: refuses }
    const noText = { ...merchant, nip44Encrypt: refuses }
    for (const signer of [noSeal, noText]) {
      const wrap = await giftWrap(rumor, CUSTOMER.pubkey, signer, { now: NOW })
      expect(wrap).toMatchObject({ ok: false, reason: { code: 'declined' } })
    }
  })
})
