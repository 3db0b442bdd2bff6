/** The vault's AES-GCM key: made once, kept in IndexedDB, never readable as bytes. */
import { openDB } from 'idb'
import { inTime } from './inTime'

const ALGORITHM = { name: 'AES-GCM', length: 256 } as const
const STORE = 'keys'
const NAME = 'vault'

const isUsable = (value: unknown): value is CryptoKey =>
  value instanceof CryptoKey && !value.extractable && value.usages.includes('decrypt')

/**
 * The key of this browser. Throws where WebCrypto (plain http) or IndexedDB (some private windows)
 * is missing. Two tabs that ask at once get the same key: the transaction decides.
 */
export async function openVaultKey(databaseName: string): Promise<CryptoKey> {
  const fresh = await crypto.subtle.generateKey(ALGORITHM, false, ['encrypt', 'decrypt'])
  const database = await inTime(
    openDB(databaseName, 1, { upgrade: (db) => void db.createObjectStore(STORE) }),
  )
  try {
    const transaction = database.transaction(STORE, 'readwrite')
    const present: unknown = await transaction.store.get(NAME)
    if (isUsable(present)) return present
    await transaction.store.put(fresh, NAME)
    await transaction.done
    return fresh
  } finally {
    database.close()
  }
}
