/** Everything that a browser keeps for the app: both storage areas and every IndexedDB database. */
import type { Page } from '@playwright/test'

export interface StorageDump {
  readonly local: Readonly<Record<string, string>>
  readonly session: Readonly<Record<string, string>>
  /** By name; bytes are written as hexadecimal, keys that do not come out as such. */
  readonly databases: Readonly<Record<string, string>>
}

/** Runs in the browser, so it may use nothing from outside of itself. */
async function readAll(): Promise<StorageDump> {
  const area = (storage: Storage) => Object.fromEntries(Object.entries(storage))
  const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  const plain = (_key: string, value: unknown): unknown => {
    if (value instanceof CryptoKey) return `CryptoKey, extractable: ${value.extractable}`
    if (value instanceof ArrayBuffer) return hex(new Uint8Array(value))
    if (ArrayBuffer.isView(value)) return hex(new Uint8Array(value.buffer))
    return value
  }
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('The request failed'))
    })
  async function database(name: string): Promise<string> {
    const opened = await settle(indexedDB.open(name))
    opened.onversionchange = () => opened.close()
    const stores = [...opened.objectStoreNames]
    const rows: unknown[] = []
    for (const store of stores) {
      const held = opened.transaction(store).objectStore(store)
      rows.push(store, await settle(held.getAllKeys()))
      rows.push(await settle(opened.transaction(store).objectStore(store).getAll()))
    }
    opened.close()
    return JSON.stringify(rows, plain)
  }
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name ? [name] : []))
  const databases: Record<string, string> = {}
  for (const name of names) databases[name] = await database(name)
  return { local: area(localStorage), session: area(sessionStorage), databases }
}

export const storageDump = (page: Page): Promise<StorageDump> => page.evaluate(readAll)

/** One text of it all. */
export const textOf = ({ local, session, databases }: StorageDump): string =>
  [local, session, databases]
    .flatMap((part) => Object.entries(part))
    .map(([key, text]) => `${key} ${text}`)
    .join('\n')
