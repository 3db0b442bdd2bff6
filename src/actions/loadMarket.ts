/** Finds out which merchants a market shows, from its naddr (NIP-15 kind 30019, NIP-19). */
import { supersedes, type Version } from '@/domain/catalogue'
import { isAhead } from '@/domain/dates'
import { seenMark, type HighWaterMarks } from '@/domain/highWater'
import { addressOf } from '@/domain/ids'
import { fail, type Result } from '@/domain/result'
import { KIND, tagValue, type VerifiedEvent } from '@/protocol/event'
import { decodeMarket, type Market } from '@/protocol/market'
import type { RelayPool } from '@/protocol/relay'
import type { Clock, EventCache } from './ports'

/** Where a market is described. */
export interface MarketAddress {
  readonly pubkey: string
  readonly identifier: string
}

interface MarketPorts {
  readonly pool: RelayPool
  readonly cache?: EventCache
  readonly marks?: HighWaterMarks
  readonly now?: Clock
}

const versionOf = ({ id, created_at }: VerifiedEvent): Version => ({
  eventId: id,
  publishedAt: created_at,
})

/** The newest of what was found, unless something newer was seen on an earlier visit. */
async function choose(
  found: readonly VerifiedEvent[],
  { pubkey, identifier }: MarketAddress,
  ports: MarketPorts,
): Promise<Result<Market>> {
  const now = ports.now?.() ?? Infinity
  const best = found.reduce<VerifiedEvent | null>(
    (a, b) => (a && !supersedes(versionOf(b), versionOf(a), now) ? a : b),
    null,
  )
  if (!best) return fail('No relay has the description of this market.')
  const mark = seenMark(addressOf(KIND.market, best.pubkey, identifier), versionOf(best))
  const seen = (await ports.marks?.read())?.find(({ name }) => name === mark.name)
  const isOlder = seen?.type === 'seen' && supersedes(seen.version, versionOf(best), now)
  if (isOlder && seen.version.eventId !== best.id) {
    return fail('The relays have only an older description of this market than was seen before.')
  }
  if (best.pubkey === pubkey && !isAhead(best.created_at, now)) await ports.marks?.raise([mark])
  return decodeMarket(best)
}

/** Descriptions that are kept on this device: a relay that hides the newest does not bring back another. */
async function cached(
  { pubkey, identifier }: MarketAddress,
  cache: EventCache | undefined,
): Promise<readonly VerifiedEvent[]> {
  const kept = (await cache?.readAll([KIND.market]).catch(() => [])) ?? []
  return kept.filter((e) => e.pubkey === pubkey && tagValue(e, 'd') === identifier)
}

/** Asks the relays for the newest description of a market; says so when none has it in time. */
export async function loadMarket(
  ports: MarketPorts,
  address: MarketAddress,
  timeoutMs = 8000,
): Promise<Result<Market>> {
  const [kept, fresh] = await Promise.all([
    cached(address, ports.cache),
    askRelays(ports.pool, address, timeoutMs),
  ])
  await ports.cache?.putAll(fresh).catch(() => undefined)
  return choose([...kept, ...fresh], address, ports)
}

function askRelays(
  pool: RelayPool,
  { pubkey, identifier }: MarketAddress,
  timeoutMs: number,
): Promise<readonly VerifiedEvent[]> {
  return new Promise((resolve) => {
    const found: VerifiedEvent[] = []
    const answered = new Set<string>()
    const finish = (): void => {
      clearTimeout(timer)
      subscription.close()
      resolve(found)
    }
    const timer = setTimeout(finish, timeoutMs)
    const subscription = pool.subscribe(
      [{ kinds: [KIND.market], authors: [pubkey], '#d': [identifier] }],
      {
        onEvent: (event) => found.push(event),
        onStored(relay) {
          answered.add(relay)
          if (answered.size === pool.urls.length) queueMicrotask(finish)
        },
      },
      { storedOnly: true },
    )
  })
}
