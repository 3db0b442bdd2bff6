/** The tagged fields of a BOLT11 invoice, read from its 5-bit words with the reader's rules. */
import { bech32 } from '@scure/base'
import type { InvoiceProblem } from '@/domain/invoice'
import { fail, ok, type Result } from '@/domain/result'

/** What this client reads of an invoice's fields. Bytes as they were written. */
export interface InvoiceFields {
  readonly paymentHash: Uint8Array
  readonly description: string | null
  /** The payee's compressed public key where the invoice names it. */
  readonly payee: Uint8Array | null
  /** Seconds after the invoice's date. */
  readonly expirySeconds: number
}

interface Field {
  readonly type: string
  readonly words: readonly number[]
}

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
/** The only lengths in words of these fields; other lengths are skipped, as BOLT11 asks. */
const FIXED_LENGTHS: Readonly<Record<string, number>> = { p: 52, h: 52, s: 52, n: 53 }
/**
 * Even feature bits that a payer of today understands (BOLT9, context of invoices): variable
 * onion, payment secret, multi-part payment, route blinding, attribution data, payment metadata.
 */
const KNOWN_FEATURES = new Set([8, 14, 16, 24, 36, 48])
const DEFAULT_EXPIRY_SECONDS = 3600

/** Reads words as one big-endian number; beyond 2^53 it is only roughly right. */
export const wordsToNumber = (words: readonly number[]): number =>
  words.reduce((total, word) => total * 32 + word, 0)

/** Cuts the words into fields; null when one is longer than what is left. */
function splitFields(words: readonly number[]): Field[] | null {
  const fields: Field[] = []
  for (let at = 0; at < words.length;) {
    const start = at + 3
    const end = start + wordsToNumber(words.slice(at + 1, start))
    if (start > words.length || end > words.length) return null
    fields.push({ type: ALPHABET.charAt(words[at] ?? 0), words: words.slice(start, end) })
    at = end
  }
  return fields
}

/** The first field of a type that has its proper length. */
function findField(fields: readonly Field[], type: string): Field | undefined {
  const length = FIXED_LENGTHS[type]
  return fields.find((f) => f.type === type && (length === undefined || f.words.length === length))
}

function requiresUnknownFeature(words: readonly number[]): boolean {
  const required = (bit: number) => bit % 2 === 0 && !KNOWN_FEATURES.has(bit)
  return [...words]
    .reverse()
    .some((word, index) =>
      [0, 1, 2, 3, 4].some((offset) => (word >> offset) & 1 && required(index * 5 + offset)),
    )
}

const bytesOf = (field: Field | undefined): Uint8Array | null =>
  (field && bech32.fromWordsUnsafe([...field.words])) || null

/** Checks what BOLT11 demands of the fields together, before any of them is read. */
function problemOf(fields: readonly Field[]): InvoiceProblem | null {
  const has = (type: string) => findField(fields, type) !== undefined
  if (!has('p') || !has('s') || (!has('d') && !has('h'))) return 'missing-field'
  if (has('d') && has('h')) return 'not-an-invoice'
  if (requiresUnknownFeature(findField(fields, '9')?.words ?? [])) return 'unsupported-feature'
  const badlyPadded = ['p', 's', 'd', 'h', 'n'].some(
    (t) => has(t) && !bytesOf(findField(fields, t)),
  )
  return badlyPadded ? 'not-an-invoice' : null
}

/**
 * Reads the words between date and signature. Needs a payment hash, a payment secret and either a
 * description or its hash; refuses an unknown even feature bit; ignores what BOLT11 says to ignore.
 */
export function readInvoiceFields(words: readonly number[]): Result<InvoiceFields, InvoiceProblem> {
  const fields = splitFields(words)
  if (!fields) return fail('not-an-invoice')
  const problem = problemOf(fields)
  if (problem) return fail(problem)
  const description = bytesOf(findField(fields, 'd'))
  const expiry = findField(fields, 'x')
  return ok({
    paymentHash: bytesOf(findField(fields, 'p')) ?? new Uint8Array(32),
    description: description && new TextDecoder().decode(description),
    payee: bytesOf(findField(fields, 'n')),
    expirySeconds: expiry ? wordsToNumber(expiry.words) : DEFAULT_EXPIRY_SECONDS,
  })
}
