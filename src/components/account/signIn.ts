/** What a person hands over to sign in with a key of their own. */

/** The way that a person signs in. */
export type SignInWay = 'extension' | 'new-key' | 'key' | 'demo'

/** A pasted secret key. Keep it in memory only. */
export interface PastedKey {
  /** `nsec1...` or `ncryptsec1...`, trimmed. */
  readonly text: string
  /** For `ncryptsec` only; null for `nsec`. */
  readonly password: string | null
}

/** The password of a key is all that protects it from whoever finds the file. */
export const MIN_PASSWORD = 10

export const isEncryptedKey = (text: string): boolean => text.trim().startsWith('ncryptsec1')

/** What is wrong with a pasted key at first sight, or null. */
export function keyProblem(text: string): string | null {
  const key = text.trim()
  if (!key) return 'Paste your secret key.'
  if (key.startsWith('npub1')) {
    return 'This is a public key. To sign in, the secret key is needed: it starts with nsec1.'
  }
  if (/^(nsec1|ncryptsec1)[0-9a-z]{20,}$/.test(key)) return null
  return 'A secret key starts with nsec1, or with ncryptsec1 when it has a password.'
}
