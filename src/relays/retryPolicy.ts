/** What a relay's answer to an event means for sending it again. Pure. */
import type { PublishAnswer } from '@/protocol/relay'
import { backoff } from './timing'

export type Verdict = 'accepted' | 'retry' | 'authenticate' | 'permanent'

const RETRY_MIN = 1_000
const RETRY_MAX = 5 * 60_000
/** Attempts after which a refusal that names no known prefix counts as final. */
const MAX_UNCLEAR = 8

/** The machine-readable word before the colon (NIP-01), or an empty text. */
const reasonPrefix = (reason: string): string => /^([a-z-]+):/.exec(reason)?.[1] ?? ''

function refusal(reason: string, attempts: number): Verdict {
  if (/too (large|big|long)/i.test(reason)) return 'permanent'
  switch (reasonPrefix(reason)) {
    case 'rate-limited':
    case 'error':
      return 'retry'
    case 'auth-required':
      return 'authenticate'
    case 'blocked':
    case 'invalid':
    case 'pow':
    case 'restricted':
    case 'mute':
      return 'permanent'
    default:
      return attempts < MAX_UNCLEAR ? 'retry' : 'permanent'
  }
}

/** `attempts` counts those made, this answer's included. */
export function classifyAnswer(
  answer: Pick<PublishAnswer, 'outcome' | 'reason'>,
  attempts = 1,
): Verdict {
  if (answer.outcome === 'accepted') return 'accepted'
  return answer.outcome === 'refused' ? refusal(answer.reason, attempts) : 'retry'
}

/** Milliseconds until the next attempt: 2^n seconds with jitter, five minutes at most. */
export const retryDelay = (attempts: number, random: () => number): number =>
  backoff(attempts, RETRY_MIN, RETRY_MAX, random)
