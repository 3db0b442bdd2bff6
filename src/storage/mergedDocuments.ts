/**
 * Records that only grow: a write is the union with what is stored. localStorage has no locks, so a
 * tab whose addition was overwritten by another tab's write at the same moment adds it again.
 */
import type { DocumentStore } from './documents'

export interface MergedDocuments<T> {
  read(key: string): T | null
  readAll(): Map<string, T>
  /** Writes the union of the stored record and the addition, and returns it. */
  merge(key: string, addition: T): T
  remove(key: string): void
  onChange(listener: (key: string, value: T | null) => void): () => void
  /** Stops following other tabs. */
  close(): void
}

/** Keeps the first of equal ids, in the order in which they came. */
export function unionById<T>(
  present: readonly T[],
  more: readonly T[],
  idOf: (entry: T) => string,
): readonly T[] {
  const ids = new Set(present.map(idOf))
  const fresh = more.filter((entry) => {
    if (ids.has(idOf(entry))) return false
    ids.add(idOf(entry))
    return true
  })
  return fresh.length === 0 ? present : [...present, ...fresh]
}

/** `union` must return its first argument itself when the second adds nothing. */
export function createMergedDocuments<T>(
  documents: DocumentStore<T>,
  union: (present: T, addition: T) => T,
): MergedDocuments<T> {
  const known = new Map<string, T>()

  /**
   * What is stored now, with what this tab had stored before: another tab's write can already have
   * replaced it though its event has not arrived. A record that is gone was removed on purpose.
   */
  function current(key: string, stored: T | null): T | null {
    const mine = stored === null ? undefined : known.get(key)
    return stored === null || mine === undefined ? stored : union(stored, mine)
  }

  function merge(key: string, addition: T): T {
    const stored = documents.read(key)
    const present = current(key, stored)
    const merged = present === null ? addition : union(present, addition)
    if (merged !== stored) documents.write(key, merged)
    known.set(key, merged)
    return merged
  }

  /** What another tab wrote, joined with what this tab had already stored. */
  function rejoin(key: string, value: T): T {
    const mine = known.get(key)
    if (mine === undefined) return value
    const joined = union(value, mine)
    if (joined === value) {
      known.set(key, value)
      return value
    }
    try {
      return merge(key, mine)
    } catch {
      return joined
    }
  }

  const listeners = new Set<(key: string, value: T | null) => void>()
  const close = documents.onChange((key, value) => {
    if (value === null) known.delete(key)
    const joined = value === null ? null : rejoin(key, value)
    for (const listener of listeners) listener(key, joined)
  })

  return {
    read: documents.read,
    readAll: documents.readAll,
    merge,
    remove(key) {
      documents.remove(key)
      known.delete(key)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
}
