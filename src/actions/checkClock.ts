/** Holds this device's clock against the newest public events of merchants that each relay has. */
import { clockLag } from '@/domain/clockLag'
import type { Pubkey } from '@/domain/ids'
import { askRelays } from '@/protocol/askRelays'
import { KIND } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'
import type { Clock } from './ports'

const NOTE = 1
/** So few, since only the newest of a relay are about as old as now. */
const NEWEST = { kinds: [NOTE, KIND.stall, KIND.product], limit: 12 }
/** Relays refuse what is too long. */
const MAX_AUTHORS = 200

export interface ClockCheck {
  /** Seconds by which the clock seems to be behind, or null. */
  readonly lag: number | null
  /** Most relays have answered: asking once more would tell nothing new. */
  readonly isAnswered: boolean
}

/**
 * Only these authors are asked for: events of others, dated ahead, would be the newest, and so would
 * hide theirs. Never rejects.
 */
export async function checkClock(
  { pool, now }: { readonly pool: RelayPool; readonly now: Clock },
  merchants: ReadonlySet<Pubkey>,
): Promise<ClockCheck> {
  const newest = { ...NEWEST, authors: [...merchants].slice(0, MAX_AUTHORS) }
  const answers = await Promise.all(
    pool.urls.map((url) => askRelays(pool, [newest], { relays: [url] })),
  )
  const relays = answers.map(({ events }) =>
    events.map(({ pubkey, created_at }) => ({ author: pubkey, time: created_at })),
  )
  const answered = answers.filter((answer) => answer.answered > 0)
  return {
    lag: clockLag(relays, now()),
    isAnswered: answered.length * 2 > answers.length,
  }
}
