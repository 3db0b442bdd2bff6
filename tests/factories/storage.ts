/** What seals the records of a person in a test's browser: the same key that signing in derives. */
import type { Pubkey } from '@/domain/ids'
import { createSeal } from '@/storage/seal'
import type { SealedPorts } from '@/storage/sealedPorts'
import { storageKeyOf, type StorageKey } from '@/storage/storageKey'
import type { Person } from './people'

export const storageKey = (person: Person): StorageKey => storageKeyOf(person.secretKey)

/** The sealed records of a person, as another tab of the same browser opens them. */
export const recordsOf = (person: Person): SealedPorts => ({
  owner: person.pubkey,
  seal: createSeal(storageKey(person).bytes),
})

/** For an owner without a key: sealed under a key of its own. */
export const sealedFor = (owner: Pubkey, fill = 7): SealedPorts => ({
  owner,
  seal: createSeal(new Uint8Array(32).fill(fill)),
})
