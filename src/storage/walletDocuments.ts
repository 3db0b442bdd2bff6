/** Connections to wallets, one an identity: in the vault alone, never in clear. */
import * as v from 'valibot'
import type { Pubkey } from '@/domain/ids'
import { parseWith } from './schemas'
import { createSessionKeyVault, type SecretVault } from './sessionKeyVault'

/** A merchant's wallet. The invoice key can make invoices and look at them, never spend. */
export interface LnbitsConnection {
  readonly url: string
  readonly invoiceKey: string
}

export interface WalletDocuments {
  readLnbits(owner: Pubkey): Promise<LnbitsConnection | null>
  /** Null forgets it. */
  writeLnbits(owner: Pubkey, connection: LnbitsConnection | null): Promise<void>
}

const lnbitsOf = (owner: Pubkey): string => `lnbits-wallet:${owner}`

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

/** The wallets that identities of this browser have connected. */
export function createWalletDocuments(
  vault: SecretVault = createSessionKeyVault(),
): WalletDocuments {
  return {
    readLnbits: async (owner) => readConnection(await vault.get(lnbitsOf(owner))),
    async writeLnbits(owner, connection) {
      if (connection) await vault.put(lnbitsOf(owner), JSON.stringify(connection), 'persistent')
      else vault.remove(lnbitsOf(owner))
    },
  }
}
