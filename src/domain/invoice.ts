/** A Lightning invoice as the domain sees it, and the judgement that comes before its QR code. */
import type { Msat, Sat } from './money'

/** The chain a BOLT11 invoice is for, by its prefix: bc, tb, tbs, bcrt. */
export type Network = 'bitcoin' | 'testnet' | 'signet' | 'regtest'

/** A BOLT11 invoice whose checksum, signature and features have been verified. */
export interface DecodedInvoice {
  /** The invoice, lowercase, without a `lightning:` prefix. */
  readonly bolt11: string
  readonly network: Network
  /** Null for an invoice that leaves the amount to its payer. */
  readonly amountMsat: Msat | null
  /** 32 bytes in hex. */
  readonly paymentHash: string
  /** The node's compressed public key in hex: given and checked, or recovered from the signature. */
  readonly payee: string
  readonly description: string | null
  /** Unix seconds. */
  readonly createdAt: number
  /** Unix seconds; BOLT11's default of one hour where the invoice says nothing. */
  readonly expiresAt: number
}

/** Why a text is not a valid invoice. */
export type InvoiceProblem =
  | 'not-an-invoice'
  | 'bad-checksum'
  | 'bad-signature'
  | 'bad-amount'
  | 'unknown-network'
  | 'unsupported-feature'
  | 'missing-field'

/** What an order should cost: exact for a sat stall, within a tolerance for fiat. */
export type ExpectedTotal =
  | { readonly kind: 'exact'; readonly sat: Sat }
  | { readonly kind: 'estimate'; readonly sat: Sat; readonly toleranceSat: Sat }
  | { readonly kind: 'unknown'; readonly why: string }

export type InvoiceCheckName = 'invoice' | 'network' | 'amount' | 'expiry'

export interface InvoiceCheck {
  readonly name: InvoiceCheckName
  readonly passed: boolean
  /** One plain sentence for the person. */
  readonly text: string
}

/**
 * `payable`: show the QR code. `needs-consent`: only the amount differs or could not be checked;
 * show both figures and ask. `refused`: never payable.
 */
export interface InvoiceJudgement {
  readonly verdict: 'payable' | 'needs-consent' | 'refused'
  readonly checks: readonly InvoiceCheck[]
}
