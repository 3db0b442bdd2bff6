/** Signing out: removes everything that this browser keeps of one identity. */
import type { Pubkey } from '@/domain/ids'
import { isClearRecordOf } from './clearRecords'
import { sealedPrefix } from './sealedPorts'
import { keysWith, openStorage } from './storageArea'

const SOUK = 'souk:'
const ASIDE = 'souk:aside:'
/** Records of others, or of nobody, in which this identity may be named as well. */
const NOT_ITS_OWN = /^souk:(sealed|order|conversation|cart|settings):/
/** Records that belong to whom their key names, whoever is named in them. */
const NAMED_BY_KEY = /^souk:quarantine:/
/** Where the router of this tab notes the pages that were visited, orders among them. */
const VISITED = 'vue-router:scroll'

/** Records that name others as well, and in which field they say whose they are. */
const OWNED_BY: readonly (readonly [string, string])[] = [
  ['souk:outbox:', 'pubkey'],
  ['souk:attempt:', 'customer'],
  ['souk:session:', 'pubkey'],
]

/** The record that a record moved aside was, or the record itself. */
const originOf = (key: string): string => (key.startsWith(ASIDE) ? key.slice(ASIDE.length) : key)

function isOf(area: Storage, storageKey: string, owner: Pubkey): boolean {
  const key = originOf(storageKey)
  if (key.startsWith(sealedPrefix(owner)) || isClearRecordOf(owner, key)) return true
  if (NOT_ITS_OWN.test(key)) return false
  const [, field] = OWNED_BY.find(([prefix]) => storageKey.startsWith(prefix)) ?? []
  // What another identity has sent to this one, or ordered from it, is the other's.
  if (field) return area.getItem(storageKey)?.includes(`"${field}":"${owner}"`) ?? false
  if (key.includes(owner)) return true
  return !NAMED_BY_KEY.test(key) && (area.getItem(storageKey)?.includes(owner) ?? false)
}

function forgetIn(area: Storage, owner: Pubkey): void {
  for (const key of keysWith(area, SOUK)) if (isOf(area, key, owner)) area.removeItem(key)
}

const quietly = (): void => undefined

/** What only this tab keeps. No other one can remove it, nor does it hold what others wrote. */
export function forgetInTab(owner: Pubkey): void {
  const tab = openStorage('sessionStorage', quietly)
  forgetIn(tab, owner)
  tab.removeItem(VISITED)
}

/** Carts stay: they belong to the browser and name nobody. */
export function forgetIdentity(owner: Pubkey): void {
  forgetIn(openStorage('localStorage', quietly), owner)
  forgetInTab(owner)
}
