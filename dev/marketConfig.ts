/** What `/config.json` says where the app runs on the embedded market. */
import type { EmbeddedMarket } from '@/domain/marketConfig'
import type { DemoMerchant } from './catalogue/types'
import type { DevWallet } from './wallet/wallet'

/** The part of the app's configuration that the embedded market sets. */
export interface MarketConfigFile {
  readonly relays: readonly string[]
  readonly marketName: string
  readonly merchants: readonly string[]
  readonly network: 'regtest'
  readonly rateUrl: string
  readonly embeddedMarket: EmbeddedMarket
}

export const isAnsweredByPerson = ({ answeredBy }: DemoMerchant): boolean => answeredBy === 'person'

/** The configuration for these merchants; only those that a person answers can be signed in as. */
export function configOf(
  relayUrl: string,
  wallet: DevWallet,
  merchants: readonly DemoMerchant[],
  marketName: string,
): MarketConfigFile {
  return {
    relays: [relayUrl],
    marketName,
    merchants: merchants.map(({ publicKey }) => publicKey),
    network: 'regtest',
    rateUrl: wallet.url,
    embeddedMarket: {
      nwc: wallet.nwcUri(wallet.customer.name),
      merchants: merchants.filter(isAnsweredByPerson).map(({ name, secretKey }) => ({
        name,
        secretKey,
        lnbitsUrl: wallet.url,
        invoiceKey: wallet.createWallet(name).inkey,
      })),
    },
  }
}
