/** The key under which the records of one identity are sealed in this browser. */
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Pubkey } from '@/domain/ids'
import { openRecordsKey } from './vaultKey'

export interface StorageKey {
  readonly bytes: Uint8Array
  /** False for a key that is gone after a reload: what it seals is then held in memory alone. */
  readonly lasts: boolean
}

const LABEL = 'souk storage key 1'

/** Of a local key: whoever does not have it, or cannot unlock it, cannot read its orders. */
export const storageKeyOf = (secretKey: Uint8Array): StorageKey => ({
  bytes: hkdf(sha256, secretKey, undefined, utf8ToBytes(LABEL), 32),
  lasts: true,
})

/**
 * Of an identity whose key is elsewhere (extension, bunker): derived by this browser from a key in
 * IndexedDB that it does not give out. Random, and in memory only, where the browser has none.
 */
export async function browserStorageKey(
  pubkey: Pubkey,
  databaseName = 'souk-vault',
): Promise<StorageKey> {
  try {
    const key = await openRecordsKey(databaseName)
    const name = Uint8Array.from(utf8ToBytes(`${LABEL} ${pubkey}`))
    return { bytes: new Uint8Array(await crypto.subtle.sign('HMAC', key, name)), lasts: true }
  } catch {
    return { bytes: crypto.getRandomValues(new Uint8Array(32)), lasts: false }
  }
}
