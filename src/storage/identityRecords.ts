/** Everything that this browser keeps of one identity, opened with its storage key. */
import type { Pubkey } from '@/domain/ids'
import { sealClearRecords, type SealedDocuments } from './clearRecords'
import { createConversationDocuments } from './conversationDocuments'
import type { StoragePorts } from './documents'
import { createOrderDocuments } from './orderDocuments'
import { createSeal } from './seal'
import type { SealedPorts } from './sealedPorts'
import { createMemoryStorage, openStorage } from './storageArea'
import type { StorageKey } from './storageKey'
import type { StorageProblem } from './storageProblems'

export interface IdentityRecords extends SealedDocuments {
  readonly owner: Pubkey
  /** Stops following other tabs and overwrites the key. */
  close(): void
}

const NOT_LASTING: StorageProblem = {
  code: 'unavailable',
  key: null,
  message:
    'This browser keeps no key to seal your orders with, so they are held only until this page is closed or reloaded. The relays give back their messages, but not prices and payments.',
}

/** Opens the records of an identity, and seals those that an earlier version kept in clear. */
export function openRecords(
  owner: Pubkey,
  key: StorageKey,
  ports: StoragePorts = {},
): IdentityRecords {
  const seal = createSeal(key.bytes)
  const report = ports.onProblem ?? (() => undefined)
  const area = ports.storage ?? openStorage('localStorage', report)
  // What is sealed under a key that a reload loses could never be opened again.
  const storage = key.lasts ? area : createMemoryStorage()
  if (!key.lasts) report(NOT_LASTING)
  const sealed: SealedPorts = { ...ports, storage, owner, seal }
  const orders = createOrderDocuments(sealed)
  const conversations = createConversationDocuments(sealed)
  if (key.lasts) sealClearRecords(area, sealed, { orders, conversations })
  return {
    owner,
    orders,
    conversations,
    close() {
      orders.close()
      conversations.close()
      seal.forget()
    },
  }
}
