/** The person's settings: theme and pictures in clear, wallet connections only through the vault. */
import * as v from 'valibot'
import { isHex64, type Pubkey } from '@/domain/ids'
import type { PictureChoice } from '@/domain/pictures'
import { createDocumentStore, type StoragePorts } from './documents'
import { parseWith } from './schemas'
import type { SecretVault } from './sessionKeyVault'

export type Theme = 'system' | 'light' | 'dark'

/** A merchant's wallet. The invoice key can make invoices and look at them, never spend. */
export interface LnbitsConnection {
  readonly url: string
  readonly invoiceKey: string
}

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
  /** What was set, for a backup; null where nothing was. Secrets are not in here. */
  exported(): unknown
  /** Takes what another browser exported, unless something was set here. Answers whether it did. */
  adopt(exported: unknown): boolean
  /** A wallet belongs to the identity that connected it. */
  readLnbits(owner: Pubkey): Promise<LnbitsConnection | null>
  /** Null forgets it. */
  writeLnbits(owner: Pubkey, connection: LnbitsConnection | null): Promise<void>
}

const KEY = 'current'
const lnbitsOf = (owner: Pubkey): string => `lnbits-wallet:${owner}`

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

const parseLnbits = parseWith(
  v.object({ url: v.string(), invoiceKey: v.string() }) satisfies v.GenericSchema<
    unknown,
    LnbitsConnection
  >,
)

function readConnection(text: string | null): LnbitsConnection | null {
  if (text === null) return null
  try {
    const parsed = parseLnbits(JSON.parse(text))
    return parsed.ok ? parsed.value : null
  } catch {
    return null
  }
}

/** The settings of this browser. */
export function createSettingsDocument(
  vault: SecretVault,
  ports: StoragePorts = {},
): SettingsDocument {
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

  async function keep(name: string, text: string | null): Promise<void> {
    if (text === null) vault.remove(name)
    else await vault.put(name, text, 'persistent')
  }

  return {
    read,
    change: (change) => documents.write(KEY, { ...read(), ...change }),
    onChange: (listener) => documents.onChange((_key, settings) => listener(settings ?? DEFAULTS)),
    exported: () => documents.read(KEY),
    adopt,
    readLnbits: async (owner) => readConnection(await vault.get(lnbitsOf(owner))),
    writeLnbits: (owner, connection) =>
      keep(lnbitsOf(owner), connection && JSON.stringify(connection)),
  }
}
