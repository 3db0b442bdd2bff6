import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { decode, npubEncode, nsecEncode } from 'nostr-tools/nip19'
import { describe, expect, it } from 'vitest'
import { parsePastedKey } from '@/signing/nsec'
import { shortNpub } from '@/signing/npub'
import nip49 from '../fixtures/vectors/nip49.vectors.json'
import nip19 from '../fixtures/vectors/nip19.vectors.json'

const [npub, nsec, nprofile] = nip19.vectors
const secret = nsec!.hex!

function read(text: string): string {
  const parsed = parsePastedKey(text)
  if (!parsed.ok) return parsed.reason
  const { value } = parsed
  if (value.form === 'plain') return bytesToHex(value.secretKey)
  return value.form === 'words' ? value.words : value.ncryptsec
}

describe('NIP-19, official vectors', () => {
  it('has them all', () => expect(nip19.vectors).toHaveLength(3))

  it('npub and nsec, both ways', () => {
    expect(decode(npub!.bech32)).toEqual({ type: 'npub', data: npub!.hex })
    expect(npubEncode(npub!.hex!)).toBe(npub!.bech32)
    expect(nsecEncode(hexToBytes(secret))).toBe(nsec!.bech32)
    expect(decode(nsec!.bech32)).toEqual({ type: 'nsec', data: hexToBytes(secret) })
  })

  it('nprofile', () => {
    const { pubkey, relays } = nprofile!
    expect(decode(nprofile!.bech32)).toEqual({ type: 'nprofile', data: { pubkey, relays } })
  })
})

describe('a pasted key', () => {
  it('is an nsec: the official vector', () => expect(read(nsec!.bech32)).toBe(secret))

  it('is an nsec with spaces around it, or in capitals', () => {
    expect(read(`  ${nsec!.bech32}\n`)).toBe(secret)
    expect(read(nsec!.bech32.toUpperCase())).toBe(secret)
  })

  it('is hex', () => {
    expect(read(secret)).toBe(secret)
    expect(read(secret.toUpperCase())).toBe(secret)
  })

  it('is an ncryptsec', () => {
    const { ncryptsec } = nip49.spec.decrypt[0]!
    expect(read(ncryptsec)).toBe(ncryptsec)
  })

  it('is refused with what to do when it is a public key', () => {
    expect(read(npub!.bech32)).toContain('public key')
    expect(read(nprofile!.bech32)).toContain('public key')
  })

  it('is refused in a nostr: link', () => {
    expect(read(`nostr:${nsec!.bech32}`)).toContain('nostr: link')
    expect(read(`NOSTR:${nsec!.bech32}`)).toContain('nostr: link')
  })

  it('is refused when damaged, out of range or something else', () => {
    expect(read(`${nsec!.bech32.slice(0, -1)}q`)).toContain('damaged')
    expect(read(nsec!.bech32.slice(0, -4))).toContain('damaged')
    expect(read('0'.repeat(64))).toContain('not a valid secret key')
    expect(read('f'.repeat(64))).toContain('not a valid secret key')
    expect(read('note1abc')).toContain('not a secret key')
    expect(read('')).toContain('not a secret key')
  })

  it('never makes the reader throw', () => {
    const near = fc.constantFrom('nsec1', 'ncryptsec1', 'nostr:', 'npub1', '')
    fc.assert(
      fc.property(near, fc.string(), (start, rest) => {
        expect(parsePastedKey(start + rest).ok).toBe(false)
      }),
    )
  })
})

describe('a short npub', () => {
  it('is made from the official vector', async () => {
    expect(await shortNpub(npub!.hex!)).toBe(
      'npub10elfcs4…zvjptg'.replace('zvjptg', npub!.bech32.slice(-6)),
    )
    expect(await shortNpub('not a key')).toBe('not a key')
  })
})
