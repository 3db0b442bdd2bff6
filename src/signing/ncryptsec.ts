/** Secret keys under a password (NIP-49): the only form in which one may be written down. */
import { bech32 } from '@scure/base'
import { fail, ok, type Result } from '@/domain/result'
import { publicKeyOf } from './localKey'

/** 2^16 rounds: about a quarter of a second and 64 MB. */
const LOG_N = 16
// At 2^20 scrypt takes a gigabyte; a file that asks for more is a mistake or an attack.
const MAX_LOG_N = 20
const VERSION = 2
const BYTE_LENGTH = 91
const MAX_TEXT = 1000

/** Lets the page paint "unlocking" before scrypt keeps its thread busy. */
const letPaint = () => new Promise((resolve) => setTimeout(resolve, 30))

function headerOf(ncryptsec: string): Result<{ readonly logN: number }> {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(ncryptsec)
    if (prefix !== 'ncryptsec') return fail('This is not an encrypted key (ncryptsec).')
    if (bytes[0] !== VERSION || bytes.length !== BYTE_LENGTH) {
      return fail('This encrypted key is of a kind that Souk does not know.')
    }
    return ok({ logN: bytes[1] ?? 0 })
  } catch {
    return fail('This encrypted key is damaged: a character is missing or wrong.')
  }
}

/** True for the text of an encrypted key whose checksum and layout are right. */
export function checkNcryptsec(text: string): Result<string> {
  const trimmed = text.trim().slice(0, MAX_TEXT)
  const header = headerOf(trimmed)
  if (!header.ok) return header
  if (header.value.logN < 1 || header.value.logN > MAX_LOG_N) {
    return fail('This encrypted key asks for more work than a browser can do.')
  }
  return ok(trimmed.toLowerCase())
}

/** Encrypts a secret key under a password. Throws for an empty password or a key that is none. */
export async function encryptKey(secretKey: Uint8Array, password: string): Promise<string> {
  if (password === '') throw new TypeError('A key cannot be encrypted under an empty password')
  publicKeyOf(secretKey)
  const { encrypt } = await import('nostr-tools/nip49')
  await letPaint()
  return encrypt(secretKey, password, LOG_N)
}

function asSecretKey(bytes: Uint8Array): Result<Uint8Array> {
  try {
    publicKeyOf(bytes)
    return ok(bytes)
  } catch {
    return fail('This encrypted key does not hold a valid secret key.')
  }
}

/** Opens an encrypted key, or says in words why not. Passwords are compared in NFKC form. */
export async function decryptKey(text: string, password: string): Promise<Result<Uint8Array>> {
  const ncryptsec = checkNcryptsec(text)
  if (!ncryptsec.ok) return ncryptsec
  const { decrypt } = await import('nostr-tools/nip49')
  await letPaint()
  try {
    return asSecretKey(decrypt(ncryptsec.value, password))
  } catch {
    return fail('The password does not fit this key.')
  }
}
