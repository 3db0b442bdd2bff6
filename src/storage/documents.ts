/** Versioned records in localStorage, one a key: what cannot be read is moved aside, never overwritten. */
import { readDocument, writeDocument, type DocumentFormat, type Reading } from './documentText'
import { shrink } from './room'
import { keysWith, openStorage, type AreaName } from './storageArea'
import {
  StorageError,
  writeError,
  type ReportProblem,
  type StorageProblem,
} from './storageProblems'

export interface DocumentStoreOptions<T> extends DocumentFormat<T> {
  /** What the keys in storage begin with, ending in a colon; no prefix may begin another. */
  readonly prefix: string
  /** Given by tests; otherwise the browser's own area of this name. */
  readonly storage?: Storage
  readonly area?: AreaName
  /** Where `storage` events arrive: the window. */
  readonly events?: EventTarget
  readonly onProblem?: ReportProblem
}

/** What the factories of single kinds of records take. */
export type StoragePorts = Pick<DocumentStoreOptions<unknown>, 'storage' | 'events' | 'onProblem'>

export interface DocumentStore<T> {
  /** Null when there is none that this version can read; then the problem was reported. */
  read(key: string): T | null
  readAll(): Map<string, T>
  /** Throws a {@link StorageError}; then nothing was changed. */
  write(key: string, value: T): void
  /** Throws a {@link StorageError} for a record of a newer version. */
  remove(key: string): void
  /**
   * Calls back when another tab wrote a readable record, or removed it (null). Returns the way to
   * stop.
   */
  onChange(listener: (key: string, value: T | null) => void): () => void
}

const ASIDE = 'souk:aside:'

/** Copies a record under a key of its own. Throws when there is no room: the original then stays. */
export function copyAside(area: Storage, key: string, text: string, reason: string): string {
  let n = 1
  while (area.getItem(`${ASIDE}${key}:${n}`) !== null) n += 1
  const asideKey = `${ASIDE}${key}:${n}`
  area.setItem(asideKey, JSON.stringify({ key, reason, text }))
  return asideKey
}

type Unreadable = Extract<Reading<unknown>, { readonly state: 'bad' | 'unopened' }>

const UNOPENED: StorageProblem = {
  code: 'moved-aside',
  key: null,
  message:
    'Some of what this browser keeps could not be opened: it was damaged, or sealed with a key that is gone. It was put aside; what the relays still have comes back by itself.',
}

const movedAside = (key: string, asideKey: string, reason: string): StorageProblem => ({
  code: 'moved-aside',
  key,
  message: `A saved record could not be read (${reason}). It was kept aside as ${asideKey}.`,
})

/** Opens the records under one prefix. */
export function createDocumentStore<T>(options: DocumentStoreOptions<T>): DocumentStore<T> {
  const { prefix } = options
  const report: ReportProblem = (problem) => options.onProblem?.(problem)
  const area = options.storage ?? openStorage(options.area ?? 'localStorage', report)
  const reported = new Set<string>()
  const seen = new Set<string>()

  function reportOnce(problem: Parameters<ReportProblem>[0]): void {
    const name = `${problem.code} ${problem.key}`
    if (reported.has(name)) return
    reported.add(name)
    report(problem)
  }

  function moveAside(storageKey: string, text: string, reading: Unreadable): void {
    const { reason } = reading
    try {
      const asideKey = copyAside(area, storageKey, text, reason)
      area.removeItem(storageKey)
      // With a wrong key no record opens: one report is for all of them.
      if (reading.state === 'unopened') reportOnce(UNOPENED)
      else report(movedAside(storageKey, asideKey, reason))
    } catch (error) {
      const trouble = writeError(error)
      reportOnce({
        code: trouble.code === 'full' ? 'full' : 'unavailable',
        key: storageKey,
        message: `A saved record could not be read (${reason}), and there was no room to move it aside. It was left untouched.`,
      })
      throw trouble
    }
  }

  function reportNewer(storageKey: string, version: number): void {
    reportOnce({
      code: 'newer-version',
      key: storageKey,
      message: `A saved record was written by a newer Souk (version ${version}). Reload the page to get the newer Souk; until then the record is left untouched.`,
    })
  }

  /** Looks at a record, moving it aside when it is bad. Throws when that is not possible. */
  function examine(storageKey: string): Reading<T> | null {
    const text = area.getItem(storageKey)
    if (text === null) return null
    const reading = readDocument(text, storageKey.slice(prefix.length), options)
    if (reading.state === 'bad' || reading.state === 'unopened') {
      moveAside(storageKey, text, reading)
    }
    if (reading.state === 'newer') reportNewer(storageKey, reading.version)
    return reading
  }

  /** Throws unless the place of a record is free to be changed. */
  function assertWritable(storageKey: string): void {
    if (examine(storageKey)?.state !== 'newer') return
    throw new StorageError(
      'newer-version',
      'Nothing was saved: this record was written by a newer Souk. Reload the page and try again.',
    )
  }

  function read(key: string): T | null {
    seen.add(key)
    try {
      const reading = examine(prefix + key)
      return reading?.state === 'good' ? reading.value : null
    } catch {
      // Still in its place: moveAside has reported why, or the records were closed meanwhile.
      return null
    }
  }

  /** In a full storage, what can be done without makes way. */
  function put(storageKey: string, text: string): void {
    try {
      area.setItem(storageKey, text)
    } catch (error) {
      if (writeError(error).code !== 'full' || !shrink(area)) throw error
      area.setItem(storageKey, text)
    }
  }

  function changing(key: string, change: (storageKey: string) => void): void {
    seen.add(key)
    try {
      assertWritable(prefix + key)
      change(prefix + key)
    } catch (error) {
      throw writeError(error)
    }
  }

  function keys(): string[] {
    return keysWith(area, prefix).map((storageKey) => storageKey.slice(prefix.length))
  }

  function readAll(): Map<string, T> {
    const all = new Map<string, T>()
    for (const key of keys()) {
      const value = read(key)
      if (value !== null) all.set(key, value)
    }
    return all
  }

  function onChange(listener: (key: string, value: T | null) => void): () => void {
    const target = options.events ?? (typeof window === 'undefined' ? null : window)
    const follow = (key: string): void => {
      const present = area.getItem(prefix + key) !== null
      const value = read(key)
      if (value !== null || !present) listener(key, value)
    }
    const onStorage = (event: Event): void => {
      const { key, storageArea } = event as StorageEvent
      if (storageArea && storageArea !== area) return
      if (key === null) for (const known of [...seen]) follow(known)
      else if (key.startsWith(prefix)) follow(key.slice(prefix.length))
    }
    target?.addEventListener('storage', onStorage)
    return () => target?.removeEventListener('storage', onStorage)
  }

  return {
    read,
    readAll,
    write: (key, value) =>
      changing(key, (storageKey) => put(storageKey, writeDocument(value, key, options))),
    remove: (key) => changing(key, (storageKey) => area.removeItem(storageKey)),
    onChange,
  }
}
