/** Pieces shared by the NIP-15 codecs: JSON that lies, and what merchant software makes of types. */
import * as v from 'valibot'
import { fail, ok, type Result } from '@/domain/result'
import { wellFormed } from './event'

/** Longest content that is parsed at all. Catalogue events and messages are a few kB. */
const MAX_CONTENT = 256 * 1024

/** Longest reason that is given. */
const MAX_REASON = 300

/** Parses JSON text into an object, or says what it is instead. */
export function parseObject(text: string): Result<Record<string, unknown>> {
  if (text.length > MAX_CONTENT) return fail(`content is longer than ${MAX_CONTENT} characters`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('content is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail('content is not a JSON object')
  }
  return ok(value as Record<string, unknown>)
}

/** Runs a schema and turns its issues into one short reason. */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, input: unknown): Result<T> {
  const parsed = v.safeParse(schema, input)
  if (parsed.success) return ok(parsed.output)
  const issue = parsed.issues[0]
  const path = v.getDotPath(issue)
  // The message quotes what it received, which may be long.
  return fail((path ? `${path}: ${issue.message}` : issue.message).slice(0, MAX_REASON))
}

/** Free text: null, missing and numbers are read, anything else refuses. Always trimmed to a length. */
export const lenientText = (maxLength: number) =>
  v.pipe(
    v.optional(v.union([v.string(), v.number(), v.null_()]), null),
    v.transform((value) => (value === null ? '' : wellFormed(String(value).slice(0, maxLength)))),
  )

/** An identifier: a non-empty string, or a number as its decimal digits. */
export const identifier = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.finite())]),
  v.transform((value) => wellFormed(String(value))),
  v.minLength(1, 'is empty'),
  v.maxLength(400, 'is too long'),
)

/** A finite amount, also when written as text (`"12.50"`). Never negative. */
export const amount = v.pipe(
  v.union([
    v.number(),
    v.pipe(v.string(), v.trim(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number)),
  ]),
  v.number(),
  v.finite('is not a finite number'),
  v.minValue(0, 'is negative'),
)

/** A list whose unreadable items are left out. */
export const lenientList = <T>(item: v.GenericSchema<unknown, T>, maxItems = 500) =>
  v.pipe(
    v.optional(v.union([v.array(v.unknown()), v.null_()]), null),
    v.transform((list) =>
      (list ?? []).slice(0, maxItems).flatMap((raw) => {
        const parsed = v.safeParse(item, raw)
        return parsed.success ? [parsed.output] : []
      }),
    ),
  )
