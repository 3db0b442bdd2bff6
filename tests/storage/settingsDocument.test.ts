import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { createSessionKeyVault } from '@/storage/sessionKeyVault'
import type { Pubkey } from '@/domain/ids'
import { createSettingsDocument } from '@/storage/settingsDocument'
import { createFakeBrowser } from './fakeBrowser'

function open(browser = createFakeBrowser()) {
  const { storage, events } = browser.openTab()
  const vault = createSessionKeyVault({ storage, tabStorage: storage })
  return { storage, vault, settings: createSettingsDocument(vault, { storage, events }) }
}

const OWNER = 'a'.repeat(64) as Pubkey
const connection = { url: 'https://lnbits.example', invoiceKey: 'f'.repeat(32) }

describe('the settings', () => {
  it('have a theme, which follows the system at first', () => {
    const { settings } = open()
    expect(settings.read().theme).toBe('system')
    settings.change({ theme: 'dark' })
    expect(settings.read().theme).toBe('dark')
  })

  it('have the theme of the other tabs', () => {
    const browser = createFakeBrowser()
    const [here, there] = [open(browser), open(browser)]
    const heard: string[] = []
    here.settings.onChange(({ theme }) => heard.push(theme))
    there.settings.change({ theme: 'light' })
    browser.settle()
    expect(heard).toEqual(['light'])
  })

  it('keep wallets over a reload, and never in clear', async () => {
    const { settings, storage } = open()
    expect(await settings.readLnbits(OWNER)).toBeNull()
    await settings.writeLnbits(OWNER, connection)
    const vault = createSessionKeyVault({ storage, tabStorage: storage })
    const reloaded = createSettingsDocument(vault, { storage })
    expect(await reloaded.readLnbits(OWNER)).toEqual(connection)
    const written = Array.from({ length: storage.length }, (_, n) =>
      storage.getItem(storage.key(n)!),
    ).join()
    expect(written).not.toContain(connection.invoiceKey)
    await reloaded.writeLnbits(OWNER, null)
    expect(await settings.readLnbits(OWNER)).toBeNull()
    expect(storage.length).toBe(0)
  })

  it('take a wallet that cannot be read for none', async () => {
    const { settings, vault } = open()
    for (const text of ['{', '{"url":1}', '[]']) {
      await vault.put(`lnbits-wallet:${OWNER}`, text, 'persistent')
      expect(await settings.readLnbits(OWNER)).toBeNull()
    }
  })
})
