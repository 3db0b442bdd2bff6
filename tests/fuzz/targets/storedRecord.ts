/** How any kind of stored record is fuzzed: a hostile one beside good ones, under a key that is looked at. */
import { listAsides } from '@/storage/asides'
import { createFakeBrowser } from '../../storage/fakeBrowser'
import { must, mustBePlain, type Target } from '../target'

/** Records are the person's own: no text in them is longer than what an input can hold. */
const MAX_TEXT = 600_000

export interface StoredKind<T> {
  readonly name: string
  readonly share: number
  /** Good inputs. */
  readonly samples: readonly string[]
  /** Where the input lies. */
  readonly key: string
  /** The text to store for an input, where that is not the input itself. */
  readonly toRecord?: (input: string) => string
  /** Writes the good records. */
  readonly fill?: (storage: Storage) => void
  /** What a page sees: all that is good, and what was made of the input, null for nothing. */
  readonly look: (storage: Storage) => { readonly good?: unknown; readonly found: T | null }
  /** What pages do with what was found. */
  readonly use?: (found: T, storage: Storage) => void
}

/** Nothing good may be hidden, and an input that cannot be read must be kept somewhere. */
export function storedTarget<T>(kind: StoredKind<T>): Target {
  const { name, share, samples, key, toRecord = (input) => input, fill, look, use } = kind
  const fresh = (): Storage => {
    const { storage } = createFakeBrowser().openTab()
    fill?.(storage)
    return storage
  }
  const expected = JSON.stringify(look(fresh()).good)
  for (const sample of samples) {
    const storage = fresh()
    storage.setItem(key, toRecord(sample))
    must(look(storage).found !== null, `A sample of ${name} cannot be read`)
  }

  return {
    name,
    share,
    samples,
    feed([input = '']) {
      const storage = fresh()
      const record = toRecord(input)
      storage.setItem(key, record)
      const { good, found } = look(storage)
      must(JSON.stringify(good) === expected, 'A good record is hidden or changed')
      const isAside = listAsides(storage).some(({ text }) => text === record)
      must(found !== null || isAside || storage.getItem(key) === record, 'A bad record is lost')
      if (found === null) return
      mustBePlain(found, MAX_TEXT)
      use?.(found, storage)
      must(JSON.stringify(look(storage).good) === expected, 'Using a record has changed a good one')
    },
  }
}
