/** Writes real, signed BOLT11 invoices for any network, and on request deliberately wrong ones. */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { bech32 } from '@scure/base'
import type { Network } from '@/domain/invoice'

/** Everything of an invoice; hex for keys and hashes, unix seconds for dates. */
export interface InvoiceDraft {
  readonly network: Network
  /** Whole millisatoshi; null leaves the amount to the payer. */
  readonly amountMsat: number | null
  /** Null leaves the field out, which makes the invoice invalid. */
  readonly paymentHash: string | null
  /** Default: derived from payment hash and key. Null leaves the field out. */
  readonly paymentSecret?: string | null
  /** Default: an empty description, unless a hash is given. */
  readonly description?: string
  readonly descriptionHash?: string
  readonly createdAt: number
  /** Default: not written, which means one hour. */
  readonly expirySeconds?: number
  /** The signing node's secret key, 64 hex characters. */
  readonly nodeKey: string
  /** Compressed public key for the `n` field; `true` writes the signer's own. */
  readonly payee?: string | true
  /** Feature bits; default: variable onion (8) and payment secret (14), both required. */
  readonly features?: readonly number[]
  /** Turns the signature into its high-S twin. */
  readonly highS?: boolean
  /** Replaces the signature, recovery byte last, by any 65 bytes in hex. */
  readonly signature?: string
  /** Replaces `lnbc2500u` and the like. */
  readonly prefix?: string
}

const PREFIXES: Readonly<Record<Network, string>> = {
  bitcoin: 'bc',
  testnet: 'tb',
  signet: 'tbs',
  regtest: 'bcrt',
}
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const MSAT_PER_UNIT: readonly (readonly [string, number])[] = [
  ['', 100_000_000_000],
  ['m', 100_000_000],
  ['u', 100_000],
  ['n', 100],
]

function amountText(msat: number | null): string {
  if (msat === null) return ''
  if (!Number.isSafeInteger(msat) || msat <= 0) throw new RangeError(`Not an amount: ${msat} msat`)
  const unit = MSAT_PER_UNIT.find(([, size]) => msat % size === 0)
  return unit ? `${msat / unit[1]}${unit[0]}` : `${msat}0p`
}

function numberToWords(value: number, length = 0): number[] {
  const words: number[] = []
  for (let rest = value; rest > 0 || words.length < length; rest = Math.floor(rest / 32)) {
    words.unshift(rest % 32)
  }
  return words
}

const field = (type: string, words: readonly number[]): number[] => [
  ALPHABET.indexOf(type),
  ...numberToWords(words.length, 2),
  ...words,
]
const hexField = (type: string, hex: string): number[] =>
  field(type, bech32.toWords(hexToBytes(hex)))

function featureWords(bits: readonly number[]): number[] {
  const words = new Array<number>(Math.ceil((Math.max(...bits) + 1) / 5)).fill(0)
  for (const bit of bits) {
    const index = words.length - 1 - Math.floor(bit / 5)
    words[index] = (words[index] ?? 0) | (1 << (bit % 5))
  }
  return words
}

const publicKeyOf = (nodeKey: string): string =>
  bytesToHex(secp256k1.getPublicKey(hexToBytes(nodeKey)))

function fieldWords(draft: InvoiceDraft): number[] {
  const { paymentHash, descriptionHash, expirySeconds, payee } = draft
  const description = draft.description ?? (descriptionHash === undefined ? '' : undefined)
  const secret =
    draft.paymentSecret === undefined
      ? bytesToHex(sha256(utf8ToBytes(`${paymentHash}:${draft.nodeKey}`)))
      : draft.paymentSecret
  const features = draft.features ?? [8, 14]
  return [
    ...(paymentHash === null ? [] : hexField('p', paymentHash)),
    ...(secret === null ? [] : hexField('s', secret)),
    ...(description === undefined ? [] : hexField('d', bytesToHex(utf8ToBytes(description)))),
    ...(descriptionHash === undefined ? [] : hexField('h', descriptionHash)),
    ...(expirySeconds === undefined ? [] : field('x', numberToWords(expirySeconds))),
    ...(payee === undefined
      ? []
      : hexField('n', payee === true ? publicKeyOf(draft.nodeKey) : payee)),
    ...(features.length === 0 ? [] : field('9', featureWords(features))),
  ]
}

/** Eight bits from five, filled up with zero bits. */
function packed(words: readonly number[]): Uint8Array {
  const bits = words.map((word) => word.toString(2).padStart(5, '0')).join('')
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
  return Uint8Array.from(bytes, (byte) => parseInt(byte, 2))
}

function sign(hash: Uint8Array, draft: InvoiceDraft): Uint8Array {
  if (draft.signature !== undefined) return hexToBytes(draft.signature)
  const options = { prehash: false, format: 'recovered' } as const
  const signed = secp256k1.sign(hash, hexToBytes(draft.nodeKey), options)
  const [recovery = 0, ...compact] = signed
  if (!draft.highS) return Uint8Array.from([...compact, recovery])
  const { r, s } = secp256k1.Signature.fromBytes(signed.subarray(1))
  const twin = new secp256k1.Signature(r, secp256k1.Point.CURVE().n - s)
  return concatBytes(twin.toBytes(), Uint8Array.of(recovery ^ 1))
}

/** A signed BOLT11 invoice in lower case. Throws on an amount or key that cannot be written. */
export function encodeInvoice(draft: InvoiceDraft): string {
  const prefix = draft.prefix ?? `ln${PREFIXES[draft.network]}${amountText(draft.amountMsat)}`
  const words = [...numberToWords(draft.createdAt, 7), ...fieldWords(draft)]
  const hash = sha256(concatBytes(utf8ToBytes(prefix), packed(words)))
  return bech32.encode(prefix, [...words, ...bech32.toWords(sign(hash, draft))], false)
}
