/** NIP-04: AES-256-CBC under the key that two parties share. Agreeing on it costs the most, so it is given. */
import { cbc } from '@noble/ciphers/aes.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import { base64 } from '@scure/base'
import type { Pubkey } from '@/domain/ids'

const IV_BYTES = 16

/** What two parties share: the x coordinate of their point, unhashed. Throws for a key that is none. */
export const sharedKey = (secretKey: Uint8Array, peer: Pubkey): Uint8Array =>
  secp256k1.getSharedSecret(secretKey, hexToBytes(`02${peer}`)).slice(1, 33)

/** `base64?iv=base64`. */
export function encrypt(key: Uint8Array, text: string): string {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const bytes = cbc(key, iv).encrypt(new TextEncoder().encode(text))
  return `${base64.encode(bytes)}?iv=${base64.encode(iv)}`
}

/** Bytes that are not UTF-8 become U+FFFD. Throws for what is no ciphertext, and mostly for a wrong key. */
export function decrypt(key: Uint8Array, ciphertext: string): string {
  const [body = '', iv = ''] = ciphertext.split('?iv=')
  return new TextDecoder().decode(cbc(key, base64.decode(iv)).decrypt(base64.decode(body)))
}
