/** High-water marks of the catalogue in a database of their own: clearing the cache does not lower them. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import * as v from 'valibot'
import { isHigher, type HighWaterMarks, type Mark } from '@/domain/highWater'
import { inTime } from './inTime'
import { addressSchema, eventIdSchema, pubkeySchema, timeSchema } from './schemas'
import { isSharedComputer } from './storageArea'

interface MarkSchema extends DBSchema {
  marks: { key: string; value: Mark }
}
type Database = IDBPDatabase<MarkSchema>

/** Beyond so many, nothing new is remembered: strangers must not be able to fill the disk. */
const MAX_MARKS = 200_000

const name = v.string()
const markSchema: v.GenericSchema<unknown, Mark> = v.variant('type', [
  v.object({
    name,
    type: v.literal('seen'),
    address: addressSchema,
    version: v.object({ eventId: eventIdSchema, publishedAt: timeSchema }),
  }),
  v.object({
    name,
    type: v.literal('deleted-event'),
    author: pubkeySchema,
    eventId: eventIdSchema,
  }),
  v.object({
    name,
    type: v.literal('deleted-address'),
    author: pubkeySchema,
    address: addressSchema,
    time: timeSchema,
  }),
])

function openDatabase(database: string): Promise<Database> {
  if (isSharedComputer()) return Promise.reject(new Error('nothing is kept on a shared computer'))
  return openDB<MarkSchema>(database, 1, {
    upgrade: (db) => void db.createObjectStore('marks', { keyPath: 'name' }),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

async function readRows(database: Database): Promise<Map<string, Mark>> {
  const rows: unknown[] = await database.getAll('marks')
  return new Map(
    rows.flatMap((row) => {
      const parsed = v.safeParse(markSchema, row)
      return parsed.success ? [[parsed.output.name, parsed.output] as const] : []
    }),
  )
}

/** Another tab may have raised a mark meanwhile: each is compared with what is stored. */
async function writeRows(database: Database, marks: readonly Mark[]): Promise<void> {
  const transaction = database.transaction('marks', 'readwrite')
  const writes = marks.map(async (mark) => {
    if (isHigher(mark, await transaction.store.get(mark.name))) await transaction.store.put(mark)
  })
  await Promise.all([...writes, transaction.done])
}

/** Opens the marks. Without IndexedDB they last as long as the page. */
export function createHighWaterMarks(database = 'souk-marks'): HighWaterMarks {
  const opening = inTime((async () => openDatabase(database))()).catch(() => null)
  const loading = opening
    .then((db) => (db ? readRows(db) : new Map<string, Mark>()))
    .catch(() => new Map<string, Mark>())

  return {
    read: async () => [...(await loading).values()],
    async raise(marks) {
      const known = await loading
      const higher = marks.filter(
        (mark) =>
          isHigher(mark, known.get(mark.name)) && (known.has(mark.name) || known.size < MAX_MARKS),
      )
      for (const mark of higher) known.set(mark.name, mark)
      const db = await opening
      if (db && higher.length > 0) await writeRows(db, higher).catch(() => undefined)
    },
  }
}
