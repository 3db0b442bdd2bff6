import { readFileSync } from 'node:fs'
import { hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { createLocalKey, localSigner, publicKeyOf } from '@/signing/localKey'
import { signerContract, valueOf } from './contract'

signerContract('local key', async (secretKey) => localSigner(secretKey))

interface Session {
  readonly name: string
  readonly customer: { readonly pubkey: Pubkey; readonly seckey: string }
  readonly events: readonly {
    readonly id: string
    readonly pubkey: Pubkey
    readonly kind: number
    readonly content: string
    readonly tags: string[][]
  }[]
  readonly plaintext: readonly { readonly id: string; readonly text: string }[]
}

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/nostrmarket/recorded-sessions.json', import.meta.url), 'utf8'),
) as { readonly sessions: readonly Session[] }

describe('a local key', () => {
  it('is random, 32 bytes, and a key', () => {
    const keys = Array.from({ length: 20 }, createLocalKey)
    expect(new Set(keys.map(publicKeyOf)).size).toBe(20)
    expect(keys.every((key) => key.length === 32)).toBe(true)
  })

  it('must be a valid secret key', () => {
    expect(() => localSigner(new Uint8Array(32))).toThrow()
    expect(() => localSigner(new Uint8Array(31).fill(1))).toThrow()
    expect(() => localSigner(new Uint8Array(32).fill(255))).toThrow()
  })

  it('goes on when its owner wipes the bytes', async () => {
    const key = createLocalKey()
    const signer = localSigner(key)
    key.fill(0)
    const event = await signer.sign({ kind: 1, created_at: 1, tags: [], content: '' })
    expect(valueOf(event).pubkey).toBe(signer.publicKey)
  })

  it.each(recorded.sessions)('decrypts the recorded traffic: $name', async (session) => {
    const signer = localSigner(hexToBytes(session.customer.seckey))
    expect(signer.publicKey).toBe(session.customer.pubkey)
    const plain = new Map(session.plaintext.map(({ id, text }) => [id, text]))
    const messages = session.events.filter(({ id, kind }) => kind === 4 && plain.has(id))
    expect(messages.length).toBeGreaterThan(0)
    for (const { id, pubkey, tags, content } of messages) {
      const peer = pubkey === signer.publicKey ? (tags[0]?.[1] as Pubkey) : pubkey
      expect(valueOf(await signer.nip04Decrypt(peer, content))).toBe(plain.get(id))
    }
  })
})
