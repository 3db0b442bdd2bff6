/** The signature scheme as used: the official BIP-340 vectors, and the event check that builds on it. */
import { readFileSync } from 'node:fs'
import { schnorr } from '@noble/curves/secp256k1.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { verifyEvent } from '@/protocol/verifyEvent'
import { createLocalKey, publicKeyOf } from '@/signing/localKey'
import { signWith } from './fakeExtension'

const rows = readFileSync(
  new URL('../fixtures/vectors/bip340.test-vectors.csv', import.meta.url),
  'utf8',
)
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.toLowerCase().split(','))
  .map(([index, secret, pubkey, aux, message, signature, result, comment]) => ({
    index: index!,
    secret: secret!,
    pubkey: pubkey!,
    aux: aux!,
    message: message!,
    signature: signature!,
    valid: result === 'true',
    comment: comment!,
  }))

describe('BIP-340, official vectors', () => {
  it('has them all', () => expect(rows).toHaveLength(19))

  it.each(rows)('verifies $index: $valid $comment', ({ signature, message, pubkey, valid }) => {
    expect(schnorr.verify(hexToBytes(signature), hexToBytes(message), hexToBytes(pubkey))).toBe(
      valid,
    )
  })

  it.each(rows.filter(({ secret }) => secret))('signs $index', (row) => {
    const secret = hexToBytes(row.secret)
    expect(publicKeyOf(secret)).toBe(row.pubkey)
    expect(bytesToHex(schnorr.sign(hexToBytes(row.message), secret, hexToBytes(row.aux)))).toBe(
      row.signature,
    )
  })
})

describe('the event check on top of it', () => {
  const signed = signWith(createLocalKey(), { kind: 1, created_at: 1, tags: [], content: 'x' })
  const event = JSON.parse(JSON.stringify(signed)) as typeof signed

  it('accepts a signature over the id, whoever made it', () => {
    expect(verifyEvent(event).ok).toBe(true)
  })

  it('refuses every one-bit change of signature, id and author', () => {
    for (const field of ['sig', 'id', 'pubkey'] as const) {
      for (let at = 0; at < event[field].length; at += 7) {
        const digit = (parseInt(event[field][at]!, 16) ^ 1).toString(16)
        const changed = event[field].slice(0, at) + digit + event[field].slice(at + 1)
        expect(verifyEvent({ ...event, [field]: changed }).ok, `${field} ${at}`).toBe(false)
      }
    }
  })
})
