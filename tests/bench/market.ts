/** The market that is measured: the built app and an embedded relay that is full of products. */
import type { UnverifiedEvent } from '@/protocol/event'
import { marketFiles } from '../../dev/marketFiles'
import { startRelay } from '../../dev/relay/relay'
import { startAppServer } from '../../dev/server'
import { publishAll, signMarket } from './seed'

const HOST = '127.0.0.1'
const MERCHANTS = 4
const PRODUCTS_PER_STALL = 50

export interface BenchMarket {
  readonly appUrl: string
  readonly products: number
  readonly stalls: number
  readonly events: readonly UnverifiedEvent[]
  close(): Promise<void>
}

export interface BenchMarketOptions {
  readonly products: number
  /** The folder of the built app. */
  readonly app: string
  /** The most events that the relay puts into one answer; without it, all of them. */
  readonly maxLimit?: number
}

export async function startBenchMarket(options: BenchMarketOptions): Promise<BenchMarket> {
  const { products, maxLimit, app: folder } = options
  const stalls = Math.max(MERCHANTS, Math.ceil(products / PRODUCTS_PER_STALL))
  const relay = await startRelay({ host: HOST, maxLimit })
  let merchants: readonly string[] = []
  const made = marketFiles(() => ({ relays: [relay.url], marketName: 'Bench', merchants }))
  const app = await startAppServer({ port: 0, host: HOST, folder, made })
  const close = async () => {
    await app.close()
    await relay.close()
  }
  try {
    const now = Math.floor(Date.now() / 1000)
    const pictureBase = `${app.url}/pictures`
    const events = await signMarket({ products, stalls, merchants: MERCHANTS, pictureBase, now })
    merchants = [...new Set(events.map(({ pubkey }) => pubkey))]
    await publishAll(relay.url, events)
    return { appUrl: app.url, products, stalls, events, close }
  } catch (error) {
    await close()
    throw error
  }
}
