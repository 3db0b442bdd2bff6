/** The text of a stored record: `{version, data}`, brought up to the current version when read. */
import { messageOf } from '@/domain/messageOf'
import { fail, ok, type Result } from '@/domain/result'

/** How a kind of record is written. `migrations[n]` turns the data of version n into that of n + 1. */
export interface DocumentFormat<T> {
  readonly version: number
  readonly parse: (data: unknown, key: string) => Result<T>
  /** The data to store for a value; the value itself where this is not given. */
  readonly encode?: (value: T) => unknown
  readonly migrations: Readonly<Record<number, (data: unknown) => unknown>>
}

export type Reading<T> =
  | { readonly state: 'good'; readonly value: T }
  | { readonly state: 'newer'; readonly version: number }
  | { readonly state: 'bad'; readonly reason: string }

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

function migrate(envelope: Envelope, format: DocumentFormat<unknown>): unknown {
  let { data } = envelope
  for (let version = envelope.version; version < format.version; version += 1) {
    const step = format.migrations[version]
    if (!step) throw new Error(`there is no way from version ${version} on`)
    data = step(data)
  }
  return data
}

/** Reads a record's text. Never throws, whatever the text, the migrations or the parser do. */
export function readDocument<T>(text: string, key: string, format: DocumentFormat<T>): Reading<T> {
  const envelope = openEnvelope(text)
  if (!envelope.ok) return { state: 'bad', reason: envelope.reason }
  const { version } = envelope.value
  if (version > format.version) return { state: 'newer', version }
  try {
    const parsed = format.parse(migrate(envelope.value, format as DocumentFormat<unknown>), key)
    return parsed.ok
      ? { state: 'good', value: parsed.value }
      : { state: 'bad', reason: parsed.reason }
  } catch (error) {
    return { state: 'bad', reason: messageOf(error) }
  }
}

/** The text to store for a value. */
export const writeDocument = <T>(value: T, format: DocumentFormat<T>): string =>
  JSON.stringify({
    version: format.version,
    data: format.encode ? format.encode(value) : value,
  })
