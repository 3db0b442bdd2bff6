/** A public key as people see it in their extension (NIP-19), shortened. */
import { isHex64 } from '@/domain/ids'

/** `npub1abcdef…uvwxyz`, or the text itself where it is not a public key. */
export async function shortNpub(pubkey: string): Promise<string> {
  const isKey: boolean = isHex64(pubkey)
  if (!isKey) return pubkey.slice(0, 16)
  const { npubEncode } = await import('nostr-tools/nip19')
  const npub = npubEncode(pubkey)
  return `${npub.slice(0, 12)}…${npub.slice(-6)}`
}
