/** Which order each stall's cart was last made into: read and written where it is stored, never kept. */
import { defineStore } from 'pinia'
import type { Attempt } from '@/domain/attempt'
import type { Address } from '@/domain/ids'
import { createAttemptDocuments } from '@/storage/attemptDocuments'
import { useNoticesStore } from './notices'

export const useAttemptsStore = defineStore('attempts', () => {
  const documents = createAttemptDocuments({ onProblem: useNoticesStore().tellStorageProblem })
  return {
    of: (stall: Address): Attempt | null => documents.read(stall),
    all: (): ReadonlyMap<string, Attempt> => documents.readAll(),
    /** Throws a StorageError: then nothing may be ordered. */
    note: (stall: Address, attempt: Attempt): void => documents.write(stall, attempt),
  }
})
