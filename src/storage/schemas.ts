/** Schemas of what every kind of record is made of, and the way from a schema to a parser. */
import * as v from 'valibot'
import { isHex64, parseAddress, type Address, type EventId, type OrderId } from '@/domain/ids'
import type { Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'

const text = (accepts: (value: string) => boolean) => (value: unknown) =>
  typeof value === 'string' && accepts(value)

export const pubkeySchema = v.custom<Pubkey>(isHex64, 'not a public key')
export const eventIdSchema = v.custom<EventId>(isHex64, 'not an event id')
export const orderIdSchema = v.custom<OrderId>(
  text((value) => value !== ''),
  'not an order id',
)
export const addressSchema = v.custom<Address>(
  text((value) => parseAddress(value).ok),
  'not an address',
)

/** Whole unix seconds. */
export const timeSchema = v.pipe(v.number(), v.safeInteger())
export const amountSchema = v.pipe(v.number(), v.finite())
export const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** An issue quotes what was found, however long. */
const MAX_REASON = 200

function firstIssue(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues
  if (!issue) return 'it does not fit'
  const path = v.getDotPath(issue)
  return (path ? `${path}: ${issue.message}` : issue.message).slice(0, MAX_REASON)
}

/** A parser for {@link createDocumentStore} that names the first field that does not fit. */
export const parseWith =
  <T>(schema: v.GenericSchema<unknown, T>) =>
  (data: unknown): Result<T> => {
    const parsed = v.safeParse(schema, data, { abortEarly: true })
    return parsed.success ? ok(parsed.output) : fail(firstIssue(parsed.issues))
  }
