/** Keeps the catalogue store filled. Runs once, in App.vue. */
import { onScopeDispose } from 'vue'
import { followCatalogue } from '@/actions/followCatalogue'
import type { Pubkey } from '@/domain/ids'
import { useCatalogueStore } from '@/stores/catalogue'
import { usePorts } from './usePorts'

export function useCatalogueEvents(): void {
  const ports = usePorts()
  const { config } = ports
  const catalogue = useCatalogueStore()
  let subscription: { close(): void } | null = null
  let stopMarket: (() => void) | undefined
  let disposed = false

  function follow(merchants: readonly Pubkey[] | null): void {
    subscription?.close()
    if (subscription) catalogue.clear()
    subscription = followCatalogue(ports, merchants, {
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
    const { openDescribedMarket } = await import('./describedMarket')
    if (!disposed) stopMarket = openDescribedMarket(ports, config.market, catalogue, follow)
  }

  void start()
  onScopeDispose(() => {
    disposed = true
    stopMarket?.()
    subscription?.close()
  })
}
