/** The person's settings: theme, pictures and lock, in clear. */
import * as v from 'valibot'
import { isHex64, type Pubkey } from '@/domain/ids'
import type { PictureChoice } from '@/domain/pictures'
import { createDocumentStore, type StoragePorts } from './documents'
import { parseWith } from './schemas'

export type Theme = 'system' | 'light' | 'dark'

/** After how many minutes without use a key under a password is locked; 0 for never. */
export const LOCK_MINUTES = [5, 15, 60, 0] as const
export type LockMinutes = (typeof LOCK_MINUTES)[number]

export interface Settings {
  readonly theme: Theme
  readonly pictures: PictureChoice
  readonly lockMinutes: LockMinutes
}

export interface SettingsDocument {
  read(): Settings
  /** Throws a StorageError when it cannot be kept. */
  change(change: Partial<Settings>): void
  /** Another tab changed the settings. */
  onChange(listener: (settings: Settings) => void): () => void
  /** What was set, for a backup; null where nothing was. */
  exported(): unknown
  /** Takes what another browser exported, unless something was set here. Answers whether it did. */
  adopt(exported: unknown): boolean
}

const KEY = 'current'

const DEFAULTS: Settings = {
  theme: 'system',
  pictures: { mode: 'load', merchants: [] },
  lockMinutes: 15,
}
const MAX_MERCHANTS = 1000

/** A choice that is not known here is read as the one that asks. */
const picturesSchema: v.GenericSchema<unknown, PictureChoice> = v.object({
  mode: v.fallback(v.picklist(['load', 'ask', 'off']), 'ask'),
  merchants: v.fallback(v.pipe(v.array(v.custom<Pubkey>(isHex64)), v.maxLength(MAX_MERCHANTS)), []),
})

const settingsSchema: v.GenericSchema<unknown, Settings> = v.object({
  theme: v.picklist(['system', 'light', 'dark']),
  pictures: v.optional(picturesSchema, DEFAULTS.pictures),
  lockMinutes: v.optional(
    v.fallback(v.picklist(LOCK_MINUTES), DEFAULTS.lockMinutes),
    DEFAULTS.lockMinutes,
  ),
})

const parseSettings = parseWith(settingsSchema)

/** The settings of this browser. */
export function createSettingsDocument(ports: StoragePorts = {}): SettingsDocument {
  const documents = createDocumentStore<Settings>({
    ...ports,
    prefix: 'souk:settings:',
    version: 1,
    parse: parseSettings,
    migrations: {},
  })

  const read = (): Settings => documents.read(KEY) ?? DEFAULTS

  function adopt(exported: unknown): boolean {
    const parsed = parseSettings(exported)
    if (!parsed.ok || documents.read(KEY) !== null) return false
    documents.write(KEY, parsed.value)
    return true
  }

  return {
    read,
    change: (change) => documents.write(KEY, { ...read(), ...change }),
    onChange: (listener) => documents.onChange((_key, settings) => listener(settings ?? DEFAULTS)),
    exported: () => documents.read(KEY),
    adopt,
  }
}
