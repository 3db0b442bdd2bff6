/** Wires the app: makes the adapters and hands them to the actions as ports. */
import type { AppPorts, EventCache } from '@/actions/ports'
import type { MarketConfig } from '@/domain/marketConfig'
import { lazily } from '@/domain/once'
import { fail } from '@/domain/result'
import type { Signer } from '@/protocol/signer'
import { createRelayPool } from '@/relays/pool'
import { createWorkerVerifier } from '@/relays/verifier'
import type { BunkerWiring } from './bunkers'

/** The cache is opened when it is first used, after the page has been drawn. */
function lazyCache(): EventCache {
  const open = lazily(async () => (await import('@/storage/eventCache')).createEventCache())
  return {
    putAll: async (events) => (await open()).putAll(events),
    readAll: async (kinds) => (await open()).readAll(kinds),
  }
}

/** Opened beside the cache. */
function lazyMarks(): AppPorts['marks'] {
  const open = lazily(async () => (await import('@/storage/highWaterMarks')).createHighWaterMarks())
  return {
    read: async () => (await open()).read(),
    raise: async (marks) => (await open()).raise(marks),
  }
}

function lazyRates(url: string): NonNullable<AppPorts['rates']> {
  const open = lazily(async () =>
    (await import('@/payments/rates')).createLnbitsRateSource({ url }),
  )
  return { rateOf: async (currency) => (await open()).rateOf(currency) }
}

/** Makes the ports of an installation. Sockets open at once; everything heavy waits until used. */
export function createPorts(config: MarketConfig): AppPorts {
  const verifier = createWorkerVerifier()
  let signer: Signer | null = null
  const pool = createRelayPool({
    urls: config.relays,
    verifier,
    authenticate: async (template) => {
      if (signer) return signer.sign(template)
      return fail({ code: 'unavailable', message: 'Sign in first: the relay asks who you are.' })
    },
  })

  async function openOutbox(): ReturnType<AppPorts['outbox']> {
    const [{ createOutbox }, { createOutboxDocuments }] = await Promise.all([
      import('@/relays/outbox'),
      import('@/storage/outboxDocuments'),
    ])
    return createOutbox({ pool, storage: createOutboxDocuments() })
  }

  /** A bunker is asked over relays of its own, with the key of its connection. */
  const bunkerWiring: BunkerWiring = {
    openPool: (urls, authenticate) => createRelayPool({ urls, verifier, authenticate }),
    relays: config.relays,
    appName: config.marketName,
  }

  return {
    config,
    pool,
    outbox: lazily(openOutbox),
    cache: lazyCache(),
    marks: lazyMarks(),
    keys: lazily(async () => (await import('./keyRing')).createKeyRing(bunkerWiring)),
    rates: config.rateUrl === null ? null : lazyRates(config.rateUrl),
    now: () => Math.floor(Date.now() / 1000),
    decodeInvoice: async () => (await import('@/payments/bolt11')).decodeInvoice,
    mineProof: async () => (await import('@/relays/miner')).mine,
    connectLnbits: async (connection) =>
      (await import('@/payments/lnbits')).createLnbitsIssuer(connection),
    connectNwc: async (uri) =>
      (await import('./nwcPayer')).connectNwcPayer(uri, (urls) =>
        createRelayPool({ urls, verifier }),
      ),
    invoiceQr: async (bolt11) => (await import('@/payments/qr')).invoiceQr(bolt11),
    useSigner: (next) => void (signer = next),
  }
}
