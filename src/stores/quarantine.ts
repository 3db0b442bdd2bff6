/** The messages of the identity in use that could not be read, and which of them to try again. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { EventId, Pubkey } from '@/domain/ids'
import { groupByReason, mergeEntries, safeReason, type QuarantineEntry } from '@/domain/quarantine'
import { createQuarantineDocuments } from '@/storage/quarantineDocuments'

/** Changes whenever the code that reads messages was built anew. */
const BUILD = new URL(import.meta.url).pathname.split('/').at(-1) ?? ''

export const useQuarantineStore = defineStore('quarantine', () => {
  const documents = createQuarantineDocuments()
  const own = shallowRef<Pubkey | null>(null)
  const entries = shallowRef<readonly QuarantineEntry[]>([])
  /** What the person asked to try again; taken by whoever follows the messages. */
  const wanted = shallowRef<readonly EventId[]>([])
  const groups = computed(() => groupByReason(entries.value))
  /** Tried by this very Souk, and no failure of the signer: it would only fail again. */
  const settled = computed(
    () =>
      new Set(
        entries.value
          .filter(({ build, retryable }) => build === BUILD && !retryable)
          .map(({ eventId }) => eventId),
      ),
  )

  /** How many had to leave for others since the quarantine was opened. */
  const leftOut = shallowRef(0)

  function change(next: readonly QuarantineEntry[]): void {
    entries.value = next
    if (own.value) documents.write(own.value, next)
  }

  /** Opens the quarantine of an identity. One that has just been switched to is tried again. */
  function open(identity: Pubkey | null, { isFresh = false } = {}): void {
    own.value = identity
    const kept = identity ? documents.read(identity) : []
    entries.value = isFresh ? kept.map((entry) => ({ ...entry, build: '' })) : kept
    wanted.value = []
    leftOut.value = 0
  }

  function add(entry: Omit<QuarantineEntry, 'build'>): void {
    const reason = safeReason(entry.reason)
    const isNew = !entries.value.some(({ eventId }) => eventId === entry.eventId)
    const next = mergeEntries(entries.value, [{ ...entry, reason, build: BUILD }])
    leftOut.value += entries.value.length + (isNew ? 1 : 0) - next.length
    change(next)
  }

  /** It could be read after all. */
  function remove(eventId: EventId): void {
    if (!entries.value.some((entry) => entry.eventId === eventId)) return
    change(entries.value.filter((entry) => entry.eventId !== eventId))
  }

  const tryAgain = (eventIds: readonly EventId[]): void => void (wanted.value = [...eventIds])
  const isSettled = (eventId: EventId): boolean => settled.value.has(eventId)

  return { entries, groups, wanted, leftOut, open, add, remove, tryAgain, isSettled }
})
