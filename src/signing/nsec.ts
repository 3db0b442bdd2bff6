/** Reads the secret key that a person pastes: nsec (NIP-19), hex, ncryptsec (NIP-49) or words (NIP-06). */
import { bech32, hex } from '@scure/base'
import { fail, ok, type Result } from '@/domain/result'
import { publicKeyOf } from './localKey'
import { checkNcryptsec } from './ncryptsec'
import { readWords } from './words'

export type PastedKey =
  | { readonly form: 'plain'; readonly secretKey: Uint8Array }
  | { readonly form: 'encrypted'; readonly ncryptsec: string }
  | { readonly form: 'words'; readonly words: string }

const NOT_A_KEY =
  'This is not a secret key. One begins with nsec1 or ncryptsec1, or is a list of 12 or 24 words.'

function plain(secretKey: Uint8Array): Result<PastedKey> {
  try {
    publicKeyOf(secretKey)
    return ok({ form: 'plain', secretKey })
  } catch {
    return fail('This number is not a valid secret key.')
  }
}

function readNsec(text: string): Result<PastedKey> {
  try {
    const { bytes } = bech32.decodeToBytes(text)
    return bytes.length === 32 ? plain(bytes) : fail('This secret key does not have 32 bytes.')
  } catch {
    return fail('This secret key is damaged: a character is missing or wrong.')
  }
}

function readWordList(text: string): Result<PastedKey> {
  const words = readWords(text)
  return words.ok ? ok({ form: 'words', words: words.value }) : words
}

function readNcryptsec(text: string): Result<PastedKey> {
  const checked = checkNcryptsec(text)
  return checked.ok ? ok({ form: 'encrypted', ncryptsec: checked.value }) : checked
}

/**
 * Tells the forms apart. A `nostr:` link is refused: NIP-21 forbids secret keys in them, so one
 * that holds a key was shown to other programs already.
 */
export function parsePastedKey(text: string): Result<PastedKey> {
  const pasted = text.trim()
  const lower = pasted.toLowerCase()
  if (lower.startsWith('nostr:')) {
    return fail(
      'This is a nostr: link, and secret keys do not belong in links. Paste the key itself.',
    )
  }
  if (lower.startsWith('nsec1')) return readNsec(pasted)
  if (lower.startsWith('ncryptsec1')) return readNcryptsec(pasted)
  if (/^(npub|nprofile)1/.test(lower)) {
    return fail('This is a public key. To sign in, the secret key (nsec1 or ncryptsec1) is needed.')
  }
  if (/\p{L}\P{L}*\s\P{L}*\p{L}/u.test(lower)) return readWordList(lower)
  return /^[0-9a-f]{64}$/.test(lower) ? plain(hex.decode(lower)) : fail(NOT_A_KEY)
}
