/** What a relay's answer to an event means for sending it again. Pure. */
import type { PublishAnswer } from '@/protocol/relay'
import { backoff } from './timing'

export type Verdict = 'accepted' | 'retry' | 'permanent'

/** In milliseconds: before the first retry about twice `min`, then doubling up to `max`. */
export interface RetryTimes {
  readonly min: number
  readonly max: number
}

const RETRY: RetryTimes = { min: 1_000, max: 5 * 60_000 }
/** Attempts after which a refusal that names no known prefix counts as final. */
const MAX_UNCLEAR = 8

/** The machine-readable word before the colon (NIP-01), or an empty text. */
const reasonPrefix = (reason: string): string => /^([a-z-]+):/.exec(reason)?.[1] ?? ''

/**
 * A refusal that asks for authentication has had its second chance already (`publish.ts`), so it is
 * final like those for good.
 */
function refusal(reason: string, attempts: number): Verdict {
  if (/too (large|big|long)/i.test(reason)) return 'permanent'
  switch (reasonPrefix(reason)) {
    case 'rate-limited':
    case 'error':
      return 'retry'
    case 'auth-required':
    case 'restricted':
    case 'blocked':
    case 'invalid':
    case 'pow':
    case 'mute':
      return 'permanent'
    default:
      return attempts < MAX_UNCLEAR ? 'retry' : 'permanent'
  }
}

/** `attempts` counts those made, this answer's included. */
export function classifyAnswer(
  { outcome, reason, passing }: Pick<PublishAnswer, 'outcome' | 'reason' | 'passing'>,
  attempts = 1,
): Verdict {
  if (outcome === 'accepted') return 'accepted'
  if (outcome !== 'refused' || passing) return 'retry'
  return refusal(reason, attempts)
}

/** Milliseconds until the next attempt: 2^n seconds with jitter, five minutes at most. */
export const retryDelay = (
  attempts: number,
  random: () => number,
  { min, max }: RetryTimes = RETRY,
): number => backoff(attempts, min, max, random)
