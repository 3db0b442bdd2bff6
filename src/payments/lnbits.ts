/** Makes and watches a merchant's invoices at an LNbits server, with its invoice key only. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { isHex64 } from '@/domain/ids'
import { toMsat } from '@/domain/money'
import { fail, ok, type Result } from '@/domain/result'
import type {
  InvoiceIssuer,
  InvoiceRequest,
  InvoiceStatus,
  IssuedInvoice,
  WalletProblem,
} from '@/domain/wallet'
import { decodeInvoice } from './bolt11'
import { badAnswer } from './lnbitsErrors'
import { askLnbits, baseUrl, joinUrl, type LnbitsAccess } from './lnbitsHttp'
import { findOpenInvoices } from './lnbitsPayments'
import { watchLnbitsInvoice, type PushSocket, type PushSocketConstructor } from './lnbitsWatch'

export interface LnbitsIssuerOptions extends LnbitsAccess {
  readonly invoiceKey: string
  /** Default: the browser's. Where there is none, invoices are polled only. */
  readonly WebSocket?: PushSocketConstructor
  /** Milliseconds between the first polls of a watched invoice. Default 5,000. */
  readonly pollMs?: number
}

const DEFAULT_POLL_MS = 5_000
/** What a BOLT11 description holds; LNbits itself allows 640 characters. */
const MAX_MEMO_BYTES = 639

const maybeText = v.optional(v.nullable(v.string()))
const WalletAnswer = v.object({ name: v.string(), id: maybeText })
/** Up to 0.12 `payment_request`, from 1.0 `bolt11`, from 1.3.1 both. */
const CreatedAnswer = v.object({
  payment_hash: v.string(),
  bolt11: maybeText,
  payment_request: maybeText,
})
const LookupAnswer = v.object({
  paid: v.boolean(),
  preimage: maybeText,
  status: maybeText,
  details: v.optional(v.nullable(v.object({ status: maybeText }))),
})

/** Cuts a text to a number of UTF-8 bytes without splitting a character. */
function cutToBytes(text: string, limit: number): string {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= limit) return text
  const cut = new TextDecoder().decode(bytes.subarray(0, limit))
  return cut.replace(/\uFFFD+$/, '')
}

const creationBody = (request: InvoiceRequest) => ({
  out: false,
  amount: request.amount,
  unit: 'sat',
  memo: cutToBytes(request.memo, MAX_MEMO_BYTES),
  expiry: request.expirySeconds,
  extra: {
    tag: 'nostrmarket',
    order_id: request.order.orderId,
    merchant_pubkey: request.order.merchant,
    customer_pubkey: request.order.customer,
  },
})

/** Compares the answered invoice with what was asked for. */
function checkIssued(
  answer: v.InferOutput<typeof CreatedAnswer>,
  request: InvoiceRequest,
): Result<IssuedInvoice> {
  const text = answer.bolt11 ?? answer.payment_request
  if (!text) return fail('an invoice is missing')
  const invoice = decodeInvoice(text)
  if (!invoice.ok) return fail(`its invoice is not valid: ${invoice.reason}`)
  if (invoice.value.amountMsat !== toMsat(request.amount)) {
    return fail('its invoice is for another amount')
  }
  if (invoice.value.paymentHash !== answer.payment_hash) {
    return fail('its invoice has another payment hash')
  }
  return ok({ invoice: invoice.value })
}

/** The preimage, if it is one of this payment hash: some funding sources send fillers. */
const fittingPreimage = (preimage: string | null | undefined, paymentHash: string) =>
  isHex64(preimage) && bytesToHex(sha256(hexToBytes(preimage))) === paymentHash ? preimage : null

function statusOf(answer: v.InferOutput<typeof LookupAnswer>, paymentHash: string): InvoiceStatus {
  const { paid } = answer
  const failed = !paid && [answer.status, answer.details?.status].includes('failed')
  // LNbits may show the preimage of an invoice that nobody has paid yet: it stays here till then.
  return { paid, failed, preimage: paid ? fittingPreimage(answer.preimage, paymentHash) : null }
}

const isAdminKey: WalletProblem = {
  code: 'needs-other-key',
  message:
    "This is the wallet's admin key, which can spend its money. Souk only needs the invoice/read key: copy that one instead.",
  retryable: false,
}

/**
 * An issuer on the LNbits HTTP API, versions 0.10 to 1.4, with the wallet's invoice key. An amount
 * is whole satoshi. An answered invoice is validated and must match amount and payment hash. Every
 * failure is a `WalletProblem` in words; nothing rejects.
 */
export function createLnbitsIssuer(options: LnbitsIssuerOptions): InvoiceIssuer {
  const host = baseUrl(options.url)?.host ?? options.url

  async function lookup(paymentHash: string, signal?: AbortSignal) {
    const path = `/api/v1/payments/${encodeURIComponent(paymentHash)}`
    const request = { method: 'GET', path, answer: LookupAnswer, signal } as const
    const answer = await askLnbits(options, request)
    return answer.ok ? ok(statusOf(answer.value, paymentHash)) : answer
  }

  function socketOpener(paymentHash: string): (() => PushSocket) | null {
    const Socket = options.WebSocket ?? globalThis.WebSocket
    const base = baseUrl(options.url)
    if (!base || typeof Socket !== 'function') return null
    const address = joinUrl(base, `/api/v1/ws/${encodeURIComponent(paymentHash)}`)
    return () => new Socket(address.replace(/^http/, 'ws'))
  }

  return {
    async describe() {
      const request = { method: 'GET', path: '/api/v1/wallet', answer: WalletAnswer } as const
      const answer = await askLnbits(options, request)
      if (!answer.ok) return answer
      // LNbits tells the wallet's id only to its admin key.
      return answer.value.id ? fail(isAdminKey) : ok({ name: answer.value.name })
    },
    async createInvoice(request) {
      const body = creationBody(request)
      const sent = {
        method: 'POST',
        path: '/api/v1/payments',
        body,
        answer: CreatedAnswer,
      } as const
      const answer = await askLnbits(options, sent)
      if (!answer.ok) return answer
      const issued = checkIssued(answer.value, request)
      return issued.ok ? issued : fail(badAnswer(host, issued.reason))
    },
    findInvoices: (order) => findOpenInvoices(options, order),
    lookupInvoice: (paymentHash) => lookup(paymentHash),
    watchInvoice(paymentHash, handlers, signal) {
      watchLnbitsInvoice({
        ...handlers,
        signal,
        lookup: (aborted) => lookup(paymentHash, aborted),
        openSocket: socketOpener(paymentHash),
        pollMs: options.pollMs ?? DEFAULT_POLL_MS,
      })
    },
  }
}
