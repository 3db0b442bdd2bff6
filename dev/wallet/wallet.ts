/** The dev wallet of the embedded market: one ledger behind an LNbits API and a NIP-47 service. */
import { createHash } from 'node:crypto'
import type { Network } from '@/domain/invoice'
import { Ledger, type LedgerWallet } from './ledger'
import { startLnbitsApi, type WalletFaults } from './lnbitsApi'
import { startNwcService } from './nwcService'

export interface DevWalletOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly host?: string
  /** Where the wallet listens for NIP-47 requests; without it there is only the LNbits API. */
  readonly relayUrl?: string
  readonly network?: Network
  /** All keys come from it, so that connections outlive a restart. Default: a fixed demo seed. */
  readonly seed?: string
}

export interface WalletKeys {
  readonly id: string
  readonly name: string
  readonly adminkey: string
  readonly inkey: string
}

export interface DevWallet {
  readonly url: string
  readonly port: number
  readonly ledger: Ledger
  /** The demo customer's, with a large balance. */
  readonly customer: WalletKeys
  /** Adds a wallet, or returns the one of that name. */
  createWallet(name: string, balanceSat?: number): WalletKeys
  /** The NIP-47 connection of a wallet that exists. Throws without a relay. */
  nwcUri(name: string): string
  /** Makes the LNbits API misbehave from now on. */
  setFaults(faults: WalletFaults): void
  close(): Promise<void>
}

const CUSTOMER = 'customer'
const CUSTOMER_BALANCE_SAT = 100_000_000
const DEMO_SEED = 'souk demo wallet'

/** Derived keys, each for one purpose. */
const deriver =
  (seed: string) =>
  (...purpose: readonly string[]): string =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...purpose]))
      .digest('hex')

function keysOf(derive: ReturnType<typeof deriver>, name: string): WalletKeys {
  const key = (purpose: string) => derive(purpose, name).slice(0, 32)
  return { id: key('id'), name, adminkey: key('adminkey'), inkey: key('inkey') }
}

/** Starts it. Rejects with the system's error, such as EADDRINUSE, if the port is taken. */
export async function startDevWallet(options: DevWalletOptions = {}): Promise<DevWallet> {
  const { network = 'regtest', relayUrl } = options
  const derive = deriver(options.seed ?? DEMO_SEED)
  const ledger = new Ledger({ network, nodeKey: derive('node') })
  const wallets = new Map<string, WalletKeys>()

  function createWallet(name: string, balanceSat = 0): WalletKeys {
    const existing = wallets.get(name)
    if (existing) return existing
    const keys = keysOf(derive, name)
    const wallet: LedgerWallet = { ...keys, balanceMsat: balanceSat * 1000 }
    ledger.addWallet(wallet)
    wallets.set(name, keys)
    return keys
  }

  const customer = createWallet(CUSTOMER, CUSTOMER_BALANCE_SAT)
  const api = await startLnbitsApi(ledger, options)
  const nwc =
    relayUrl === undefined
      ? null
      : await startNwcService({ ledger, relayUrl, network, secret: derive('service') })

  return {
    url: api.url,
    port: api.port,
    ledger,
    customer,
    createWallet,
    nwcUri(name) {
      const wallet = wallets.get(name)
      if (!nwc) throw new Error('The wallet was started without a relay')
      if (!wallet) throw new Error(`There is no wallet named ${name}`)
      return nwc.connect(wallet.id, derive('client', name))
    },
    setFaults: api.setFaults,
    async close() {
      nwc?.close()
      await api.close()
    },
  }
}
