/** How a public key is shown: `npub` (NIP-19), in full for copying and shortened for reading. */
import { bech32 } from '@scure/base'
import type { Pubkey } from '@/domain/ids'

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16))

/** The whole key as `npub1...`. */
export const npubOf = (pubkey: Pubkey): string =>
  bech32.encode('npub', bech32.toWords(bytesOf(pubkey)))

/** Both ends of the key: `npub1abcd…wxyz12`. */
export const shortNpub = (pubkey: Pubkey): string => {
  const npub = npubOf(pubkey)
  return `${npub.slice(0, 10)}…${npub.slice(-6)}`
}
