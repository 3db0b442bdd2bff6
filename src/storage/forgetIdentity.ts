/** Signing out: removes everything that this browser keeps of one identity. */
import type { Pubkey } from '@/domain/ids'
import { isClearRecordOf } from './clearRecords'
import { sealedPrefix } from './sealedPorts'
import { keysWith, openStorage } from './storageArea'

const SOUK = 'souk:'
const ASIDE = 'souk:aside:'
const OUTBOX = 'souk:outbox:'
const ofOthers = ['souk:sealed:', 'souk:order:', 'souk:conversation:', 'souk:cart:']

/** The record that a record moved aside was, or the record itself. */
const originOf = (key: string): string => (key.startsWith(ASIDE) ? key.slice(ASIDE.length) : key)

const namesAuthor = (text: string | null, author: Pubkey): boolean =>
  text?.includes(`"pubkey":"${author}"`) ?? false

/** Records of other identities may name this one as their customer or merchant: those stay. */
function isOf(area: Storage, storageKey: string, owner: Pubkey): boolean {
  const key = originOf(storageKey)
  if (key.startsWith(sealedPrefix(owner)) || isClearRecordOf(owner, key)) return true
  if (key.startsWith(OUTBOX)) return namesAuthor(area.getItem(storageKey), owner)
  return !ofOthers.some((prefix) => key.startsWith(prefix)) && key.includes(owner)
}

function forgetIn(area: Storage, owner: Pubkey): void {
  for (const key of keysWith(area, SOUK)) if (isOf(area, key, owner)) area.removeItem(key)
}

/** Carts stay: they belong to the browser and name nobody. */
export function forgetIdentity(owner: Pubkey): void {
  const quietly = (): void => undefined
  forgetIn(openStorage('localStorage', quietly), owner)
  forgetIn(openStorage('sessionStorage', quietly), owner)
}
