/** A key that this page holds itself: a guest's, or one unlocked with its password. */
import { finalizeEvent, generateSecretKey, getPublicKey } from 'nostr-tools/pure'
import type { Pubkey } from '@/domain/ids'
import type { Signer } from '@/protocol/signer'
import { checkedSigner, type RawCipher, type RawSigner } from './checkedSigner'

/** A fresh random secret key: 32 bytes. */
export const createLocalKey = (): Uint8Array => generateSecretKey()

/** The public key of a secret key. Throws for bytes that are not one. */
export const publicKeyOf = (secretKey: Uint8Array): Pubkey => getPublicKey(secretKey) as Pubkey

/** Strangers each have a key of their own: beyond so many, agreeing starts anew. */
const MAX_SHARED_KEYS = 2_000

/** Agreeing on a key costs far more than a message, so each peer's is kept. */
function nip04Cipher(secretKey: Uint8Array): RawCipher {
  const keys = new Map<Pubkey, Uint8Array>()
  async function prepare(peer: Pubkey) {
    const nip04 = await import('./nip04')
    const key = keys.get(peer) ?? nip04.sharedKey(secretKey, peer)
    if (keys.size >= MAX_SHARED_KEYS) keys.clear()
    keys.set(peer, key)
    return { nip04, key }
  }
  return {
    async encrypt(peer, text) {
      const { nip04, key } = await prepare(peer)
      return nip04.encrypt(key, text)
    },
    async decrypt(peer, ciphertext) {
      const { nip04, key } = await prepare(peer)
      return nip04.decrypt(key, ciphertext)
    },
  }
}

function nip44Cipher(secretKey: Uint8Array): RawCipher {
  const keys = new Map<Pubkey, Uint8Array>()
  async function prepare(peer: Pubkey) {
    const nip44 = await import('nostr-tools/nip44')
    const key = keys.get(peer) ?? nip44.getConversationKey(secretKey, peer)
    keys.set(peer, key)
    return { nip44, key }
  }
  return {
    async encrypt(peer, text) {
      const { nip44, key } = await prepare(peer)
      return nip44.encrypt(text, key)
    },
    async decrypt(peer, ciphertext) {
      const { nip44, key } = await prepare(peer)
      return nip44.decrypt(ciphertext, key)
    },
  }
}

/** A signer over a secret key in memory. Throws for bytes that are not a secret key. */
export function localSigner(secretKey: Uint8Array): Signer {
  const key = Uint8Array.from(secretKey)
  const publicKey = publicKeyOf(key)
  const ciphers = { 'NIP-04': nip04Cipher(key), 'NIP-44': nip44Cipher(key) }
  const raw: RawSigner = {
    getPublicKey: async () => publicKey,
    signEvent: async ({ kind, created_at, tags, content }) =>
      finalizeEvent({ kind, created_at, tags: tags.map((tag) => [...tag]), content }, key),
    cipher: (name) => ciphers[name],
  }
  return checkedSigner(raw, publicKey, { holder: 'this page' })
}
