/** The people of the tests: fixed keys, so that failures can be repeated. */
import { getPublicKey } from 'nostr-tools/pure'
import type { Pubkey } from '@/domain/ids'

export interface Person {
  readonly secretKey: Uint8Array
  readonly pubkey: Pubkey
}

/** Someone with the secret key `seed`, 1 to 255. */
export function person(seed: number): Person {
  const secretKey = new Uint8Array(32).fill(seed)
  return { secretKey, pubkey: getPublicKey(secretKey) as Pubkey }
}

export const MERCHANT = person(1)
export const CUSTOMER = person(2)
export const STRANGER = person(3)
export const OTHER_MERCHANT = person(4)
