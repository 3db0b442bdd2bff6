/** When the identity in use was last used and locked, in whichever tab. */
import { defineStore } from 'pinia'
import type { Pubkey } from '@/domain/ids'
import { createLockDocuments, type LockRecord } from '@/storage/lockDocuments'
import { useNoticesStore } from './notices'

export const useLockStore = defineStore('lock', () => {
  const documents = createLockDocuments({ onProblem: useNoticesStore().tellStorageProblem })

  /** Without room each tab counts for itself: it locks early rather than late. */
  function note(pubkey: Pubkey, change: Partial<LockRecord>): void {
    try {
      documents.write(pubkey, { ...documents.read(pubkey), ...change })
    } catch {
      return
    }
  }

  return {
    read: documents.read,
    noteUse: (pubkey: Pubkey, usedAt: number) => note(pubkey, { usedAt }),
    noteLock: (pubkey: Pubkey, lockedAt: number) => note(pubkey, { lockedAt }),
    /** Another tab used or locked a key. */
    onChange: documents.onChange,
  }
})
