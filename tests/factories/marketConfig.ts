/** What a market is configured to, for tests. */
import type { MarketConfig } from '@/domain/marketConfig'

export const marketConfig = (fields: Partial<MarketConfig> = {}): MarketConfig => ({
  relays: [],
  marketName: 'Test market',
  market: null,
  merchants: null,
  network: 'regtest',
  rateUrl: null,
  embeddedMarket: null,
  ...fields,
})
