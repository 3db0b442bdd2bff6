/** Secret keys under a password (NIP-49): the only form in which one may be written down. */
import { bech32 } from '@scure/base'
import { fail, ok, type Result } from '@/domain/result'
import { doKeyWork } from './keyWork'
import { publicKeyOf } from './localKey'

// At 2^20 scrypt takes a gigabyte; a file that asks for more is a mistake or an attack.
const MAX_LOG_N = 20
const VERSION = 2
const BYTE_LENGTH = 91
const MAX_TEXT = 1000

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
  const encrypted = await doKeyWork({ type: 'encrypt', secretKey, password })
  if (encrypted.ok && typeof encrypted.value === 'string') return encrypted.value
  throw new Error('The key could not be encrypted. Reload the page and try again.')
}

function asSecretKey(bytes: unknown): Result<Uint8Array> {
  try {
    if (!(bytes instanceof Uint8Array)) return fail('This encrypted key could not be opened.')
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
  const opened = await doKeyWork({ type: 'decrypt', ncryptsec: ncryptsec.value, password })
  return opened.ok ? asSecretKey(opened.value) : opened
}
