/** Backups as their owner's Souk would have made them: whole, signed, not yet sealed. */
import type { BackupContents } from '@/protocol/backup'
import { backupProofTemplate } from '@/protocol/backup'
import { digestOf, withProof, writeContents } from '@/storage/backupContents'
import { signed, T0 } from './events'
import { CUSTOMER, type Person } from './people'

export const contents = (fields: Partial<BackupContents> = {}): BackupContents => ({
  owner: CUSTOMER.pubkey,
  madeAt: T0,
  orders: [],
  conversations: [],
  carts: [],
  settings: null,
  unsent: [],
  ...fields,
})

/** The text inside the file; `claimed` is what it says it holds, where that is not what was signed. */
export const signedText = (text: string, signer: Person = CUSTOMER, claimed = text): string =>
  withProof(claimed, signed(signer, backupProofTemplate(digestOf(text), T0)))

export const signedContents = (given: BackupContents, signer: Person = CUSTOMER): string =>
  signedText(writeContents(given), signer)
