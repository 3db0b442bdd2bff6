/**
 * Validates Lightning invoices (BOLT11): checksum, network, amount, fields, features, signature.
 * An own reader on bech32, since the common decoders parse without checking and refuse an official
 * valid example.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { bech32 } from '@scure/base'
import type { DecodedInvoice, InvoiceProblem, Network } from '@/domain/invoice'
import type { Msat } from '@/domain/money'
import { fail, ok, type Result } from '@/domain/result'
import { readInvoiceFields, wordsToNumber, type InvoiceFields } from './bolt11Fields'

/** The longest invoice that fits a QR code, and the limit of common nodes. */
const MAX_LENGTH = 7089
const TIMESTAMP_WORDS = 7
const SIGNATURE_WORDS = 104
/** The last second that a JavaScript date can hold, so that nobody formats a later one. */
const LAST_SECOND = 8_640_000_000_000

const NETWORKS: Readonly<Record<string, Network>> = {
  bc: 'bitcoin',
  tb: 'testnet',
  tbs: 'signet',
  bcrt: 'regtest',
}
/** Millisatoshi of one unit, times ten so that pico stays whole. */
const TENTH_MSAT: Readonly<Record<string, bigint>> = {
  '': 1_000_000_000_000n,
  m: 1_000_000_000n,
  u: 1_000_000n,
  n: 1_000n,
  p: 1n,
}

interface Bech32Parts {
  /** Lowercase, without a `lightning:` prefix. */
  readonly text: string
  readonly prefix: string
  readonly words: readonly number[]
}

function readBech32(input: string): Result<Bech32Parts, InvoiceProblem> {
  const bare = input.trim().replace(/^lightning:(\/\/)?/i, '')
  const text = bare.toLowerCase()
  if (bare.length > MAX_LENGTH || (bare !== text && bare !== bare.toUpperCase())) {
    return fail('not-an-invoice')
  }
  if (!/^ln[a-z0-9]+1[02-9ac-hj-np-z]+$/.test(text)) return fail('not-an-invoice')
  const decoded = bech32.decodeUnsafe(text, false)
  return decoded ? ok({ text, ...decoded }) : fail('bad-checksum')
}

/** Reads `2500u` as millisatoshi; the empty text is an amount left open. */
function readAmount(text: string): Result<Msat | null, InvoiceProblem> {
  if (text === '') return ok(null)
  const match = /^([1-9]\d{0,17})([munp]?)$/.exec(text)
  if (!match) return fail('bad-amount')
  const tenths = BigInt(match[1] ?? '') * (TENTH_MSAT[match[2] ?? ''] ?? 0n)
  const msat = tenths / 10n
  if (tenths % 10n !== 0n || msat > BigInt(Number.MAX_SAFE_INTEGER)) return fail('bad-amount')
  return ok(Number(msat) as Msat)
}

function readPrefix(
  prefix: string,
): Result<{ network: Network; amountMsat: Msat | null }, InvoiceProblem> {
  const match = /^ln([a-z]+)(\d.*)?$/.exec(prefix)
  const network = NETWORKS[match?.[1] ?? '']
  if (!network) return fail('unknown-network')
  const amount = readAmount(match?.[2] ?? '')
  return amount.ok ? ok({ network, amountMsat: amount.value }) : amount
}

/** Packs words into bytes, the last one filled up with zero bits, as the signature covers them. */
function packWords(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((words.length * 5) / 8))
  words.forEach((word, index) => {
    const bit = index * 5
    const shifted = word << (11 - (bit % 8))
    const at = bit >> 3
    bytes[at] = (bytes[at] ?? 0) | (shifted >> 8)
    if (at + 1 < bytes.length) bytes[at + 1] = shifted & 0xff
  })
  return bytes
}

/**
 * The key that signed, in hex. A named payee must have signed, with a low S; otherwise the key is
 * recovered, where BOLT11 allows a high S too.
 */
function payeeOf(
  prefix: string,
  words: readonly number[],
  named: Uint8Array | null,
): Result<string, InvoiceProblem> {
  const signature = packWords(words.slice(-SIGNATURE_WORDS))
  const signed = packWords(words.slice(0, -SIGNATURE_WORDS))
  const hash = sha256(concatBytes(utf8ToBytes(prefix), signed))
  const compact = signature.subarray(0, 64)
  try {
    if (named) {
      const valid = secp256k1.verify(compact, hash, named, { prehash: false, lowS: true })
      return valid ? ok(bytesToHex(named)) : fail('bad-signature')
    }
    const recoverable = concatBytes(signature.subarray(64), compact)
    return ok(bytesToHex(secp256k1.recoverPublicKey(recoverable, hash, { prehash: false })))
  } catch {
    return fail('bad-signature')
  }
}

function readData(words: readonly number[]): Result<InvoiceFields, InvoiceProblem> {
  if (words.length < TIMESTAMP_WORDS + SIGNATURE_WORDS) return fail('not-an-invoice')
  return readInvoiceFields(words.slice(TIMESTAMP_WORDS, -SIGNATURE_WORDS))
}

/**
 * Decodes and validates a BOLT11 invoice, with or without a `lightning:` prefix, all lower or all
 * upper case. Whether it is for the right network, amount and time is the caller's judgement.
 * Never throws.
 *
 * `missing-field`: no payment hash, payment secret or description. `not-an-invoice`: malformed in
 * any other way, also with both a description and a description hash.
 */
export function decodeInvoice(text: string): Result<DecodedInvoice, InvoiceProblem> {
  const parts = readBech32(text)
  if (!parts.ok) return parts
  const { prefix, words } = parts.value
  const head = readPrefix(prefix)
  if (!head.ok) return head
  const fields = readData(words)
  if (!fields.ok) return fields
  const payee = payeeOf(prefix, words, fields.value.payee)
  if (!payee.ok) return payee
  const createdAt = wordsToNumber(words.slice(0, TIMESTAMP_WORDS))
  return ok({
    bolt11: parts.value.text,
    ...head.value,
    paymentHash: bytesToHex(fields.value.paymentHash),
    payee: payee.value,
    description: fields.value.description,
    createdAt,
    expiresAt: Math.min(createdAt + fields.value.expirySeconds, LAST_SECOND),
  })
}
