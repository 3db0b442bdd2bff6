/** Reads the configuration: build-time environment first, then /config.json over it. */
import * as v from 'valibot'
import { isHex64, type Pubkey } from '@/domain/ids'
import type { MarketConfig } from '@/domain/marketConfig'
import { fail, ok, type Result } from '@/domain/result'

const text = v.string('must be a text')
const url = (protocols: RegExp, what: string) =>
  v.pipe(
    v.string(`must be ${what}`),
    v.check((given) => protocols.test(given) && URL.canParse(given), `must be ${what}`),
  )
const relayUrl = url(/^wss?:\/\//, 'a relay address such as wss://relay.example')
const webUrl = url(/^https?:\/\//, 'a web address such as https://lnbits.example')
const key = (what: string) =>
  v.pipe(
    v.string(`must be ${what}`),
    v.check((given) => isHex64(given), `must be ${what}`),
  )
const pubkey = v.pipe(
  key('a public key of 64 hex characters'),
  v.transform((hex) => hex as Pubkey),
)
const MISSING = 'is missing, or not of the right kind'
const NETWORKS = ['bitcoin', 'testnet', 'signet', 'regtest'] as const

const demoMerchant = v.object(
  { name: text, secretKey: key('64 hex characters'), lnbitsUrl: webUrl, invoiceKey: text },
  MISSING,
)
const embeddedMarket = v.object(
  { nwc: text, merchants: v.array(demoMerchant, 'must be a list of merchants') },
  MISSING,
)

const schema = v.object({
  relays: v.optional(v.array(relayUrl, 'must be a list of relay addresses'), []),
  marketName: v.optional(text, 'Souk'),
  marketNaddr: v.optional(v.nullable(text), null),
  merchants: v.optional(
    v.nullable(
      v.pipe(
        v.array(pubkey, 'must be a list of public keys, or null'),
        v.minLength(1, 'must name at least one merchant, or be null to show everyone'),
      ),
    ),
    null,
  ),
  network: v.optional(v.picklist(NETWORKS, `must be one of ${NETWORKS.join(', ')}`), 'bitcoin'),
  rateUrl: v.optional(v.nullable(webUrl), null),
  nostrclientUrl: v.optional(v.nullable(relayUrl), null),
  embeddedMarket: v.optional(v.nullable(embeddedMarket), null),
})

const list = (setting: string | undefined): string[] | undefined =>
  setting
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** Settings of the build, without those that were left empty. */
function fromEnvironment(): Record<string, unknown> {
  const env = import.meta.env
  const settings = {
    relays: list(env.VITE_MARKET_RELAYS),
    marketName: env.VITE_MARKET_NAME,
    marketNaddr: env.VITE_MARKET_NADDR,
    merchants: env.VITE_MARKET_MERCHANTS ? list(env.VITE_MARKET_MERCHANTS) : undefined,
    network: env.VITE_NETWORK,
    rateUrl: env.VITE_RATE_URL,
    nostrclientUrl: env.VITE_NOSTRCLIENT_URL,
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value))
}

async function fromConfigFile(): Promise<Result<Record<string, unknown>>> {
  let response: Response
  try {
    response = await fetch('/config.json', { cache: 'no-cache' })
  } catch {
    return fail('/config.json could not be loaded. Check the connection and reload the page.')
  }
  // A server without the file may answer 404, or with the page itself.
  const isPage = response.headers.get('content-type')?.includes('html') ?? false
  if (response.status === 404 || (response.ok && isPage)) return ok({})
  if (!response.ok) return fail(`/config.json could not be loaded: status ${response.status}.`)
  try {
    const value: unknown = await response.json()
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? ok(value as Record<string, unknown>)
      : fail('/config.json must hold a JSON object.')
  } catch {
    return fail('/config.json is not valid JSON.')
  }
}

async function readNaddr(naddr: string): Promise<Result<NonNullable<MarketConfig['market']>>> {
  const { decode } = await import('nostr-tools/nip19')
  try {
    const decoded = decode(naddr.replace(/^nostr:/, ''))
    if (decoded.type !== 'naddr' || decoded.data.kind !== 30019) throw new Error('not a market')
    const { identifier } = decoded.data
    return ok({ pubkey: decoded.data.pubkey as Pubkey, identifier })
  } catch {
    return fail('marketNaddr must be the naddr of a market (kind 30019).')
  }
}

/** Checks settings of both sources together. The reason of a refusal names the setting. */
export async function parseConfig(
  settings: Record<string, unknown>,
): Promise<Result<MarketConfig>> {
  const parsed = v.safeParse(schema, settings)
  if (!parsed.success) {
    const issue = parsed.issues[0]
    return fail(`${v.getDotPath(issue) ?? 'The configuration'} ${issue.message}.`)
  }
  const { marketNaddr, nostrclientUrl, ...config } = parsed.output
  const relays = [...config.relays, ...(nostrclientUrl === null ? [] : [nostrclientUrl])]
  if (relays.length === 0) return fail('relays must name at least one relay.')
  const market = marketNaddr === null ? null : await readNaddr(marketNaddr)
  if (market && !market.ok) return market
  return ok({ ...config, relays, market: market?.value ?? null })
}

/** The configuration of this installation. The reason of a failure is meant for the person. */
export async function loadConfig(): Promise<Result<MarketConfig>> {
  const file = await fromConfigFile()
  return file.ok ? parseConfig({ ...fromEnvironment(), ...file.value }) : file
}
