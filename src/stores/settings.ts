/** The person's settings: theme and connected wallets. Secrets go through the vault. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { lazily } from '@/domain/once'
import type { SecretVault } from '@/storage/sessionKeyVault'
import {
  createSettingsDocument,
  type LnbitsConnection,
  type Theme,
} from '@/storage/settingsDocument'
import { useNoticesStore } from './notices'

/** The vault is loaded when a secret is first asked for: the first page needs none. */
function lazyVault(): SecretVault {
  const open = lazily(async () =>
    (await import('@/storage/sessionKeyVault')).createSessionKeyVault(),
  )
  return {
    put: async (name, text, lifetime) => (await open()).put(name, text, lifetime),
    get: async (name) => (await open()).get(name),
    remove: (name) => void open().then((vault) => vault.remove(name)),
  }
}

export const useSettingsStore = defineStore('settings', () => {
  const documents = createSettingsDocument(lazyVault(), {
    onProblem: useNoticesStore().tellStorageProblem,
  })
  const theme = shallowRef<Theme>(documents.readTheme())
  const lnbits = shallowRef<LnbitsConnection | null>(null)

  documents.onTheme((next) => (theme.value = next))

  /** A theme that cannot be kept still holds until the page is closed. */
  function setTheme(next: Theme): void {
    theme.value = next
    try {
      documents.writeTheme(next)
    } catch {
      return
    }
  }

  /** What was set, for a backup; null where nothing was. */
  const exported = (): unknown => documents.exported()

  /** Takes the settings of a backup where nothing was set here. */
  function adopt(imported: unknown): void {
    try {
      if (documents.adopt(imported)) theme.value = documents.readTheme()
    } catch {
      return
    }
  }

  async function loadWallets(): Promise<void> {
    lnbits.value = await documents.readLnbits()
  }

  async function setLnbits(connection: LnbitsConnection | null): Promise<void> {
    await documents.writeLnbits(connection)
    lnbits.value = connection
  }

  return { theme, lnbits, setTheme, exported, adopt, loadWallets, setLnbits }
})
