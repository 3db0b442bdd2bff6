/** The person's settings: the theme in clear, wallet connections only through the vault. */
import * as v from 'valibot'
import { createDocumentStore, type StoragePorts } from './documents'
import { parseWith } from './schemas'
import type { SecretVault } from './sessionKeyVault'

export type Theme = 'system' | 'light' | 'dark'

/** A merchant's wallet. The invoice key can make invoices and look at them, never spend. */
export interface LnbitsConnection {
  readonly url: string
  readonly invoiceKey: string
}

export interface SettingsDocument {
  readTheme(): Theme
  /** Throws a StorageError when it cannot be kept. */
  writeTheme(theme: Theme): void
  /** Another tab changed the theme. */
  onTheme(listener: (theme: Theme) => void): () => void
  /** What was set, for a backup; null where nothing was. Secrets are not in here. */
  exported(): unknown
  /** Takes what another browser exported, unless something was set here. Answers whether it did. */
  adopt(exported: unknown): boolean
  readLnbits(): Promise<LnbitsConnection | null>
  /** Null forgets it. */
  writeLnbits(connection: LnbitsConnection | null): Promise<void>
}

const KEY = 'current'
const LNBITS = 'lnbits-wallet'

interface Settings {
  readonly theme: Theme
}

const settingsSchema: v.GenericSchema<unknown, Settings> = v.object({
  theme: v.picklist(['system', 'light', 'dark']),
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
    readTheme: () => documents.read(KEY)?.theme ?? 'system',
    writeTheme: (theme) => documents.write(KEY, { theme }),
    onTheme: (listener) =>
      documents.onChange((_key, settings) => listener(settings?.theme ?? 'system')),
    exported: () => documents.read(KEY),
    adopt,
    readLnbits: async () => readConnection(await vault.get(LNBITS)),
    writeLnbits: (connection) => keep(LNBITS, connection && JSON.stringify(connection)),
  }
}
