/** What can go wrong with the browser's storage: reports for the person, errors for the caller. */

/** Something a person should know about what this browser keeps. `message` is plain words. */
export interface StorageProblem {
  readonly code: 'moved-aside' | 'newer-version' | 'partly-unreadable' | 'unavailable' | 'full'
  /** The record it is about; null when it is about the storage as a whole. */
  readonly key: string | null
  readonly message: string
}

export type ReportProblem = (problem: StorageProblem) => void

/** A record could not be written. Nothing was changed. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: 'full' | 'newer-version' | 'unavailable'

  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const QUOTA_NAMES = new Set(['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED'])

const isQuota = (error: unknown): boolean => error instanceof Error && QUOTA_NAMES.has(error.name)

/** Puts what a browser throws on a write into words. */
export function writeError(error: unknown): StorageError {
  if (error instanceof StorageError) return error
  if (isQuota(error)) {
    return new StorageError(
      'full',
      'Nothing was saved: this browser has no room left for Souk. Under Settings, Your data, you can save a backup and see what takes the room.',
      { cause: error },
    )
  }
  return new StorageError(
    'unavailable',
    `Nothing was saved: this browser refused to store it (${String(error)}). Check its privacy settings and try again.`,
    { cause: error },
  )
}
