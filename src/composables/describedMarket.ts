/** A market that its owner describes on the relays: its name, whom it shows, and what is wrong with it. */
import { loadMarket } from '@/actions/loadMarket'
import type { AppPorts } from '@/actions/ports'
import type { Pubkey } from '@/domain/ids'
import type { MarketConfig } from '@/domain/marketConfig'
import type { useCatalogueStore } from '@/stores/catalogue'

/** A market whose description is nowhere is looked for again this often. */
const RETRY_MS = 20_000

/**
 * Calls `follow` with the merchants to show, and again when a newer description names others. Returns
 * the way to stop looking.
 */
export function openDescribedMarket(
  ports: AppPorts,
  address: NonNullable<MarketConfig['market']>,
  catalogue: ReturnType<typeof useCatalogueStore>,
  follow: (merchants: readonly Pubkey[]) => void,
): () => void {
  const { config } = ports
  let retry: ReturnType<typeof setTimeout> | undefined
  let followed = ''
  let stopped = false

  function followOthers(merchants: readonly Pubkey[]): void {
    const names = JSON.stringify(merchants)
    if (names === followed) return
    followed = names
    follow(merchants)
  }

  const look = (): Promise<void> =>
    loadMarket(ports, address, (market) => {
      if (stopped) return
      catalogue.marketProblem = market.ok ? '' : market.reason
      if (market.ok) {
        catalogue.marketName = market.value.name || config.marketName
        followOthers(market.value.merchants)
      } else if (config.merchants) followOthers(config.merchants)
      else retry = setTimeout(() => void look(), RETRY_MS)
    })

  void look()
  return () => {
    stopped = true
    clearTimeout(retry)
  }
}
