/** How LNbits 1.4 writes payments as JSON. */
import type { LedgerPayment, LedgerWallet } from './ledger'
import { rateOf } from './rates'

/** ISO time with microseconds and an offset, as Python writes it. */
const pythonTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '000+00:00')
const seconds = (ms: number): string => new Date(ms).toISOString().slice(0, 19)

/** What LNbits adds for a wallet that counts in dollars. */
function fiatExtra(amountMsat: number) {
  const { rate, price } = rateOf('USD') ?? { rate: 1, price: 1 }
  return {
    wallet_fiat_currency: 'USD',
    wallet_fiat_amount: Math.round((amountMsat / 1000 / rate) * 1000) / 1000,
    wallet_fiat_rate: rate,
    wallet_btc_rate: price,
  }
}

/**
 * A payment in full. The preimage shows while unpaid, as with LNbits' own test wallet. The answer
 * to a new invoice writes the expiry without an offset.
 */
export function paymentJson(payment: LedgerPayment, isNew = false): Record<string, unknown> {
  const sent = payment.amountMsat < 0
  return {
    checking_id: sent ? `internal_${payment.hash}` : payment.hash,
    payment_hash: payment.hash,
    wallet_id: payment.walletId,
    amount: payment.amountMsat,
    fee: 0,
    bolt11: payment.bolt11,
    payment_request: payment.bolt11,
    fiat_provider: null,
    status: payment.state,
    memo: payment.memo,
    expiry: `${seconds(payment.expiresAt)}${isNew ? '' : '+00:00'}`,
    webhook: null,
    webhook_status: null,
    preimage: payment.preimage,
    tag: typeof payment.extra.tag === 'string' ? payment.extra.tag : null,
    extension: null,
    time: pythonTime(payment.createdAt),
    created_at: pythonTime(payment.createdAt),
    updated_at: pythonTime(payment.updatedAt),
    labels: [],
    extra: { ...payment.extra, ...fiatExtra(payment.amountMsat) },
  }
}

/** The answer to a look-up; `details` only for a key of the payment's wallet. */
export function lookupJson(payment: LedgerPayment, own: boolean): Record<string, unknown> {
  const details = own ? { details: paymentJson(payment) } : {}
  const { preimage, state } = payment
  if (state === 'success') return { paid: true, preimage, ...details }
  if (state === 'failed') return { paid: false, status: state, ...details }
  return { paid: false, ...(own ? { status: state } : {}), preimage, ...details }
}

/** What the websocket of a payment hash pushes. */
export const hashPush = (payment: LedgerPayment) => ({ pending: false, status: payment.state })

/** What the websocket of a key pushes. The balance is in satoshi. */
export const walletPush = (wallet: LedgerWallet, payment: LedgerPayment) => ({
  wallet_balance: Math.floor(wallet.balanceMsat / 1000),
  payment: paymentJson(payment),
})
