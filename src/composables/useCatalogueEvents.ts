/** Keeps the catalogue store filled. Runs once, in App.vue. */
import { onScopeDispose } from 'vue'
import { followCatalogue } from '@/actions/followCatalogue'
import { loadMarket } from '@/actions/loadMarket'
import type { Pubkey } from '@/domain/ids'
import { useCatalogueStore } from '@/stores/catalogue'
import { usePorts } from './usePorts'

export function useCatalogueEvents(): void {
  const { pool, cache, config } = usePorts()
  const catalogue = useCatalogueStore()
  let subscription: { close(): void } | null = null
  let disposed = false

  function follow(merchants: readonly Pubkey[] | null): void {
    if (disposed) return
    subscription = followCatalogue({ pool, cache }, merchants, {
      onFacts: catalogue.apply,
      onRefused: (_id, reason) => catalogue.refuse(reason),
      onStored(relay) {
        catalogue.storedBy.add(relay)
        catalogue.failedBy.delete(relay)
      },
      onClosed: (relay, reason) => void catalogue.failedBy.set(relay, reason),
    })
  }

  async function start(): Promise<void> {
    catalogue.marketName = config.marketName
    if (!config.market) return follow(config.merchants)
    const market = await loadMarket(pool, config.market)
    if (market.ok) {
      catalogue.marketName = market.value.name || config.marketName
      return follow(market.value.merchants)
    }
    catalogue.marketProblem = market.reason
    if (config.merchants) follow(config.merchants)
  }

  void start()
  onScopeDispose(() => {
    disposed = true
    subscription?.close()
  })
}
