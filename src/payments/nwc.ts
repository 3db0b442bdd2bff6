/** Pays invoices from a wallet connected over Nostr Wallet Connect (NIP-47). */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { finalizeEvent } from 'nostr-tools/pure'
import * as v from 'valibot'
import { isHex64 } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import { fail, ok, type Result } from '@/domain/result'
import type { Payer, WalletProblem } from '@/domain/wallet'
import { tagValue, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { parseObject, parseWith } from '@/protocol/json'
import type { PublishAnswer, RelayPool } from '@/protocol/relay'
import { nwcDecrypt, nwcEncrypt, type NwcEncryption } from './nwcCrypto'
import {
  badConnection,
  explainNwcError,
  nwcBadAnswer,
  nwcTimedOut,
  nwcUnreachable,
  withoutAmount,
} from './nwcErrors'
import { fetchWalletInfo, SILENT_WALLET, type WalletInfo } from './nwcInfo'
import { parseNwcUri, type NwcConnection } from './nwcUri'

export interface NwcPayerOptions {
  readonly uri: string
  /** A pool of the connection's own relays. It stays the caller's to close. */
  readonly pool: RelayPool
  /** Unix seconds. */
  readonly now?: () => number
  /** Milliseconds to wait for the wallet's answer to a payment. Default 60,000. */
  readonly timeoutMs?: number
  /** Milliseconds to wait for what the wallet says of itself. Default 4,000. */
  readonly infoTimeoutMs?: number
}

type PayResult = Result<{ readonly preimage: string }, WalletProblem>

const KIND_REQUEST = 23194
const KIND_RESPONSE = 23195
const Answer = v.object({
  result_type: v.literal('pay_invoice'),
  error: v.optional(
    v.nullable(v.object({ code: v.string(), message: v.optional(v.nullable(v.string()), '') })),
  ),
  result: v.optional(v.nullable(v.object({ preimage: v.string() }))),
})

function signRequest(
  connection: NwcConnection,
  encryption: NwcEncryption,
  invoice: DecodedInvoice,
  now: number,
  timeoutMs: number,
): VerifiedEvent {
  const { walletPubkey, secret } = connection
  const body = JSON.stringify({ method: 'pay_invoice', params: { invoice: invoice.bolt11 } })
  const tags = [
    ['p', walletPubkey],
    // A wallet that wakes up later must not pay an order that the person gave up on.
    ['expiration', String(now + Math.ceil(timeoutMs / 1000))],
  ]
  if (encryption !== 'nip04') tags.push(['encryption', encryption])
  const template = {
    kind: KIND_REQUEST,
    created_at: now,
    tags,
    content: nwcEncrypt(encryption, secret, walletPubkey, body),
  }
  const signed = verifyEvent(finalizeEvent(template, hexToBytes(secret)))
  if (!signed.ok) throw new Error(`A request that was just signed is not valid: ${signed.reason}`)
  return signed.value
}

/** Reads the wallet's answer to one request. */
function readAnswer(
  connection: NwcConnection,
  event: VerifiedEvent,
  invoice: DecodedInvoice,
): PayResult {
  const text = nwcDecrypt(connection.secret, connection.walletPubkey, event.content)
  if (!text.ok) return fail(nwcBadAnswer(text.reason))
  const json = parseObject(text.value)
  const answer = json.ok ? parseWith(Answer, json.value) : json
  if (!answer.ok) return fail(nwcBadAnswer('not in the form of a payment'))
  const { error, result } = answer.value
  if (error) return fail(explainNwcError(error.code, error.message ?? ''))
  const preimage = result?.preimage.toLowerCase()
  if (!isHex64(preimage)) return fail(nwcBadAnswer('without a proof of payment'))
  const proves = bytesToHex(sha256(hexToBytes(preimage))) === invoice.paymentHash
  return proves ? ok({ preimage }) : fail(nwcBadAnswer('its proof is not of this invoice'))
}

const nobodyTook = (answers: readonly PublishAnswer[]): string | null =>
  answers.every(({ outcome }) => outcome === 'refused' || outcome === 'unreachable')
    ? answers.map(({ relay, reason }) => `${relay}: ${reason}`).join('; ') || 'no relay'
    : null

/** Sends the request once a relay listens for the answer, and waits for that answer. */
function exchange(
  { pool, timeoutMs = 60_000 }: NwcPayerOptions,
  connection: NwcConnection,
  request: VerifiedEvent,
  invoice: DecodedInvoice,
): Promise<PayResult> {
  const { walletPubkey } = connection
  return new Promise((resolve) => {
    let sent = false
    const timer = setTimeout(() => finish(fail(nwcTimedOut(timeoutMs / 1000))), timeoutMs)
    const filter = { kinds: [KIND_RESPONSE], authors: [walletPubkey], '#e': [request.id] }
    const subscription = pool.subscribe([filter], {
      onEvent(event) {
        const fits = event.kind === KIND_RESPONSE && event.pubkey === walletPubkey
        if (!fits || tagValue(event, 'e') !== request.id) return
        finish(readAnswer(connection, event, invoice))
      },
      onStored: send,
      onClosed: send,
    })
    function send() {
      if (sent) return
      sent = true
      void pool.publish(request).then((answers) => {
        const reasons = nobodyTook(answers)
        if (reasons) finish(fail(nwcUnreachable(reasons)))
      })
    }
    function finish(result: PayResult) {
      clearTimeout(timer)
      queueMicrotask(() => subscription.close())
      resolve(result)
    }
    if (pool.urls.length === 0) finish(fail(nwcUnreachable('no relay')))
  })
}

/**
 * A payer over NIP-47: `pay_invoice`, encrypted with NIP-44 where the wallet's info event offers
 * it and with NIP-04 otherwise. Only an answer that the wallet signed for this very request counts,
 * and the preimage must hash to the invoice's payment hash. Never rejects.
 */
export function createNwcPayer(options: NwcPayerOptions): Payer {
  const { pool, timeoutMs = 60_000, infoTimeoutMs = 4_000 } = options
  const now = options.now ?? (() => Math.floor(Date.now() / 1000))
  const parsed = parseNwcUri(options.uri)
  let known: WalletInfo | null = null

  return {
    async payInvoice(invoice) {
      if (!parsed.ok) return fail(badConnection(parsed.reason))
      if (invoice.amountMsat === null) return fail(withoutAmount)
      const connection = parsed.value
      known ??= await fetchWalletInfo(pool, connection.walletPubkey, infoTimeoutMs)
      const { encryption, canPay } = known ?? SILENT_WALLET
      if (!canPay) return fail(explainNwcError('NOT_IMPLEMENTED', ''))
      const request = signRequest(connection, encryption, invoice, now(), timeoutMs)
      return exchange(options, connection, request, invoice)
    },
  }
}
