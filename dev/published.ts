/** Waits for the demo merchants' goods to reach the embedded relay. */
import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf } from '@/domain/ids'
import { KIND, tagValue } from '@/protocol/event'
import type { DemoMerchant } from './catalogue/types'
import type { RunningRelay } from './relay/relay'

const PATIENCE_MS = 20_000
const PAUSE_MS = 30

function isPublished(relay: RunningRelay, merchants: readonly DemoMerchant[]): boolean {
  const stored = new Set<string>(
    relay.events().map((event) => addressOf(event.kind, event.pubkey, tagValue(event, 'd') ?? '')),
  )
  return merchants.every(({ publicKey, stalls }) =>
    stalls
      .flatMap(({ products }) => products)
      .every(({ id }) => stored.has(`${KIND.product}:${publicKey}:${id}`)),
  )
}

/** Resolves once the relay holds every product, so that whoever comes now sees them all. */
export async function whenPublished(
  relay: RunningRelay,
  merchants: readonly DemoMerchant[],
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!isPublished(relay, merchants)) {
    if (Date.now() > deadline) throw new Error('The demo merchants could not publish their goods.')
    await sleep(PAUSE_MS)
  }
}
