/** The title of the window: what this page is, then the market. */
import { watchEffect } from 'vue'
import { useCatalogueStore } from '@/stores/catalogue'

export function usePageTitle(title: () => string): void {
  const catalogue = useCatalogueStore()
  watchEffect(() => {
    const market = catalogue.marketName || 'Souk'
    document.title = title() ? `${title()} · ${market}` : market
  })
}
