import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { bech32 } from '@scure/base'
import { describe, expect, it } from 'vitest'
import { createLocalKey } from '@/signing/localKey'
import { checkNcryptsec, decryptKey, encryptKey } from '@/signing/ncryptsec'
import vectors from '../fixtures/vectors/nip49.vectors.json'
import { valueOf } from './contract'

const [spec] = vectors.spec.decrypt
// 2^16 rounds take seconds on a busy machine.
const SLOW = 60_000
const all = [...vectors.spec.decrypt, ...vectors.nostr_tools]

describe('NIP-49, official vectors', () => {
  it('has them all', () => expect(all).toHaveLength(12))

  it.each(all)(
    'decrypts log_n $log_n',
    async ({ ncryptsec, password, secret }) => {
      expect(bytesToHex(valueOf(await decryptKey(ncryptsec, password)))).toBe(secret)
    },
    SLOW,
  )

  it('normalises passwords to NFKC', () => {
    const { input, nfkc, nfkc_utf8_hex } = vectors.spec.normalization
    expect(bytesToHex(new TextEncoder().encode(nfkc))).toBe(nfkc_utf8_hex)
    expect(input.normalize('NFKC')).toBe(nfkc)
  })
})

describe('an encrypted key', () => {
  it(
    'is written with 2^16 rounds, and opens with any writing of its password',
    async () => {
      const { input, nfkc } = vectors.spec.normalization
      const key = createLocalKey()
      const encrypted = await encryptKey(key, input)
      expect(bech32.decodeToBytes(encrypted).bytes[1]).toBe(16)
      expect(valueOf(await decryptKey(` ${encrypted.toUpperCase()}\n`, nfkc))).toEqual(key)
    },
    SLOW,
  )

  it('opens with its own password only', async () => {
    const { ncryptsec } = vectors.nostr_tools[0]!
    expect(await decryptKey(ncryptsec, 'wrong horse')).toEqual({
      ok: false,
      reason: 'The password does not fit this key.',
    })
  })

  it('is never made with an empty password or from what is no key', async () => {
    await expect(encryptKey(createLocalKey(), '')).rejects.toThrow()
    await expect(encryptKey(new Uint8Array(32), 'x')).rejects.toThrow()
  })

  it('is refused at once when damaged, foreign, or asking for absurd work', async () => {
    const text = spec!.ncryptsec
    const { bytes } = bech32.decodeToBytes(text)
    const remade = (change: (bytes: Uint8Array) => Uint8Array, prefix = 'ncryptsec') =>
      bech32.encode(prefix, bech32.toWords(change(Uint8Array.from(bytes))), 1000)
    const changed = (at: number, value: number) =>
      remade((copy) => {
        copy[at] = value
        return copy
      })
    const bad = [
      '',
      'ncryptsec1',
      `${text.slice(0, -1)}q`,
      text.slice(0, 80),
      'x'.repeat(1_000_000),
      changed(0, 1),
      changed(1, 0),
      changed(1, 31),
      changed(1, 255),
      remade((copy) => copy.slice(0, 90)),
      remade((copy) => copy, 'nsec'),
    ]
    for (const candidate of bad) {
      expect(checkNcryptsec(candidate).ok, candidate.slice(0, 40)).toBe(false)
      expect((await decryptKey(candidate, 'nostr')).ok).toBe(false)
    }
  })

  it('must hold a valid secret key', async () => {
    const { encrypt } = await import('nostr-tools/nip49')
    const zero = encrypt(hexToBytes('00'.repeat(32)), 'pw', 2)
    expect(await decryptKey(zero, 'pw')).toEqual({
      ok: false,
      reason: expect.stringContaining('valid secret key'),
    })
  })
})
