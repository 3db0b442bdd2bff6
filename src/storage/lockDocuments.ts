/** When an identity's key was last used and last locked, shared by all tabs: `souk:lock:<public key>`. */
import * as v from 'valibot'
import { toPubkey, type Pubkey } from '@/domain/ids'
import { createDocumentStore, type StoragePorts } from './documents'
import { parseWith, timeSchema } from './schemas'

/** Unix seconds; 0 for never. */
export interface LockRecord {
  readonly usedAt: number
  readonly lockedAt: number
}

export interface LockDocuments {
  read(pubkey: Pubkey): LockRecord
  /** Throws a StorageError when it cannot be kept. */
  write(pubkey: Pubkey, record: LockRecord): void
  onChange(listener: (pubkey: Pubkey, record: LockRecord) => void): () => void
}

const NEVER: LockRecord = { usedAt: 0, lockedAt: 0 }

const lockSchema: v.GenericSchema<unknown, LockRecord> = v.object({
  usedAt: timeSchema,
  lockedAt: timeSchema,
})

export function createLockDocuments(ports: StoragePorts = {}): LockDocuments {
  const documents = createDocumentStore<LockRecord>({
    ...ports,
    prefix: 'souk:lock:',
    version: 1,
    parse: parseWith(lockSchema),
    migrations: {},
  })
  return {
    read: (pubkey) => documents.read(pubkey) ?? NEVER,
    write: documents.write,
    onChange: (listener) =>
      documents.onChange((key, record) => {
        const pubkey = toPubkey(key)
        if (pubkey.ok && record) listener(pubkey.value, record)
      }),
  }
}
