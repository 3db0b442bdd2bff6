/** The one ledger of the dev wallet: wallets, invoices and payments, in whole millisatoshi. */
import { createHash, randomBytes } from 'node:crypto'
import type { Network } from '@/domain/invoice'
import { fail, ok, type Result } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import { encodeInvoice } from './bolt11Encoder'

export interface LedgerWallet {
  readonly id: string
  readonly name: string
  readonly adminkey: string
  readonly inkey: string
  readonly balanceMsat: number
}

/** One side of a payment: positive for what a wallet receives, negative for what it sends. */
export interface LedgerPayment {
  readonly walletId: string
  readonly hash: string
  readonly preimage: string
  readonly bolt11: string
  readonly amountMsat: number
  readonly state: 'pending' | 'success' | 'failed'
  readonly memo: string
  readonly extra: Readonly<Record<string, unknown>>
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly expiresAt: number
}

export interface InvoiceOrder {
  readonly amountMsat: number
  readonly memo: string
  readonly expirySeconds?: number
  readonly extra?: Readonly<Record<string, unknown>>
}

/** Why nothing was paid. In every case no balance has changed. */
export type PayProblem =
  | 'not-an-invoice'
  | 'without-amount'
  | 'not-of-this-ledger'
  | 'already-paid'
  | 'failed-invoice'
  | 'insufficient-balance'

/** The payer's side of a payment. `repeated`: it had been made before, nothing has moved now. */
export interface Paid {
  readonly payment: LedgerPayment
  readonly repeated: boolean
}

export interface LedgerOptions {
  readonly network: Network
  /** Secret key of the node that signs the invoices, hex. */
  readonly nodeKey: string
  /** Unix milliseconds. */
  readonly now?: () => number
}

type Listener = (payment: LedgerPayment) => void

const DEFAULT_EXPIRY_SECONDS = 3600
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export class Ledger {
  readonly #wallets = new Map<string, LedgerWallet>()
  readonly #incoming = new Map<string, LedgerPayment>()
  readonly #outgoing = new Map<string, LedgerPayment>()
  readonly #listeners = new Set<Listener>()
  readonly #network: Network
  readonly #nodeKey: string
  readonly #now: () => number

  constructor(options: LedgerOptions) {
    this.#network = options.network
    this.#nodeKey = options.nodeKey
    this.#now = options.now ?? Date.now
  }

  /** Unix milliseconds. */
  now(): number {
    return this.#now()
  }

  addWallet(wallet: LedgerWallet): LedgerWallet {
    if (this.#wallets.has(wallet.id)) throw new Error(`A wallet ${wallet.id} exists already`)
    if (!Number.isSafeInteger(wallet.balanceMsat)) throw new RangeError('A balance is whole msat')
    this.#wallets.set(wallet.id, wallet)
    return wallet
  }

  wallet(id: string): LedgerWallet | undefined {
    return this.#wallets.get(id)
  }

  walletByKey(key: string): LedgerWallet | undefined {
    return [...this.#wallets.values()].find((w) => w.adminkey === key || w.inkey === key)
  }

  /** Makes and signs an invoice that pays into a wallet. */
  createInvoice(walletId: string, order: InvoiceOrder): LedgerPayment {
    if (!this.#wallets.has(walletId)) throw new Error(`No wallet ${walletId}`)
    const now = this.#now()
    const preimage = randomBytes(32)
    const hash = createHash('sha256').update(preimage).digest('hex')
    const expirySeconds = order.expirySeconds ?? DEFAULT_EXPIRY_SECONDS
    const createdAt = Math.floor(now / 1000)
    const bolt11 = encodeInvoice({
      network: this.#network,
      amountMsat: order.amountMsat,
      paymentHash: hash,
      description: order.memo,
      createdAt,
      expirySeconds,
      nodeKey: this.#nodeKey,
    })
    const invoice: LedgerPayment = {
      walletId,
      hash,
      preimage: hex(preimage),
      bolt11,
      amountMsat: order.amountMsat,
      state: 'pending',
      memo: order.memo,
      extra: order.extra ?? {},
      createdAt: now,
      updatedAt: now,
      expiresAt: (createdAt + expirySeconds) * 1000,
    }
    this.#incoming.set(hash, invoice)
    return invoice
  }

  /** The invoice with this payment hash, or else a payment of the given wallet. */
  find(hash: string, walletId?: string): LedgerPayment | undefined {
    const incoming = this.#incoming.get(hash)
    const outgoing = this.#outgoing.get(hash)
    if (walletId === undefined) return incoming
    return [incoming, outgoing].find((payment) => payment?.walletId === walletId) ?? incoming
  }

  /** Everything that a wallet received or sent, or was to receive; the newest first. */
  payments(walletId: string): readonly LedgerPayment[] {
    const all = [...this.#incoming.values(), ...this.#outgoing.values()]
    const own = all.filter((payment) => payment.walletId === walletId)
    return own.reverse().sort((a, b) => b.createdAt - a.createdAt)
  }

  /**
   * Settles an invoice of this ledger out of a wallet, in one step. The wallet that has paid an
   * invoice gets the same payment back when it asks again, and nothing moves twice. Expired
   * invoices are paid, as LNbits does between its own wallets.
   */
  pay(walletId: string, bolt11: string): Result<Paid, PayProblem> {
    const payer = this.#wallets.get(walletId)
    if (!payer) throw new Error(`No wallet ${walletId}`)
    const found = this.#payable(bolt11)
    if (!found.ok) return found
    const invoice = found.value
    const earlier = this.#outgoing.get(invoice.hash)
    if (earlier?.walletId === walletId) return ok({ payment: earlier, repeated: true })
    if (earlier) return fail('already-paid')
    if (invoice.state === 'failed') return fail('failed-invoice')
    if (payer.balanceMsat < invoice.amountMsat) return fail('insufficient-balance')
    return ok({ payment: this.#settle(payer.id, invoice), repeated: false })
  }

  /** Ends an unpaid invoice: it can no longer be paid. */
  failInvoice(hash: string): void {
    const invoice = this.#incoming.get(hash)
    if (invoice?.state !== 'pending') return
    const failed: LedgerPayment = { ...invoice, state: 'failed', updatedAt: this.#now() }
    this.#incoming.set(hash, failed)
    this.#emit(failed)
  }

  /** Calls back with both sides of each settled payment and each failed invoice. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #payable(bolt11: string): Result<LedgerPayment, PayProblem> {
    const decoded = decodeInvoice(bolt11)
    if (!decoded.ok) return fail('not-an-invoice')
    if (decoded.value.amountMsat === null) return fail('without-amount')
    const invoice = this.#incoming.get(decoded.value.paymentHash)
    // The hash alone proves nothing: another text could name another amount.
    return invoice?.bolt11 === decoded.value.bolt11 ? ok(invoice) : fail('not-of-this-ledger')
  }

  #settle(payerId: string, invoice: LedgerPayment): LedgerPayment {
    const now = this.#now()
    const received: LedgerPayment = { ...invoice, state: 'success', updatedAt: now }
    const sent: LedgerPayment = {
      ...received,
      walletId: payerId,
      amountMsat: -invoice.amountMsat,
      extra: {},
      createdAt: now,
    }
    this.#book(sent)
    this.#book(received)
    this.#outgoing.set(sent.hash, sent)
    this.#incoming.set(received.hash, received)
    this.#emit(sent)
    this.#emit(received)
    return sent
  }

  #book({ walletId, amountMsat }: LedgerPayment): void {
    const wallet = this.#wallets.get(walletId)
    if (!wallet) throw new Error(`No wallet ${walletId}`)
    this.#wallets.set(walletId, { ...wallet, balanceMsat: wallet.balanceMsat + amountMsat })
  }

  #emit(payment: LedgerPayment): void {
    for (const listener of this.#listeners) listener(payment)
  }
}
