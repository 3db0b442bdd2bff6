/** What this browser keeps: how many records of which kind, how large, and the way to remove it all. */
import { deleteDB } from 'idb'
import { keysWith } from './storageArea'

/** A kind of record, as a person would tell them apart. */
export type KeptKind =
  'orders' | 'conversations' | 'outbox' | 'carts' | 'settings' | 'sign-in' | 'aside' | 'other'

export interface Kept {
  readonly kind: KeptKind
  readonly count: number
  /** Browsers store two bytes a letter. */
  readonly bytes: number
}

const KINDS: readonly (readonly [RegExp, KeptKind])[] = [
  [/^souk:(sealed:[0-9a-f]{64}:)?order:/, 'orders'],
  [/^souk:(sealed:[0-9a-f]{64}:)?conversation:/, 'conversations'],
  [/^souk:outbox:/, 'outbox'],
  [/^souk:cart:/, 'carts'],
  [/^souk:settings:/, 'settings'],
  [/^souk:(session|secret):/, 'sign-in'],
  [/^souk:aside:/, 'aside'],
]

const kindOf = (key: string): KeptKind => KINDS.find(([form]) => form.test(key))?.[1] ?? 'other'

/** Every record of Souk in an area, counted by kind. Opens none. */
export function listKept(area: Storage): readonly Kept[] {
  const byKind = new Map<KeptKind, Kept>()
  for (const key of keysWith(area, 'souk:')) {
    const kind = kindOf(key)
    const { count, bytes } = byKind.get(kind) ?? { count: 0, bytes: 0 }
    const size = 2 * (key.length + (area.getItem(key)?.length ?? 0))
    byKind.set(kind, { kind, count: count + 1, bytes: bytes + size })
  }
  return [...byKind.values()]
}

const DATABASES = ['souk-events', 'souk-marks', 'souk-vault'] as const

/** Names of the databases of Souk, also of those that a newer one has added. */
async function databaseNames(): Promise<readonly string[]> {
  try {
    const all = await indexedDB.databases()
    const own = all.flatMap(({ name }) => (name?.startsWith('souk-') ? [name] : []))
    return [...new Set([...DATABASES, ...own])]
  } catch {
    return DATABASES
  }
}

const WAIT_MS = 3000

/** A database that another tab holds open is emptied when that tab closes: nobody waits for it. */
async function removeDatabase(name: string): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS))
  await Promise.race([deleteDB(name).catch(() => undefined), patience])
}

/** Removes every record of Souk, the sign-in first: other tabs follow it. */
export async function removeEverything(areas: readonly Storage[]): Promise<void> {
  for (const area of areas) {
    for (const key of keysWith(area, 'souk:session:')) area.removeItem(key)
    for (const key of keysWith(area, 'souk:')) area.removeItem(key)
  }
  await Promise.all((await databaseNames()).map(removeDatabase))
}
