import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSessionKeyVault } from '@/storage/sessionKeyVault'
import { openVaultKey } from '@/storage/vaultKey'
import type { StorageProblem } from '@/storage/storageProblems'
import { createFakeBrowser } from './fakeBrowser'

const SECRET = '67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa'

function open() {
  const { storage } = createFakeBrowser().openTab()
  const tabStorage = createFakeBrowser().openTab().storage
  const problems: StorageProblem[] = []
  const reload = () =>
    createSessionKeyVault({ storage, tabStorage, onProblem: (problem) => problems.push(problem) })
  return { storage, tabStorage, problems, reload, vault: reload() }
}

const dump = (...areas: Storage[]) =>
  areas
    .flatMap((area) => Array.from({ length: area.length }, (_, n) => area.getItem(area.key(n)!)))
    .join()

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()))
afterEach(() => vi.unstubAllGlobals())

describe('the vault', () => {
  it.each(['session', 'persistent'] as const)(
    'keeps a %s secret over a reload',
    async (lifetime) => {
      const { vault, reload, problems, storage, tabStorage } = open()
      expect(await vault.put('guest-key', SECRET, lifetime)).toEqual({ survivesReload: true })
      expect(await reload().get('guest-key')).toBe(SECRET)
      expect(lifetime === 'session' ? storage.length : tabStorage.length).toBe(0)
      expect(problems).toEqual([])
    },
  )

  it('writes nothing in clear', async () => {
    const { vault, storage, tabStorage } = open()
    await vault.put('a', SECRET, 'session')
    await vault.put('b', SECRET, 'persistent')
    const written = dump(storage, tabStorage)
    expect(written.length).toBeGreaterThan(100)
    expect(written).not.toContain(SECRET)
    expect(written).not.toContain(btoa(SECRET).slice(0, 20))
    expect(written).not.toContain(Buffer.from(SECRET).toString('hex').slice(0, 20))
  })

  it('has a key that does not come out', async () => {
    const key = await openVaultKey('some-vault')
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })

  it('has one key, also when two tabs make it at once', async () => {
    const { vault, reload } = open()
    const other = reload()
    await Promise.all([vault.put('a', 'one', 'persistent'), other.put('b', 'two', 'persistent')])
    expect(await reload().get('a')).toBe('one')
    expect(await reload().get('b')).toBe('two')
  })

  it('replaces and removes by name', async () => {
    const { vault, reload, storage, tabStorage } = open()
    await vault.put('a', 'old', 'persistent')
    await vault.put('a', 'new', 'session')
    expect(await reload().get('a')).toBe('new')
    vault.remove('a')
    expect(await vault.get('a')).toBeNull()
    expect(storage.length + tabStorage.length).toBe(0)
    expect(await vault.get('never there')).toBeNull()
  })

  it('does not take one secret for another', async () => {
    const { vault, storage, reload } = open()
    await vault.put('a', 'for a', 'persistent')
    storage.setItem('souk:secret:b', storage.getItem('souk:secret:a')!)
    expect(await reload().get('b')).toBeNull()
    expect(await reload().get('a')).toBe('for a')
  })

  it('says so when the browser has lost the key', async () => {
    const { vault, reload, problems } = open()
    await vault.put('a', SECRET, 'persistent')
    vi.stubGlobal('indexedDB', new IDBFactory())
    expect(await reload().get('a')).toBeNull()
    expect(problems).toMatchObject([{ code: 'unavailable' }])
  })
})

describe('the vault without what it needs', () => {
  async function heldInMemory(): Promise<void> {
    const { vault, reload, storage, tabStorage, problems } = open()
    expect(await vault.put('a', SECRET, 'session')).toEqual({ survivesReload: false })
    expect(await vault.get('a')).toBe(SECRET)
    expect(await reload().get('a')).toBeNull()
    expect(dump(storage, tabStorage)).toBe('')
    expect(problems[0]).toMatchObject({ code: 'unavailable' })
    vault.remove('a')
    expect(await vault.get('a')).toBeNull()
  }

  it('(no WebCrypto, as on plain http) holds secrets in memory', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
    await heldInMemory()
  })

  it('(no IndexedDB) holds secrets in memory', async () => {
    vi.stubGlobal('indexedDB', undefined)
    await heldInMemory()
  })

  it('(full storage) holds secrets in memory', async () => {
    const { storage } = createFakeBrowser(10).openTab()
    const vault = createSessionKeyVault({ storage, tabStorage: storage })
    expect(await vault.put('a', SECRET, 'persistent')).toEqual({ survivesReload: false })
    expect(await vault.get('a')).toBe(SECRET)
  })

  it('(no web storage) does not promise a reload', async () => {
    vi.stubGlobal('localStorage', undefined)
    vi.stubGlobal('sessionStorage', undefined)
    const vault = createSessionKeyVault()
    expect(await vault.put('a', SECRET, 'persistent')).toEqual({ survivesReload: false })
    expect(await vault.get('a')).toBe(SECRET)
    vault.remove('a')
  })
})
