/** Wallet connections: over a reload, by owner, never in clear. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { createSessionKeyVault } from '@/storage/sessionKeyVault'
import { createMemoryStorage } from '@/storage/storageArea'
import { createWalletDocuments } from '@/storage/walletDocuments'

function open(storage = createMemoryStorage()) {
  const vault = createSessionKeyVault({ storage, tabStorage: storage })
  return { vault, wallets: createWalletDocuments(vault) }
}

const OWNER = 'a'.repeat(64) as Pubkey
const connection = { url: 'https://lnbits.example', invoiceKey: 'f'.repeat(32) }

describe('connections to wallets', () => {
  it('stay over a reload, and never in clear', async () => {
    const storage = createMemoryStorage()
    const wallets = open(storage).wallets
    expect(await wallets.readLnbits(OWNER)).toBeNull()
    await wallets.writeLnbits(OWNER, connection)
    const reloaded = open(storage).wallets
    expect(await reloaded.readLnbits(OWNER)).toEqual(connection)
    const written = Array.from({ length: storage.length }, (_, n) =>
      storage.getItem(storage.key(n)!),
    ).join()
    expect(written).not.toContain(connection.invoiceKey)
    await reloaded.writeLnbits(OWNER, null)
    expect(await wallets.readLnbits(OWNER)).toBeNull()
    expect(storage.length).toBe(0)
  })

  it('are none where they cannot be read', async () => {
    const { wallets, vault } = open()
    for (const text of ['{', '{"url":1}', '[]']) {
      await vault.put(`lnbits-wallet:${OWNER}`, text, 'persistent')
      expect(await wallets.readLnbits(OWNER)).toBeNull()
    }
  })
})
