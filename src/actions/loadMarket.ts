/** Finds out which merchants a market shows, from its naddr (NIP-15 kind 30019, NIP-19). */
import { supersedes, type Version } from '@/domain/catalogue'
import { isAhead } from '@/domain/dates'
import { seenMark, type HighWaterMarks } from '@/domain/highWater'
import { addressOf, type EventId } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { askRelays } from '@/protocol/askRelays'
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
): Promise<Result<VerifiedEvent>> {
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
  return ok(best)
}

/** Descriptions that are kept on this device: a relay that hides the newest does not bring back another. */
async function cached(
  { pubkey, identifier }: MarketAddress,
  cache: EventCache | undefined,
): Promise<readonly VerifiedEvent[]> {
  const kept = (await cache?.readAll([KIND.market]).catch(() => [])) ?? []
  return kept.filter((e) => e.pubkey === pubkey && tagValue(e, 'd') === identifier)
}

/**
 * Looks for the newest description of a market on this device and on the relays. Calls back with what
 * is kept or with the first that a relay gives, and again when another one has something newer; or
 * once, with why there is none.
 */
export async function loadMarket(
  ports: MarketPorts,
  address: MarketAddress,
  onMarket: (market: Result<Market>) => void,
): Promise<void> {
  const { pubkey, identifier } = address
  const kept = cached(address, ports.cache)
  let told: EventId | null = null

  async function tell(fresh: readonly VerifiedEvent[], isAll: boolean): Promise<void> {
    const best = await choose([...(await kept), ...fresh], address, ports)
    const market = best.ok ? decodeMarket(best.value) : best
    if (best.ok && market.ok) {
      if (best.value.id !== told) onMarket(market)
      told = best.value.id
    } else if (isAll && told === null) onMarket(market)
  }

  let turn = tell([], false)
  const filter = { kinds: [KIND.market], authors: [pubkey], '#d': [identifier] }
  const { events } = await askRelays(ports.pool, [filter], {
    onAnswer: (soFar) => (turn = turn.then(() => tell(soFar.events, false))),
  })
  await turn
  await ports.cache?.putAll(events).catch(() => undefined)
  await tell(events, true)
}
