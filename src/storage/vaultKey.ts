/** The vault's keys: made once, kept in IndexedDB, never readable as bytes. */
import { openDB } from 'idb'
import { inTime } from './inTime'
import { isSharedComputer } from './storageArea'

const STORE = 'keys'

interface KeyKind {
  readonly name: string
  readonly algorithm: AesKeyGenParams | HmacKeyGenParams
  readonly usages: readonly KeyUsage[]
}

const SECRETS: KeyKind = {
  name: 'vault',
  algorithm: { name: 'AES-GCM', length: 256 },
  usages: ['encrypt', 'decrypt'],
}
const RECORDS: KeyKind = {
  name: 'records',
  algorithm: { name: 'HMAC', hash: 'SHA-256', length: 256 },
  usages: ['sign'],
}

const isUsable = (value: unknown, { usages }: KeyKind): value is CryptoKey =>
  value instanceof CryptoKey &&
  !value.extractable &&
  usages.every((usage) => value.usages.includes(usage))

async function makeKey({ algorithm, usages }: KeyKind): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey(algorithm, false, usages)
  if (made instanceof CryptoKey) return made
  throw new TypeError('This algorithm makes a pair of keys.')
}

/**
 * A key of this browser. Throws where WebCrypto (plain http) or IndexedDB (some private windows) is
 * missing, and on a shared computer. Two tabs that ask at once get the same key: the transaction
 * decides.
 */
async function openKey(databaseName: string, kind: KeyKind): Promise<CryptoKey> {
  if (isSharedComputer()) throw new Error('On a shared computer no key is kept.')
  const fresh = await makeKey(kind)
  const database = await inTime(
    openDB(databaseName, 1, { upgrade: (db) => void db.createObjectStore(STORE) }),
  )
  try {
    const transaction = database.transaction(STORE, 'readwrite')
    const present: unknown = await transaction.store.get(kind.name)
    if (isUsable(present, kind)) return present
    await transaction.store.put(fresh, kind.name)
    await transaction.done
    return fresh
  } finally {
    database.close()
  }
}

/** Encrypts the vault's secrets. */
export const openVaultKey = (databaseName: string): Promise<CryptoKey> =>
  openKey(databaseName, SECRETS)

/** Derives the keys under which records are sealed. */
export const openRecordsKey = (databaseName: string): Promise<CryptoKey> =>
  openKey(databaseName, RECORDS)
