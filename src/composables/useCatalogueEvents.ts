/** Keeps the catalogue store filled. Runs once, in App.vue. */
import { onScopeDispose } from 'vue'
import { followCatalogue } from '@/actions/followCatalogue'
import type { Pubkey } from '@/domain/ids'
import { useCatalogueStore } from '@/stores/catalogue'
import { usePorts } from './usePorts'

/** A market whose description is nowhere is looked for again this often. */
const RETRY_MS = 20_000

export function useCatalogueEvents(): void {
  const { pool, cache, marks, now, config } = usePorts()
  const catalogue = useCatalogueStore()
  let subscription: { close(): void } | null = null
  let disposed = false
  let retry: ReturnType<typeof setTimeout> | undefined

  function follow(merchants: readonly Pubkey[] | null): void {
    if (disposed) return
    subscription = followCatalogue({ pool, cache, marks, now }, merchants, {
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
    const { loadMarket } = await import('@/actions/loadMarket')
    const market = await loadMarket({ pool, cache, marks, now }, config.market)
    if (market.ok) {
      catalogue.marketName = market.value.name || config.marketName
      catalogue.marketProblem = ''
      return follow(market.value.merchants)
    }
    catalogue.marketProblem = market.reason
    if (config.merchants) return follow(config.merchants)
    if (!disposed) retry = setTimeout(() => void start(), RETRY_MS)
  }

  void start()
  onScopeDispose(() => {
    disposed = true
    clearTimeout(retry)
    subscription?.close()
  })
}
