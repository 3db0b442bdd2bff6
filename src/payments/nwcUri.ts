/** The connection text of Nostr Wallet Connect (NIP-47). */
import { isHex64, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'

/** A connection to a wallet. `secret` spends money: it is kept like a key and never shown. */
export interface NwcConnection {
  readonly walletPubkey: Pubkey
  /** Where the wallet listens; one at least. */
  readonly relays: readonly string[]
  /** The client's secret key of this connection, 64 hex characters. */
  readonly secret: string
}

const SCHEME = /^(?:nostr\+walletconnect|nostrwalletconnect):(?:\/\/)?/i

const isRelayUrl = (text: string): boolean =>
  /^wss?:\/\//i.test(text) && URL.canParse(text) && text.length <= 300

/**
 * Reads `nostr+walletconnect://<wallet key>?relay=<url>&secret=<hex>`; `relay` may come several
 * times and unusable ones are left out. The reason says what is wrong without repeating the secret.
 */
export function parseNwcUri(uri: string): Result<NwcConnection> {
  const text = uri.trim()
  if (!SCHEME.test(text)) {
    return fail('A wallet connection starts with nostr+walletconnect://. Copy the whole text.')
  }
  const [place = '', query = ''] = text.replace(SCHEME, '').split('?', 2)
  const walletPubkey = place.replace(/\/+$/, '').toLowerCase()
  if (!isHex64(walletPubkey)) return fail("The wallet's key in this connection is not complete.")
  const parameters = new URLSearchParams(query)
  const secret = (parameters.get('secret') ?? '').toLowerCase()
  if (!isHex64(secret)) return fail('The secret in this connection is missing or not complete.')
  const relays = parameters.getAll('relay').filter(isRelayUrl)
  if (relays.length === 0) return fail('This connection names no relay that can be used.')
  return ok({ walletPubkey: walletPubkey as Pubkey, relays: [...new Set(relays)], secret })
}
