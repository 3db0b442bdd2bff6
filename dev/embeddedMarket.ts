/** A whole market on this machine: relay, wallet, merchants and the app that shows them. */
import { fileURLToPath } from 'node:url'
import { demoMerchants } from './catalogue/catalogue'
import type { DemoMerchant } from './catalogue/types'
import { configOf, isAnsweredByPerson, type MarketConfigFile } from './marketConfig'
import { marketFiles } from './marketFiles'
import { startMerchant } from './merchant/merchant'
import { startRelay, type RunningRelay } from './relay/relay'
import { whenPublished } from './published'
import { startAppServer, type RunningServer } from './server'
import { startDevWallet, type DevWallet } from './wallet/wallet'

const HOST = '127.0.0.1'
const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const SHIP_AFTER_MS = 6000

export type Part = 'app' | 'relay' | 'wallet'

export interface MarketOptions {
  /** 0, the default, takes any free port. */
  readonly ports?: Partial<Record<Part, number>>
  /** A relay to use in place of an own one. */
  readonly relayUrl?: string
  /** A file that keeps the own relay's events across restarts. */
  readonly relayFile?: string
  /** `built` serves dist; `sources` lets Vite serve the sources with hot reloading. */
  readonly app?: 'built' | 'sources'
  readonly marketName?: string
  readonly merchants?: readonly DemoMerchant[]
  /** How long a demo merchant waits before it ships what is paid. */
  readonly shipAfterMs?: number
  readonly log?: (line: string) => void
}

export interface RunningMarket {
  readonly appUrl: string
  readonly relayUrl: string
  readonly walletUrl: string
  /** Null when the market uses a relay of somebody else. */
  readonly relay: RunningRelay | null
  readonly wallet: DevWallet
  readonly merchants: readonly DemoMerchant[]
  /** What `/config.json` says. */
  readonly config: MarketConfigFile
  close(): Promise<void>
}

/** A part whose port somebody else has taken. */
export class BusyPort extends Error {
  constructor(
    readonly part: Part,
    readonly port: number,
  ) {
    super(`Port ${port} for the ${part} is in use.`)
  }
}

async function onPort<T>(part: Part, port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw busy ? new BusyPort(part, port) : error
  }
}

/** Everything that was started, ended in the opposite order, even if one part fails to end. */
class Closers {
  readonly #closers: (() => unknown)[] = []

  add<T extends { close(): unknown }>(part: T): T {
    this.#closers.push(() => part.close())
    return part
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) {
      await Promise.resolve(close()).catch(() => undefined)
    }
  }
}

async function startApp(
  options: MarketOptions,
  config: MarketConfigFile,
  closers: Closers,
): Promise<RunningServer> {
  const port = options.ports?.app ?? 0
  const made = marketFiles(() => config)
  const app = await onPort('app', port, () =>
    startAppServer({ port, host: HOST, folder: DIST, made }),
  )
  closers.add(app)
  if (options.app === 'sources') {
    const { serveSources } = await import('./developmentApp')
    closers.add({ close: await serveSources(app) })
  }
  return app
}

async function assemble(options: MarketOptions, closers: Closers): Promise<RunningMarket> {
  const { ports = {}, merchants = demoMerchants, log = () => undefined } = options
  const startOwnRelay = () => startRelay({ port: ports.relay, host: HOST, file: options.relayFile })
  const relay =
    options.relayUrl === undefined
      ? closers.add(await onPort('relay', ports.relay ?? 0, startOwnRelay))
      : null
  const relayUrl = relay?.url ?? options.relayUrl ?? ''
  const startWallet = () =>
    startDevWallet({ port: ports.wallet, host: HOST, relayUrl, network: 'regtest' })
  const wallet = closers.add(await onPort('wallet', ports.wallet ?? 0, startWallet))
  const config = configOf(relayUrl, wallet, merchants, options.marketName ?? 'Souk')
  const app = await startApp(options, config, closers)
  const start = (merchant: DemoMerchant) =>
    startMerchant({
      merchant,
      relays: [relayUrl],
      lnbits: { url: wallet.url, invoiceKey: wallet.createWallet(merchant.name).inkey },
      pictureBase: `${app.url}/pictures`,
      shipAfterMs: options.shipAfterMs ?? SHIP_AFTER_MS,
      answer: !isAnsweredByPerson(merchant),
      log,
    })
  for (const merchant of await Promise.all(merchants.map(start))) closers.add(merchant)
  if (relay) await whenPublished(relay, merchants)
  const close = () => closers.close()
  const urls = { appUrl: app.url, relayUrl, walletUrl: wallet.url }
  return { ...urls, relay, wallet, merchants, config, close }
}

/**
 * Starts a market and resolves once its merchants have published. Rejects with BusyPort when a
 * port is taken; what was already started is ended then.
 */
export async function startMarket(options: MarketOptions = {}): Promise<RunningMarket> {
  const closers = new Closers()
  try {
    return await assemble(options, closers)
  } catch (error) {
    await closers.close()
    throw error
  }
}
