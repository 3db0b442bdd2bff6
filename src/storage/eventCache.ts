/** The catalogue's verified events in IndexedDB, so that a second visit starts with what the first saw. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import {
  parseEvent,
  trustVerified,
  type UnverifiedEvent,
  type VerifiedEvent,
} from '@/protocol/event'
import { inTime } from './inTime'
import { isSharedComputer } from './storageArea'
import type { ReportProblem } from './storageProblems'

export interface EventCache {
  /** Stores verified events in one transaction. */
  putAll(events: readonly VerifiedEvent[]): Promise<void>
  readAll(kinds: readonly number[]): Promise<VerifiedEvent[]>
  remove(ids: readonly string[]): Promise<void>
  count(): Promise<number>
  clear(): Promise<void>
  close(): Promise<void>
}

interface CacheSchema extends DBSchema {
  events: { key: string; value: UnverifiedEvent; indexes: { kind: number } }
}

type Database = IDBPDatabase<CacheSchema>

function openDatabase(name: string): Promise<Database> {
  if (isSharedComputer()) return Promise.reject(new Error('nothing is kept on a shared computer'))
  return openDB<CacheSchema>(name, 1, {
    upgrade: (db) =>
      void db.createObjectStore('events', { keyPath: 'id' }).createIndex('kind', 'kind'),
    // Lets a newer Souk in another tab upgrade, instead of making it wait for this tab.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

/** A plain copy: the stored row has the seven fields and nothing else. */
const toRow = ({ id, pubkey, created_at, kind, tags, content, sig }: VerifiedEvent) => ({
  id,
  pubkey,
  created_at,
  kind,
  tags: tags.map((tag) => [...tag]),
  content,
  sig,
})

async function writeRows(database: Database, events: readonly VerifiedEvent[]): Promise<void> {
  const transaction = database.transaction('events', 'readwrite')
  const puts = events.map((event) => transaction.store.put(toRow(event)))
  await Promise.all([...puts, transaction.done])
}

async function deleteRows(database: Database, keys: readonly IDBValidKey[]): Promise<void> {
  const transaction = database.transaction('events', 'readwrite')
  const deletions = keys.map((key) => transaction.store.delete(IDBKeyRange.only(key)))
  await Promise.all([...deletions, transaction.done])
}

/** Rows of one kind, and the keys of those that are not events any more. */
async function readRows(database: Database, kind: number) {
  const { store } = database.transaction('events')
  const index = store.index('kind')
  const [keys, rows] = await Promise.all([index.getAllKeys(kind), index.getAll(kind)])
  const events: VerifiedEvent[] = []
  const broken: IDBValidKey[] = []
  rows.forEach((row, at) => {
    const parsed = parseEvent(row)
    if (parsed.ok) events.push(trustVerified(parsed.value))
    else broken.push(keys[at] ?? row.id)
  })
  return { events, broken }
}

/** Opens the cache. Without IndexedDB it is empty and stays so, which is reported once. */
export function createEventCache(
  options: { readonly name?: string; readonly onProblem?: ReportProblem } = {},
): EventCache {
  let opening: Promise<Database> | null = null
  let reported = false

  function report(error: unknown): void {
    if (reported) return
    reported = true
    options.onProblem?.({
      code: 'unavailable',
      key: null,
      message: `The catalogue cannot be kept between visits (${String(error)}). Everything works, but loads from the relays each time.`,
    })
  }

  async function attempt<T>(without: T, work: (database: Database) => Promise<T>): Promise<T> {
    try {
      opening ??= inTime(openDatabase(options.name ?? 'souk-events'))
      return await work(await opening)
    } catch (error) {
      report(error)
      return without
    }
  }

  async function readKinds(database: Database, kinds: readonly number[]): Promise<VerifiedEvent[]> {
    const read = await Promise.all([...new Set(kinds)].map((kind) => readRows(database, kind)))
    const broken = read.flatMap((rows) => rows.broken)
    if (broken.length > 0) await deleteRows(database, broken)
    return read.flatMap((rows) => rows.events)
  }

  async function close(): Promise<void> {
    if (!opening) return
    await attempt(undefined, async (database) => database.close())
    opening = null
  }

  return {
    putAll: (events) => attempt(undefined, (database) => writeRows(database, events)),
    readAll: (kinds) => attempt([], (database) => readKinds(database, kinds)),
    remove: (ids) => attempt(undefined, (database) => deleteRows(database, ids)),
    count: () => attempt(0, (database) => database.count('events')),
    clear: () => attempt(undefined, (database) => database.clear('events')),
    close,
  }
}
