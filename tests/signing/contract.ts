/** What every signer must do, whoever holds the key. */
import { describe, expect, it } from 'vitest'
import * as nip04 from 'nostr-tools/nip04'
import * as nip44 from 'nostr-tools/nip44'
import type { EventTemplate } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { Signer } from '@/protocol/signer'
import { createLocalKey, publicKeyOf } from '@/signing/localKey'
import type { Result } from '@/domain/result'

export function valueOf<T, R>(result: Result<T, R>): T {
  if (!result.ok) throw new Error(`Unexpected: ${JSON.stringify(result.reason)}`)
  return result.value
}

const TEXTS = ['a', 'fifteen letters', 'exactly 16 bytes', 'Grüße, 日本語, 🫖', 'x'.repeat(5000)]

export function signerContract(
  name: string,
  makeSigner: (secretKey: Uint8Array) => Promise<Signer>,
): void {
  describe(`a signer: ${name}`, () => {
    const secretKey = createLocalKey()
    const peerKey = createLocalKey()
    const peer = publicKeyOf(peerKey)
    const template: EventTemplate = {
      kind: 4,
      created_at: 1_795_348_698,
      tags: [
        ['p', peer],
        ['empty', ''],
      ],
      content: 'quotes " and \n lines, 日本',
    }

    it('knows its public key', async () => {
      expect((await makeSigner(secretKey)).publicKey).toBe(publicKeyOf(secretKey))
    })

    it('signs exactly what was asked', async () => {
      const event = valueOf(await (await makeSigner(secretKey)).sign(template))
      expect(event).toMatchObject({ ...template, pubkey: publicKeyOf(secretKey) })
      expect(valueOf(verifyEvent(JSON.parse(JSON.stringify(event)))).id).toBe(event.id)
      expect(Object.isFrozen(event)).toBe(true)
    })

    it('leaves the template as it was, even one changed after the call', async () => {
      const signer = await makeSigner(secretKey)
      const mutable = { ...template, tags: [['p', peer]] }
      const before = structuredClone(mutable)
      const signing = signer.sign(mutable)
      expect(mutable).toEqual(before)
      mutable.tags[0]![1] = 'changed'
      expect(valueOf(await signing).tags).toEqual(before.tags)
    })

    it('signs a frozen template', async () => {
      const signer = await makeSigner(secretKey)
      const frozen = Object.freeze({
        ...template,
        tags: Object.freeze([Object.freeze(['p', peer])]),
      })
      expect((await signer.sign(frozen)).ok).toBe(true)
    })

    it.each(TEXTS)('exchanges NIP-04 text with a peer: %#', async (text) => {
      const signer = await makeSigner(secretKey)
      const sent = valueOf(await signer.nip04Encrypt(peer, text))
      expect(nip04.decrypt(peerKey, signer.publicKey, sent)).toBe(text)
      const reply = nip04.encrypt(peerKey, signer.publicKey, text)
      expect(valueOf(await signer.nip04Decrypt(peer, reply))).toBe(text)
    })

    it.each(TEXTS)('exchanges NIP-44 text with a peer: %#', async (text) => {
      const signer = await makeSigner(secretKey)
      const key = nip44.getConversationKey(peerKey, signer.publicKey)
      expect(nip44.decrypt(valueOf(await signer.nip44Encrypt(peer, text)), key)).toBe(text)
      const reply = nip44.encrypt(text, key)
      expect(valueOf(await signer.nip44Decrypt(peer, reply))).toBe(text)
    })

    it('refuses to encrypt nothing, and more than NIP-44 clients accept', async () => {
      const signer = await makeSigner(secretKey)
      expect((await signer.nip04Encrypt(peer, '')).ok).toBe(false)
      expect((await signer.nip44Encrypt(peer, '')).ok).toBe(false)
      expect((await signer.nip44Encrypt(peer, 'x'.repeat(65_536))).ok).toBe(false)
      expect((await signer.nip44Encrypt(peer, 'x'.repeat(65_535))).ok).toBe(true)
    })

    it.each(['', 'hello', '?iv=', 'AAAA?iv=AAAA', '{"type":0}', 'AAAA', '\uD800'])(
      'calls %j no ciphertext, without throwing',
      async (text) => {
        const signer = await makeSigner(secretKey)
        for (const answer of [
          await signer.nip04Decrypt(peer, text),
          await signer.nip44Decrypt(peer, text),
        ]) {
          expect(answer).toMatchObject({ ok: false, reason: { code: 'wrong-answer' } })
        }
      },
    )

    it('does not pass on what another key decrypts NIP-04 to', async () => {
      const signer = await makeSigner(secretKey)
      let garbage = 0
      for (let n = 0; n < 10; n += 1) {
        const strange = nip04.encrypt(
          createLocalKey(),
          peer,
          'meant for someone else entirely, not you',
        )
        if ((await signer.nip04Decrypt(peer, strange)).ok) garbage += 1
      }
      expect(garbage).toBe(0)
    })

    it('refuses a tampered NIP-44 message', async () => {
      const signer = await makeSigner(secretKey)
      const sent = valueOf(await signer.nip44Encrypt(peer, 'the amount is 21 sat'))
      const at = 60
      const tampered = sent.slice(0, at) + (sent[at] === 'A' ? 'B' : 'A') + sent.slice(at + 1)
      expect(await signer.nip44Decrypt(peer, tampered)).toMatchObject({
        ok: false,
        reason: { code: 'wrong-answer' },
      })
    })

    it('answers many calls at once, each with its own answer', async () => {
      const signer = await makeSigner(secretKey)
      const texts = ['one', 'two', 'three', 'four']
      const sent = await Promise.all(texts.map((text) => signer.nip04Encrypt(peer, text)))
      const back = await Promise.all(sent.map((s) => signer.nip04Decrypt(peer, valueOf(s))))
      expect(back.map(valueOf)).toEqual(texts)
    })
  })
}
