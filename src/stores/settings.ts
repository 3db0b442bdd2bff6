/** The person's settings: theme, pictures and connected wallets. Secrets go through the vault. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Pubkey } from '@/domain/ids'
import { lazily } from '@/domain/once'
import type { PictureChoice } from '@/domain/pictures'
import {
  createSettingsDocument,
  type LockMinutes,
  type Settings,
  type Theme,
} from '@/storage/settingsDocument'
import type { LnbitsConnection } from '@/storage/walletDocuments'
import { useNoticesStore } from './notices'
import { useSessionStore } from './session'

export const useSettingsStore = defineStore('settings', () => {
  const documents = createSettingsDocument({ onProblem: useNoticesStore().tellStorageProblem })
  /** Loaded when a wallet is first asked for: the first page needs none. */
  const openWallets = lazily(async () =>
    (await import('@/storage/walletDocuments')).createWalletDocuments(),
  )
  const kept = shallowRef<Settings>(documents.read())
  const theme = computed(() => kept.value.theme)
  const pictures = computed(() => kept.value.pictures)
  const lockMinutes = computed(() => kept.value.lockMinutes)
  const session = useSessionStore()
  const wallet = shallowRef<{ readonly owner: Pubkey; readonly lnbits: LnbitsConnection } | null>()
  /** The wallet of the identity in use, once it was loaded. */
  const lnbits = computed(() =>
    wallet.value?.owner === session.pubkey ? (wallet.value?.lnbits ?? null) : null,
  )

  documents.onChange((next) => (kept.value = next))

  /** A setting that cannot be kept still holds until the page is closed. */
  function change(next: Partial<Settings>): void {
    kept.value = { ...kept.value, ...next }
    try {
      documents.change(next)
    } catch {
      return
    }
  }

  const setTheme = (next: Theme): void => change({ theme: next })
  const setPictures = (next: PictureChoice): void => change({ pictures: next })
  const setLockMinutes = (next: LockMinutes): void => change({ lockMinutes: next })

  /** What was set, for a backup; null where nothing was. */
  const exported = (): unknown => documents.exported()

  /** Takes the settings of a backup where nothing was set here. */
  function adopt(imported: unknown): void {
    try {
      if (documents.adopt(imported)) kept.value = documents.read()
    } catch {
      return
    }
  }

  const show = (owner: Pubkey, connection: LnbitsConnection | null): void => {
    wallet.value = connection && { owner, lnbits: connection }
  }

  async function loadWallets(): Promise<void> {
    const owner = session.pubkey
    if (!owner) return
    const connection = await (await openWallets()).readLnbits(owner)
    if (session.pubkey === owner) show(owner, connection)
  }

  /** Connects the identity in use with a wallet, or with none. */
  async function setLnbits(connection: LnbitsConnection | null): Promise<void> {
    const owner = session.pubkey
    if (!owner) return
    await (await openWallets()).writeLnbits(owner, connection)
    show(owner, connection)
  }

  /** Out of memory; what the vault keeps stays there. */
  const dropWallets = (): void => void (wallet.value = null)

  async function forgetWallets(owner: Pubkey): Promise<void> {
    dropWallets()
    await (await openWallets()).writeLnbits(owner, null)
  }

  return {
    theme,
    pictures,
    lockMinutes,
    lnbits,
    setTheme,
    setPictures,
    setLockMinutes,
    exported,
    adopt,
    loadWallets,
    setLnbits,
    dropWallets,
    forgetWallets,
  }
})
