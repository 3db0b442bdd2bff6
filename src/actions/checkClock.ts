/** Holds this device's clock against the newest public events that each relay has. */
import { clockLag } from '@/domain/clockLag'
import { askRelays } from '@/protocol/askRelays'
import { KIND } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'
import type { Clock } from './ports'

const NOTE = 1
/** What anybody may read. So few, since only the newest of a relay are about as old as now. */
const NEWEST = { kinds: [NOTE, KIND.stall, KIND.product], limit: 12 }

/** Seconds by which the clock seems to be behind, or null. Never rejects. */
export async function checkClock(ports: {
  readonly pool: RelayPool
  readonly now: Clock
}): Promise<number | null> {
  const asked = ports.pool.urls.map((url) => askRelays(ports.pool, [NEWEST], { relays: [url] }))
  const relays = (await Promise.all(asked)).map(({ events }) =>
    events.map(({ pubkey, created_at }) => ({ author: pubkey, time: created_at })),
  )
  return clockLag(relays, ports.now())
}
