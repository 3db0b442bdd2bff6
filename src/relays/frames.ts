/** Reads what a relay sends (NIP-01, NIP-42): a size check, then JSON, then a closed set of frames. */
import { fail, ok, type Result } from '@/domain/result'

export type RelayFrame =
  | { readonly type: 'EVENT'; readonly subscription: string; readonly event: unknown }
  | { readonly type: 'EOSE'; readonly subscription: string }
  | { readonly type: 'CLOSED'; readonly subscription: string; readonly reason: string }
  | {
      readonly type: 'OK'
      readonly eventId: string
      readonly accepted: boolean
      readonly reason: string
    }
  | { readonly type: 'NOTICE'; readonly text: string }
  | { readonly type: 'AUTH'; readonly challenge: string }

/** Characters of a raw frame; checked before anything is parsed. */
export const MAX_FRAME = 256 * 1024
const MAX_WORDS = 500

const words = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, MAX_WORDS) : ''

function toFrame([type, first, second, third]: readonly unknown[]): Result<RelayFrame> {
  if (typeof first !== 'string') return fail('a message of the relay has no subscription or id')
  switch (type) {
    case 'EVENT':
      return ok({ type, subscription: first, event: second })
    case 'EOSE':
      return ok({ type, subscription: first })
    case 'CLOSED':
      return ok({ type, subscription: first, reason: words(second) })
    case 'OK':
      return ok({ type, eventId: first, accepted: second === true, reason: words(third) })
    case 'NOTICE':
      return ok({ type, text: words(first) })
    case 'AUTH':
      return ok({ type, challenge: first })
    default:
      return fail('a message of the relay is of an unknown type')
  }
}

/** One frame, or why it is ignored. Never throws. */
export function parseFrame(data: unknown, maxLength = MAX_FRAME): Result<RelayFrame> {
  if (typeof data !== 'string') return fail('a message of the relay is not text')
  if (data.length > maxLength) {
    return fail(`a message of ${Math.ceil(data.length / 1024)} kB was ignored: too large`)
  }
  try {
    const frame: unknown = JSON.parse(data)
    return Array.isArray(frame) ? toFrame(frame) : fail('a message of the relay is not a list')
  } catch {
    return fail('a message of the relay is not JSON')
  }
}
