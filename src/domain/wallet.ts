/** What the app asks of a wallet. Adapters live in payments/; an answer is always a Result. */
import type { OrderRef } from './ids'
import type { DecodedInvoice } from './invoice'
import type { Sat } from './money'
import type { Result } from './result'

/** Why a wallet call failed. `message` is a full sentence that says what happened and what to do. */
export interface WalletProblem {
  readonly code:
    | 'unreachable'
    | 'timed-out'
    | 'wrong-key'
    | 'needs-other-key'
    | 'not-found'
    | 'refused'
    | 'insufficient-balance'
    | 'rate-limited'
    | 'server-error'
    | 'bad-answer'
  readonly message: string
  /** True when trying the same call again later can succeed. */
  readonly retryable: boolean
}

export interface InvoiceRequest {
  readonly amount: Sat
  readonly memo: string
  readonly expirySeconds: number
  readonly order: OrderRef
}

/** A freshly made invoice, already validated. */
export interface IssuedInvoice {
  readonly invoice: DecodedInvoice
}

/** The issuing wallet's word on an invoice. A preimage alone proves nothing here: only `paid` does. */
export interface InvoiceStatus {
  readonly paid: boolean
  /** True once the wallet says that this invoice can no longer be paid. */
  readonly failed: boolean
  readonly preimage: string | null
}

/** Makes invoices for a merchant and says when they are paid (LNbits, later NWC). */
export interface InvoiceIssuer {
  /** A short name for the person, such as the wallet's own name. Proves that the key works. */
  describe(): Promise<Result<{ readonly name: string }, WalletProblem>>
  createInvoice(request: InvoiceRequest): Promise<Result<IssuedInvoice, WalletProblem>>
  /** The invoices that this wallet made for an order and that nobody has paid, newest first. */
  findInvoices(order: OrderRef): Promise<Result<readonly DecodedInvoice[], WalletProblem>>
  lookupInvoice(paymentHash: string): Promise<Result<InvoiceStatus, WalletProblem>>
  /**
   * Calls back when the invoice is paid or has failed, exactly once, by push where there is one and
   * by polling otherwise. `onProblem` reports trouble on the way; watching goes on. Stops on abort.
   */
  watchInvoice(
    paymentHash: string,
    handlers: {
      readonly onSettled: (status: InvoiceStatus) => void
      readonly onProblem?: (problem: WalletProblem) => void
    },
    signal: AbortSignal,
  ): void
}

/** Pays invoices for a customer (NWC, later WebLN). */
export interface Payer {
  /** Resolves with the preimage, whose SHA-256 has been compared with the invoice's payment hash. */
  payInvoice(invoice: DecodedInvoice): Promise<Result<{ readonly preimage: string }, WalletProblem>>
}

/** Satoshi per unit of a currency. */
export interface ExchangeRate {
  readonly currency: string
  readonly satPerUnit: number
  /** Unix seconds when it was fetched. */
  readonly at: number
}

export interface RateSource {
  rateOf(currency: string): Promise<Result<ExchangeRate, WalletProblem>>
}
