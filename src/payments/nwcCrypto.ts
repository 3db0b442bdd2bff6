/** Encryption between a client and a wallet of Nostr Wallet Connect (NIP-47, NIP-44, NIP-04). */
import { hexToBytes } from '@noble/hashes/utils.js'
import * as nip04 from 'nostr-tools/nip04'
import * as nip44 from 'nostr-tools/nip44'
import { fail, ok, type Result } from '@/domain/result'

export type NwcEncryption = 'nip44_v2' | 'nip04'

/** Longest text that is decrypted at all. */
const MAX_CIPHERTEXT = 128 * 1024

/** Encrypts for `peer` with the own secret key, both in hex. */
export function nwcEncrypt(
  encryption: NwcEncryption,
  secret: string,
  peer: string,
  text: string,
): string {
  const key = hexToBytes(secret)
  if (encryption === 'nip04') return nip04.encrypt(key, peer, text)
  return nip44.encrypt(text, nip44.getConversationKey(key, peer))
}

/** Decrypts either encryption, told apart by its form. */
export function nwcDecrypt(secret: string, peer: string, content: string): Result<string> {
  if (content.length > MAX_CIPHERTEXT) return fail('it is too long')
  const key = hexToBytes(secret)
  try {
    if (content.includes('?iv=')) return ok(nip04.decrypt(key, peer, content))
    return ok(nip44.decrypt(content, nip44.getConversationKey(key, peer)))
  } catch {
    return fail('it cannot be decrypted')
  }
}
