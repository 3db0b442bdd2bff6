/** Finds out which merchants a market shows, from its naddr (NIP-15 kind 30019, NIP-19). */
import { fail, type Result } from '@/domain/result'
import { KIND, newerFirst, type VerifiedEvent } from '@/protocol/event'
import { decodeMarket, type Market } from '@/protocol/market'
import type { RelayPool } from '@/protocol/relay'

/** Where a market is described. */
export interface MarketAddress {
  readonly pubkey: string
  readonly identifier: string
}

/** Asks the relays for the newest description of a market; says so when none has it in time. */
export function loadMarket(
  pool: RelayPool,
  { pubkey, identifier }: MarketAddress,
  timeoutMs = 8000,
): Promise<Result<Market>> {
  return new Promise((resolve) => {
    const found: VerifiedEvent[] = []
    const answered = new Set<string>()
    const finish = (): void => {
      clearTimeout(timer)
      subscription.close()
      const newest = found.sort(newerFirst)[0]
      resolve(newest ? decodeMarket(newest) : fail('No relay has the description of this market.'))
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
