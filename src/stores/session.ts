/** Who is using the app: the public side of the identity. Keys and signers are not in here. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Pubkey } from '@/domain/ids'
import { createSessionDocument, type SessionRecord } from '@/storage/sessionDocument'
import { hasRecords } from '@/storage/storageArea'
import { useNoticesStore } from './notices'

/**
 * `restoring` after a reload, `signed-out`, `locked` (a key kept under a password), `ready`, or
 * `lost` (the identity is known, its signer is not to be had right now).
 */
export type SessionStatus = 'restoring' | 'signed-out' | 'locked' | 'lost' | 'ready'

const OTHER_KEPT =
  'Another key is kept in this browser under its password, and this would replace it. Sign out with that key first.'

export const useSessionStore = defineStore('session', () => {
  const documents = createSessionDocument({ onProblem: useNoticesStore().tellStorageProblem })
  const record = shallowRef<SessionRecord | null>(documents.read())
  const status = shallowRef<SessionStatus>(record.value ? 'restoring' : 'signed-out')
  /** Why the signer is not to be had, in words. */
  const problem = shallowRef('')

  /** True when the browser cannot keep the key even for a reload of this tab. */
  const isFragile = shallowRef(false)

  /** True when something signed was left to be sent when the page opened. */
  const hasUnsent = hasRecords('localStorage', 'souk:outbox:')

  const pubkey = computed<Pubkey | null>(() => record.value?.pubkey ?? null)
  const isReady = computed(() => status.value === 'ready')
  /** True for a key kept under a password: the only one that can be locked. */
  const isLockable = computed(() => record.value?.ncryptsec !== undefined)
  /** True for a key that is gone when this tab closes. */
  const isSessionOnly = computed(
    () => record.value?.method === 'local' && record.value.ncryptsec === undefined,
  )

  /** Takes on an identity whose signer is at hand. Throws when it cannot be kept. */
  function enter(identity: SessionRecord): void {
    if (documents.wouldReplaceKey(identity)) throw new Error(OTHER_KEPT)
    documents.write(identity)
    record.value = identity
    status.value = 'ready'
    problem.value = ''
  }

  /** Another tab signed in as somebody else, or out. Whoever is here has to follow. */
  documents.onChange((next) => {
    const isSame = next !== null && next.pubkey === record.value?.pubkey
    record.value = next
    if (!isSame) setStatus(next ? 'restoring' : 'signed-out')
  })

  /** Stores the identity in use once more, where something cleared the storage. */
  function putBack(): void {
    if (record.value) documents.write(record.value)
  }

  function setStatus(next: SessionStatus, why = ''): void {
    status.value = next
    problem.value = why
  }

  /** Ends this identity's session. The one that other tabs share, if it is another, takes its place. */
  function leave(): void {
    documents.remove()
    record.value = documents.read()
    setStatus(record.value ? 'restoring' : 'signed-out')
  }

  return {
    record,
    status,
    problem,
    hasUnsent,
    pubkey,
    isReady,
    isSessionOnly,
    isLockable,
    isFragile,
    enter,
    setStatus,
    putBack,
    leave,
  }
})
