/** The two links that connect a bunker (NIP-46): bunker:// from it, nostrconnect:// from us. */
import { isHex64, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'

/** Where a bunker listens, and under which key: not the person's key, though it may be the same. */
export interface BunkerAddress {
  readonly remoteSigner: Pubkey
  readonly relays: readonly string[]
}

export interface BunkerLink extends BunkerAddress {
  /** Proves to the bunker that this link came from it; good for one connection. */
  readonly secret: string | null
}

/** How this app calls itself to bunkers. */
export interface AppName {
  readonly name: string
  readonly url?: string
}

const MAX_TEXT = 4_000
const MAX_RELAYS = 5

/** What this app asks bunkers to allow at once: direct messages, and proving to relays who asks. */
export const PERMISSIONS = [
  'sign_event:4',
  'sign_event:22242',
  'nip04_encrypt',
  'nip04_decrypt',
  'nip44_encrypt',
  'nip44_decrypt',
].join(',')

const isRelayUrl = (text: string): boolean =>
  /^wss?:\/\//i.test(text) && URL.canParse(text) && text.length <= 300

/** The usable ones of some relay addresses, each once. */
export const usableRelays = (urls: readonly string[]): string[] =>
  [...new Set(urls.map((url) => url.trim()).filter(isRelayUrl))].slice(0, MAX_RELAYS)

/** Reads `bunker://<key>?relay=<url>&secret=<text>`. The reason never repeats the secret. */
export function parseBunkerLink(pasted: string): Result<BunkerLink> {
  const text = pasted.trim().slice(0, MAX_TEXT)
  const scheme = /^bunker:(?:\/\/)?/i
  if (/^nostrconnect:/i.test(text)) {
    return fail(
      'This link is for your bunker, not for Souk. Paste the one that starts with bunker://.',
    )
  }
  if (!scheme.test(text)) {
    return fail('A bunker link starts with bunker://. Copy the whole text from your bunker.')
  }
  const [place = '', query = ''] = text.replace(scheme, '').split('?', 2)
  const remoteSigner = place.replace(/\/+$/, '').toLowerCase()
  if (!isHex64(remoteSigner))
    return fail('The key in this bunker link is not complete. Copy it again.')
  const parameters = new URLSearchParams(query)
  const relays = usableRelays(parameters.getAll('relay'))
  if (relays.length === 0) return fail('This bunker link names no relay that can be used.')
  const secret = parameters.get('secret') || null
  return ok({ remoteSigner: remoteSigner as Pubkey, relays, secret })
}

/** The link that a bunker scans to connect itself. Whoever answers has to know `secret`. */
export function nostrConnectLink(
  client: Pubkey,
  relays: readonly string[],
  secret: string,
  app: AppName,
): string {
  const parameters = new URLSearchParams(relays.map((relay) => ['relay', relay]))
  parameters.append('secret', secret)
  parameters.append('perms', PERMISSIONS)
  parameters.append('name', app.name)
  if (app.url) parameters.append('url', app.url)
  // Some scanners take a plus for itself; what need not be escaped makes the code smaller.
  const query = parameters.toString().replaceAll('+', '%20').replaceAll('%2C', ',')
  return `nostrconnect://${client}?${query}`
}
