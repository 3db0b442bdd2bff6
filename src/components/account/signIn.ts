/** What a person hands over to sign in with a key of their own. */

/** The way that a person signs in. */
export type SignInWay = 'extension' | 'bunker' | 'new-key' | 'key' | 'demo'

/** A pasted secret key. Keep it in memory only. */
export interface PastedKey {
  /** `nsec1...`, `ncryptsec1...` or a list of words, trimmed. */
  readonly text: string
  /** For `ncryptsec` only; null for all others. */
  readonly password: string | null
}

/** A link that waits for a bunker, with its code as SVG path data. */
export interface BunkerCode {
  readonly link: string
  readonly qr: { readonly size: number; readonly path: string }
}

/** A question that an extension or a bunker has not answered yet. */
export interface OpenQuestion {
  /** Such as "your bunker". */
  readonly holder: string
  /** A page where the person has to confirm; https. */
  readonly authUrl: string | null
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
  if (/^(nsec1|ncryptsec1)[0-9a-z]{20,}$/i.test(key)) return null
  // Lists of words are read, and explained, where keys are opened.
  if (/\p{L}\P{L}*\s\P{L}*\p{L}/u.test(key)) return null
  return 'A secret key starts with nsec1, or with ncryptsec1 when it has a password. Otherwise it is a list of 12 or 24 words.'
}

/** What is wrong with a pasted bunker link at first sight, or null. */
export function bunkerLinkProblem(text: string): string | null {
  if (/^bunker:/i.test(text.trim())) return null
  return 'A bunker link starts with bunker://. Copy the whole text from your bunker.'
}
