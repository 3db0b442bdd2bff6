/**
 * The file of a backup: a JSON envelope around one text, sealed under a password.
 *
 * scrypt (RFC 7914) makes the key, XChaCha20-Poly1305 seals; the envelope's header is authenticated
 * with it. A checksum tells a file that was damaged from a password that does not fit.
 */
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { fail, ok, type Result } from '@/domain/result'
import { parseWith } from './schemas'
import { createSeal } from './seal'

const VERSION = 1
/** 2^17 rounds: half a second or two, and 128 MB. */
const LOG_N = 17
// At 2^20 scrypt takes a gigabyte: a file that asks for more is a mistake or an attack.
const MAX_LOG_N = 20
const SALT_BYTES = 32

/** From 0 to 1: how far the key is. */
export type OnProgress = (done: number) => void

export interface SealOptions {
  readonly onProgress?: OnProgress
  /** Given by tests, which need no strong key. */
  readonly logN?: number
}

interface Envelope {
  readonly souk: 'backup'
  readonly version: number
  readonly logN: number
  readonly salt: string
  /** SHA-256 of `sealed`. */
  readonly checksum: string
  readonly sealed: string
}

const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

const parseEnvelope = parseWith(
  v.object({
    souk: v.literal('backup'),
    version: v.literal(VERSION),
    logN: v.pipe(v.number(), v.integer(), v.minValue(1)),
    salt: hex,
    checksum: hex,
    sealed: v.string(),
  }) satisfies v.GenericSchema<unknown, Envelope>,
)

const checksumOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

const headerOf = ({ version, logN, salt }: Pick<Envelope, 'version' | 'logN' | 'salt'>): string =>
  `souk backup ${version} ${logN} ${salt}`

/** Works in slices, so that the page goes on. Passwords that look alike are alike (NFKC). */
const keyOf = (password: string, salt: string, logN: number, onProgress?: OnProgress) =>
  scryptAsync(utf8ToBytes(password.normalize('NFKC')), hexToBytes(salt), {
    N: 2 ** logN,
    r: 8,
    p: 1,
    dkLen: 32,
    maxmem: 2 ** 30 + 2 ** 11,
    onProgress,
  })

async function withSeal<T>(
  password: string,
  { salt, logN }: Pick<Envelope, 'salt' | 'logN'>,
  onProgress: OnProgress | undefined,
  work: (seal: ReturnType<typeof createSeal>) => T,
): Promise<T> {
  const key = await keyOf(password, salt, logN, onProgress)
  const seal = createSeal(key)
  key.fill(0)
  try {
    return work(seal)
  } finally {
    seal.forget()
  }
}

/** Seals a text under a password. Throws for an empty one. */
export async function sealBackup(
  text: string,
  password: string,
  { onProgress, logN = LOG_N }: SealOptions = {},
): Promise<string> {
  if (password === '') throw new TypeError('A backup cannot be sealed under an empty password')
  const salt = bytesToHex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))
  const header = { version: VERSION, logN, salt }
  const sealed = await withSeal(password, header, onProgress, (seal) =>
    seal.close(headerOf(header), text),
  )
  const envelope: Envelope = { souk: 'backup', ...header, checksum: checksumOf(sealed), sealed }
  return JSON.stringify(envelope)
}

const NOT_A_BACKUP =
  'This is not a backup of Souk. Choose the file that Souk saved: its name ends in .souk.'
const CUT_OFF =
  'This backup is cut off: the end of the file is missing. Copy it again from where you kept it.'
const DAMAGED =
  'This backup is damaged: it is not as it was saved. Copy it again from where you kept it.'
const TOO_MUCH =
  'This backup asks for more work than a browser can do. Souk did not make it like this.'
const NO_MEMORY =
  'This device has too little memory to open a backup right now. Close other pages, then try again.'
const WRONG_PASSWORD = 'The password does not fit this backup. Capital letters and spaces count.'
const newer = (version: number): string =>
  `This backup was made by a newer Souk (version ${version} of the file). Reload the page to get the newer Souk, then try again.`

function parseJson(file: string): Result<object> {
  try {
    const json: unknown = JSON.parse(file)
    return typeof json === 'object' && json !== null ? ok(json) : fail(NOT_A_BACKUP)
  } catch {
    return fail(/^\s*\{\s*"souk"\s*:\s*"backup"/.test(file) ? CUT_OFF : NOT_A_BACKUP)
  }
}

/** The envelope of a file, or what is wrong with it, in words. */
function readEnvelope(file: string): Result<Envelope> {
  const json = parseJson(file)
  if (!json.ok) return json
  const { souk, version } = json.value as Partial<Record<keyof Envelope, unknown>>
  if (souk !== 'backup') return fail(NOT_A_BACKUP)
  if (typeof version === 'number' && version > VERSION) return fail(newer(version))
  const envelope = parseEnvelope(json.value)
  if (!envelope.ok) return fail(DAMAGED)
  if (envelope.value.logN > MAX_LOG_N) return fail(TOO_MUCH)
  return checksumOf(envelope.value.sealed) === envelope.value.checksum ? envelope : fail(DAMAGED)
}

/** Opens a file with its password, or says in words why not. Never throws. */
export async function openBackup(
  file: string,
  password: string,
  onProgress?: OnProgress,
): Promise<Result<string>> {
  const envelope = readEnvelope(file)
  if (!envelope.ok) return envelope
  const { value } = envelope
  try {
    const opened = await withSeal(password, value, onProgress, (seal) =>
      seal.open(headerOf(value), value.sealed),
    )
    return opened.ok ? opened : fail(WRONG_PASSWORD)
  } catch {
    // scrypt takes its memory at once, and the file says how much.
    return fail(NO_MEMORY)
  }
}
