// @vitest-environment happy-dom
/** Settings: the theme in clear, wallets only through the vault, notices in their order. */
import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { useNoticesStore } from '@/stores/notices'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { person } from '../factories/people'
import { dump, fillStorage, tellOfOtherTab } from '../support/browser'

const WALLET = { url: 'https://lnbits.example', invoiceKey: '0123456789abcdef0123456789abcdef' }

function reopen() {
  setActivePinia(createPinia())
  return useSettingsStore()
}
describe('settings', () => {
  it('keeps the theme, and follows another tab', () => {
    const settings = reopen()
    expect(settings.theme).toBe('system')
    settings.setTheme('dark')
    expect(reopen().theme).toBe('dark')
    localStorage.setItem(
      'souk:settings:current',
      localStorage.getItem('souk:settings:current')!.replace('dark', 'light'),
    )
    tellOfOtherTab('souk:settings:current')
    expect(settings.theme).toBe('light')
  })

  it('changes the theme though it cannot be kept', () => {
    const settings = reopen()
    fillStorage()
    settings.setTheme('dark')
    expect(settings.theme).toBe('dark')
  })

  describe('a wallet', () => {
    const identity = (seed: number) => ({
      method: 'extension' as const,
      pubkey: person(seed).pubkey,
    })
    function reopenAs(seed: number) {
      const settings = reopen()
      useSessionStore().enter(identity(seed))
      return settings
    }

    it('stays over a reload, and never its key in clear', async () => {
      await reopenAs(1).setLnbits(WALLET)
      const written = dump(localStorage, sessionStorage)
      expect(written.length).toBeGreaterThan(50)
      expect(written).not.toContain(WALLET.invoiceKey)
      expect(written).not.toContain('lnbits.example')
      const later = reopenAs(1)
      expect(later.lnbits).toBeNull()
      await later.loadWallets()
      expect(later.lnbits).toEqual(WALLET)
    })

    it('is forgotten when it is disconnected, or its identity is', async () => {
      const settings = reopenAs(1)
      for (const forget of [
        () => settings.setLnbits(null),
        () => settings.forgetWallets(identity(1).pubkey),
      ]) {
        await settings.setLnbits(WALLET)
        expect(settings.lnbits).toEqual(WALLET)
        await forget()
        expect(settings.lnbits).toBeNull()
        await settings.loadWallets()
        expect(settings.lnbits).toBeNull()
      }
    })

    it('belongs to the identity that connected it', async () => {
      const settings = reopenAs(1)
      await settings.setLnbits(WALLET)
      useSessionStore().enter(identity(2))
      expect(settings.lnbits).toBeNull()
      await settings.loadWallets()
      expect(settings.lnbits).toBeNull()
      useSessionStore().enter(identity(1))
      await settings.loadWallets()
      expect(settings.lnbits).toEqual(WALLET)
    })

    it('is nobody’s while nobody is signed in', async () => {
      const settings = reopen()
      await settings.setLnbits(WALLET)
      await settings.loadWallets()
      expect(settings.lnbits).toBeNull()
      expect(dump(localStorage)).not.toContain('lnbits')
    })
  })
})

describe('notices', () => {
  it('wait until they are taken, oldest first, each once', () => {
    setActivePinia(createPinia())
    const notices = useNoticesStore()
    notices.tell({ tone: 'info', title: 'one', text: '' })
    notices.tell({ tone: 'warning', title: 'two', text: '', to: '/cart' })
    notices.tellStorageProblem({ message: 'A record is damaged.' })
    const taken = notices.takeAll()
    expect(taken.map(({ title }) => title).slice(0, 2)).toEqual(['one', 'two'])
    expect(taken[2]).toMatchObject({ tone: 'warning', text: 'A record is damaged.' })
    expect(new Set(taken.map(({ id }) => id)).size).toBe(3)
    expect(notices.takeAll()).toEqual([])
  })
})
