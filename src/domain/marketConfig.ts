/** What one installation of the app shows: its relays, its merchants, its network. */
import type { Pubkey } from './ids'
import type { Network } from './invoice'

/** A merchant of the embedded market that a visitor can sign in as. */
export interface DemoMerchant {
  readonly name: string
  /** Hex. Known to everyone who can reach this machine: worth nothing elsewhere. */
  readonly secretKey: string
  readonly lnbitsUrl: string
  readonly invoiceKey: string
}

/** Set only where the app runs on the market that `npm start` makes on this machine. */
export interface EmbeddedMarket {
  /** Connection of the demo wallet that pays for customers (NIP-47). */
  readonly nwc: string
  readonly merchants: readonly DemoMerchant[]
}

export interface MarketConfig {
  readonly relays: readonly string[]
  readonly marketName: string
  /** Where the market is described (kind 30019), if it is. */
  readonly market: { readonly pubkey: Pubkey; readonly identifier: string } | null
  /** The merchants to show; null for everyone on the relays, unless `market` says. */
  readonly merchants: readonly Pubkey[] | null
  readonly network: Network
  /** Base URL of an LNbits that answers exchange rates; null for none. */
  readonly rateUrl: string | null
  readonly embeddedMarket: EmbeddedMarket | null
}
