/** The text of a stored record: `{version, data}`, brought up to the current version when read. */
import { messageOf } from '@/domain/messageOf'
import { fail, ok, type Result } from '@/domain/result'
import type { Seal } from './seal'

/** How a kind of record is written. `migrations[n]` turns the data of version n into that of n + 1. */
export interface DocumentFormat<T> {
  readonly version: number
  readonly parse: (data: unknown, key: string) => Result<T>
  /** The data to store for a value; the value itself where this is not given. */
  readonly encode?: (value: T) => unknown
  /** Given for what must not lie in clear: then `data` is stored as one sealed text. */
  readonly seal?: Pick<Seal, 'open' | 'close'>
  readonly migrations: Readonly<Record<number, (data: unknown) => unknown>>
}

export type Reading<T> =
  | { readonly state: 'good'; readonly value: T }
  | { readonly state: 'newer'; readonly version: number }
  /** `unopened`: sealed under another key, or damaged since. */
  | { readonly state: 'bad' | 'unopened'; readonly reason: string }

interface Envelope {
  readonly version: number
  readonly data: unknown
}

function openEnvelope(text: string): Result<Envelope> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return fail('it is not valid JSON')
  }
  if (typeof json !== 'object' || json === null) return fail('it is not a record')
  const { version, data } = json as Record<string, unknown>
  if (!Number.isSafeInteger(version) || (version as number) < 1) {
    return fail('it has no version')
  }
  return ok({ version: version as number, data })
}

/** The version is authenticated with the key of the record. */
const sealedName = (key: string, version: number): string => `${version} ${key}`

/** The text inside; null when it does not open. */
function unseal({ version, data }: Envelope, key: string, seal: Pick<Seal, 'open'>): string | null {
  const opened = typeof data === 'string' ? seal.open(sealedName(key, version), data) : null
  return opened?.ok ? opened.value : null
}

function migrate(envelope: Envelope, format: DocumentFormat<unknown>): unknown {
  let { data } = envelope
  for (let version = envelope.version; version < format.version; version += 1) {
    const step = format.migrations[version]
    if (!step) throw new Error(`there is no way from version ${version} on`)
    data = step(data)
  }
  return data
}

/** Reasons quote what they are about, and are stored beside it. */
const tellable = (reason: string, { seal }: Pick<DocumentFormat<unknown>, 'seal'>): string =>
  seal ? 'what is sealed in it does not fit' : reason

/**
 * Reads a record's text. Whatever the text, the migrations or the parser do, it throws for one thing
 * alone: a seal whose key was forgotten, which says nothing about the record.
 */
export function readDocument<T>(text: string, key: string, format: DocumentFormat<T>): Reading<T> {
  const envelope = openEnvelope(text)
  if (!envelope.ok) return { state: 'bad', reason: envelope.reason }
  const { version } = envelope.value
  if (version > format.version) return { state: 'newer', version }
  const opened = format.seal ? unseal(envelope.value, key, format.seal) : null
  if (format.seal && opened === null) {
    return { state: 'unopened', reason: 'it does not open with this key' }
  }
  try {
    const clear =
      opened === null ? envelope.value : { version, data: JSON.parse(opened) as unknown }
    const parsed = format.parse(migrate(clear, format as DocumentFormat<unknown>), key)
    return parsed.ok
      ? { state: 'good', value: parsed.value }
      : { state: 'bad', reason: tellable(parsed.reason, format) }
  } catch (error) {
    return { state: 'bad', reason: tellable(messageOf(error), format) }
  }
}

/** The text to store for a value under a key. */
export function writeDocument<T>(value: T, key: string, format: DocumentFormat<T>): string {
  const { version, seal } = format
  const clear = format.encode ? format.encode(value) : value
  const data = seal ? seal.close(sealedName(key, version), JSON.stringify(clear)) : clear
  return JSON.stringify({ version, data })
}
