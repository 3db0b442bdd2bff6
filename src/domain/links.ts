/** Which addresses of other people may become links, and how their goal is named. */
import { fail, ok, type Result } from './result'

export type LinkScheme = 'https' | 'lightning' | 'bitcoin'

export interface SafeLink {
  readonly href: string
  readonly scheme: LinkScheme
  /** Where it leads: the host (IDNA names as `xn--`, so that look-alikes show), or what it opens. */
  readonly goal: string
}

const MAX_LENGTH = 2000
/** Blanks, control, direction and other invisible characters: an honest address has none. */
const INVISIBLE = /[\s\p{C}\p{Z}]/u
const LIGHTNING = /^lightning:(?:[a-z0-9]+|[a-z0-9._+-]+@[a-z0-9.-]+)$/i
const BITCOIN = /^bitcoin:[a-z0-9]+(?:\?[a-z0-9=&.,:%+_-]*)?$/i

function readWebLink(text: string): Result<SafeLink> {
  if (!/^https:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    return fail('only https, lightning and bitcoin addresses become links')
  }
  const { href, host, username, password } = new URL(text)
  if (username || password) return fail('the address hides its host behind a name')
  return ok({ href, scheme: 'https', goal: host })
}

/**
 * Reads an address that somebody else wrote. Only whole `https:`, `lightning:` and `bitcoin:`
 * addresses without invisible characters or a name before the host become links; the reason of a
 * refusal is for the log of a test, since what is no link is shown as text.
 */
export function readLink(text: string): Result<SafeLink> {
  if (text.length > MAX_LENGTH) return fail('the address is too long')
  if (INVISIBLE.test(text) || text.includes('\\')) return fail('the address hides characters')
  if (LIGHTNING.test(text)) return ok({ href: text, scheme: 'lightning', goal: 'Lightning wallet' })
  if (BITCOIN.test(text)) return ok({ href: text, scheme: 'bitcoin', goal: 'Bitcoin wallet' })
  return readWebLink(text)
}

/** True where the words of a link already say where it leads. */
export function namesGoal(words: string, { href, scheme, goal }: SafeLink): boolean {
  const said = words.trim().toLowerCase().replace(/\/$/, '')
  const whole = href.toLowerCase().replace(/\/$/, '')
  if (scheme !== 'https') return said === whole
  return said === whole || said === whole.replace('https://', '') || said === goal
}
