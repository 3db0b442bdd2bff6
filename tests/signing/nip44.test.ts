/** NIP-44 as used: the official vectors, each counted, and the sizes that signers take and give. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chacha20 } from '@noble/ciphers/chacha.js'
import { expand } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { base64 } from '@scure/base'
import { v2 } from 'nostr-tools/nip44'
import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { NIP44_MAX_BYTES, NIP44_MAX_PAYLOAD } from '@/signing/ciphertext'
import { createLocalKey, localSigner, publicKeyOf } from '@/signing/localKey'
import extended from '../fixtures/vectors/nip44.extended-length.vectors.json'
import file from '../fixtures/vectors/nip44.vectors.json'
import { valueOf } from './contract'

const { valid, invalid } = file.v2
/** Lengths that the file forbids and that NIP-44 allows since it has a longer length prefix. */
const SUPERSEDED = [65_536, 100_000, 10_000_000]
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const encrypt = (text: string, key: string, nonce: string): string =>
  v2.encrypt(text, hexToBytes(key), hexToBytes(nonce))

describe('the official vectors of NIP-44', () => {
  it('are the file that NIP-44 names, and counted in full: 125 hold, 3 are superseded', () => {
    const path = new URL('../fixtures/vectors/nip44.vectors.json', import.meta.url)
    expect(hashOf(readFileSync(path, 'utf8'))).toBe(
      '269ed0f69e4c192512cc779e78c555090cebc7c785b609e338a62afc3ce25040',
    )
    const groups = [
      valid.get_conversation_key,
      valid.get_message_keys.keys,
      valid.calc_padded_len,
      valid.encrypt_decrypt,
      valid.encrypt_decrypt_long_msg,
      invalid.encrypt_msg_lengths,
      invalid.get_conversation_key,
      invalid.decrypt,
    ]
    expect(groups.map((group) => group.length)).toEqual([35, 32, 24, 10, 3, 4, 8, 12])
    expect(groups.flat()).toHaveLength(125 + SUPERSEDED.length)
    expect([...Object.keys(valid), ...Object.keys(invalid)]).toHaveLength(groups.length)
  })

  it('35 conversation keys', () => {
    for (const { sec1, pub2, conversation_key } of valid.get_conversation_key) {
      expect(bytesToHex(v2.utils.getConversationKey(hexToBytes(sec1), pub2))).toBe(conversation_key)
    }
  })

  it('32 message keys: derived by HKDF, and those that a message is written with', () => {
    const { conversation_key, keys } = valid.get_message_keys
    for (const { nonce, chacha_key, chacha_nonce, hmac_key } of keys) {
      const derived = expand(sha256, hexToBytes(conversation_key), hexToBytes(nonce), 76)
      expect(bytesToHex(derived)).toBe(chacha_key + chacha_nonce + hmac_key)
      const padded = v2.utils.pad('message keys')
      const body = chacha20(hexToBytes(chacha_key), hexToBytes(chacha_nonce), padded)
      const mac = hmac(sha256, hexToBytes(hmac_key), concatBytes(hexToBytes(nonce), body))
      const expected = base64.encode(concatBytes(Uint8Array.of(2), hexToBytes(nonce), body, mac))
      expect(encrypt('message keys', conversation_key, nonce)).toBe(expected)
    }
  })

  it('24 padded lengths', () => {
    for (const [length, padded] of valid.calc_padded_len) {
      expect(v2.utils.calcPaddedLen(length as number)).toBe(padded)
    }
  })

  it.each(valid.encrypt_decrypt)(
    '10 texts, also through a signer: $plaintext',
    async ({ sec1, sec2, conversation_key, nonce, plaintext, payload }) => {
      const [one, two] = [hexToBytes(sec1), hexToBytes(sec2)]
      expect(bytesToHex(v2.utils.getConversationKey(one, publicKeyOf(two)))).toBe(conversation_key)
      expect(encrypt(plaintext, conversation_key, nonce)).toBe(payload)
      const read = await localSigner(two).nip44Decrypt(publicKeyOf(one), payload)
      expect(valueOf(read)).toBe(plaintext)
    },
  )

  it('3 long texts', () => {
    for (const row of valid.encrypt_decrypt_long_msg) {
      const text = row.pattern.repeat(row.repeat)
      expect(hashOf(text)).toBe(row.plaintext_sha256)
      const payload = encrypt(text, row.conversation_key, row.nonce)
      expect(hashOf(payload)).toBe(row.payload_sha256)
      expect(v2.decrypt(payload, hexToBytes(row.conversation_key))).toBe(text)
    }
  })

  it('8 keys that are none', () => {
    for (const { sec1, pub2 } of invalid.get_conversation_key) {
      expect(() => v2.utils.getConversationKey(hexToBytes(sec1), pub2)).toThrow()
    }
  })

  it('12 payloads that must not be read', () => {
    for (const { payload, conversation_key, note } of invalid.decrypt) {
      expect(() => v2.decrypt(payload, hexToBytes(conversation_key)), note).toThrow()
    }
  })

  it('1 length that must fail, and three that are allowed now: 65,536, 100,000, 10,000,000', () => {
    const [empty, ...longer] = invalid.encrypt_msg_lengths
    expect(empty).toBe(0)
    expect(() => v2.encrypt('', new Uint8Array(32).fill(1))).toThrow()
    expect(longer).toEqual(SUPERSEDED)
    for (const length of SUPERSEDED) {
      const padded = v2.utils.pad('x'.repeat(length))
      expect([...padded.subarray(0, 2)]).toEqual([0, 0])
      expect(new DataView(padded.buffer, padded.byteOffset).getUint32(2)).toBe(length)
      expect(padded).toHaveLength(6 + v2.utils.calcPaddedLen(length))
    }
  })
})

describe('the vectors of the longer length prefix', () => {
  it('has them all', () => expect(extended.vectors).toHaveLength(3))

  it.each(extended.vectors)('$len bytes, prefix $prefix', (row) => {
    const text = row.plaintext.repeat(row.len)
    expect(hashOf(text)).toBe(row.plaintext_sha256)
    expect(v2.utils.calcPaddedLen(row.len)).toBe(row.padded_len)
    expect(v2.utils.pad(text)).toHaveLength(row.padded_len + (row.prefix === 'u16' ? 2 : 6))
    const payload = encrypt(text, extended.conversation_key, extended.nonce)
    expect(hashOf(payload)).toBe(row.payload_sha256)
    expect(v2.decrypt(payload, hexToBytes(extended.conversation_key))).toBe(text)
  })
})

describe('the sizes that a signer takes and gives', () => {
  const key = createLocalKey()
  const peerKey = createLocalKey()
  const peer: Pubkey = publicKeyOf(peerKey)
  const signer = localSigner(key)
  const conversation = v2.utils.getConversationKey(peerKey, signer.publicKey)
  const from = (length: number) => v2.encrypt('x'.repeat(length), conversation)

  it('writes up to 65,535 bytes, which every client reads, and no longer texts', async () => {
    const longest = await signer.nip44Encrypt(peer, 'x'.repeat(NIP44_MAX_BYTES))
    expect(v2.decrypt(valueOf(longest), conversation)).toHaveLength(NIP44_MAX_BYTES)
    for (const length of SUPERSEDED) {
      expect((await signer.nip44Encrypt(peer, 'x'.repeat(length))).ok).toBe(false)
    }
  })

  it('reads the longer form up to its cap on payloads', async () => {
    for (const length of [65_536, 100_000]) {
      expect(from(length).length).toBeLessThanOrEqual(NIP44_MAX_PAYLOAD)
      expect(valueOf(await signer.nip44Decrypt(peer, from(length)))).toHaveLength(length)
    }
  })

  it('refuses a payload over the cap before any cryptography', async () => {
    const payload = from(200_000)
    expect(payload.length).toBeGreaterThan(NIP44_MAX_PAYLOAD)
    expect(await signer.nip44Decrypt(peer, payload)).toMatchObject({
      ok: false,
      reason: { code: 'wrong-answer', message: expect.stringContaining('too long') },
    })
    const absurd = 'A'.repeat(20_000_000)
    const before = performance.now()
    expect((await signer.nip44Decrypt(peer, absurd)).ok).toBe(false)
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})
