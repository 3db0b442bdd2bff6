/** The commands of the dev wallet's NIP-47 service, each answered out of the ledger. */
import { fail, ok, type Result } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import type { Ledger, LedgerPayment, PayProblem } from './ledger'

/** A refusal with one of NIP-47's codes. */
interface NwcRefusal {
  readonly code: string
  readonly message: string
}
export type NwcResult = Result<Readonly<Record<string, unknown>>, NwcRefusal>

interface Call {
  readonly ledger: Ledger
  readonly walletId: string
  readonly params: Readonly<Record<string, unknown>>
  readonly service: { readonly alias: string; readonly pubkey: string; readonly network: string }
}

const refuse = (code: string, message: string): NwcResult => fail({ code, message })
const seconds = (ms: number): number => Math.floor(ms / 1000)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const PAY_PROBLEMS: Readonly<Record<PayProblem, readonly [string, string]>> = {
  'not-an-invoice': ['PAYMENT_FAILED', 'this is not a valid invoice'],
  'without-amount': ['PAYMENT_FAILED', 'the invoice names no amount'],
  'not-of-this-ledger': ['PAYMENT_FAILED', 'no route: the demo wallet reaches only this market'],
  'already-paid': ['PAYMENT_FAILED', 'the invoice is already paid'],
  'failed-invoice': ['PAYMENT_FAILED', 'the invoice was cancelled'],
  'insufficient-balance': ['INSUFFICIENT_BALANCE', 'the balance is too low'],
}

function payInvoice({ ledger, walletId, params }: Call): NwcResult {
  const text = textOf(params.invoice)
  const invoice = decodeInvoice(text)
  // Unlike LNbits between its own wallets, a Lightning node never pays late.
  if (invoice.ok && invoice.value.expiresAt * 1000 <= ledger.now()) {
    const earlier = ledger.find(invoice.value.paymentHash, walletId)
    if (earlier?.state !== 'success') return refuse('PAYMENT_FAILED', 'the invoice has expired')
  }
  const paid = ledger.pay(walletId, text)
  if (!paid.ok) return refuse(...PAY_PROBLEMS[paid.reason])
  return ok({ preimage: paid.value.payment.preimage, fees_paid: 0 })
}

/** A payment as NIP-47 writes it. The preimage stays out until it is paid. */
function transaction(payment: LedgerPayment): Readonly<Record<string, unknown>> {
  const settled = payment.state === 'success'
  return {
    type: payment.amountMsat < 0 ? 'outgoing' : 'incoming',
    state: payment.state === 'pending' ? 'pending' : settled ? 'settled' : 'failed',
    invoice: payment.bolt11,
    description: payment.memo,
    payment_hash: payment.hash,
    amount: Math.abs(payment.amountMsat),
    fees_paid: 0,
    created_at: seconds(payment.createdAt),
    expires_at: seconds(payment.expiresAt),
    ...(settled ? { preimage: payment.preimage, settled_at: seconds(payment.updatedAt) } : {}),
  }
}

function makeInvoice({ ledger, walletId, params }: Call): NwcResult {
  const { amount, expiry } = params
  if (!Number.isSafeInteger(amount) || Number(amount) <= 0) {
    return refuse('OTHER', 'the amount is not a whole number of millisatoshi')
  }
  const invoice = ledger.createInvoice(walletId, {
    amountMsat: Number(amount),
    memo: textOf(params.description).slice(0, 200),
    expirySeconds: Number.isSafeInteger(expiry) && Number(expiry) > 0 ? Number(expiry) : undefined,
  })
  return ok(transaction(invoice))
}

function lookupInvoice({ ledger, walletId, params }: Call): NwcResult {
  const decoded = decodeInvoice(textOf(params.invoice))
  const hash = decoded.ok ? decoded.value.paymentHash : textOf(params.payment_hash)
  const payment = ledger.find(hash, walletId)
  return payment?.walletId === walletId
    ? ok(transaction(payment))
    : refuse('NOT_FOUND', 'no such invoice')
}

const COMMANDS: Readonly<Record<string, (call: Call) => NwcResult>> = {
  pay_invoice: payInvoice,
  get_balance: ({ ledger, walletId }) => ok({ balance: ledger.wallet(walletId)?.balanceMsat ?? 0 }),
  get_info: ({ service }) => ok({ ...service, methods: METHODS }),
  make_invoice: makeInvoice,
  lookup_invoice: lookupInvoice,
}

/** The methods that the info event announces. */
export const METHODS: readonly string[] = Object.keys(COMMANDS)

/** Runs one command for one wallet. */
export function runCommand(method: string, call: Call): NwcResult {
  const command = Object.hasOwn(COMMANDS, method) ? COMMANDS[method] : undefined
  return command ? command(call) : refuse('NOT_IMPLEMENTED', `${method.slice(0, 40)} is unknown`)
}
