/** Asks all relays once more for what a merchant has written, for answers that got lost on the way. */
import type { OrderState } from '@/domain/order'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'
import type { Signer } from '@/protocol/signer'
import type { DecodeInvoice, Journal } from './ports'
import { journalReceived, receiveMessage } from './receiveMessage'

export interface AskPorts {
  readonly pool: RelayPool
  readonly signer: Signer
  readonly journal: Journal
  readonly decodeInvoice: DecodeInvoice
  readonly isKnown: (eventId: VerifiedEvent['id']) => boolean
}

export interface Asked {
  /** How many messages came that were not known here. */
  readonly found: number
  /** How many relays have told everything that they have. */
  readonly answered: number
}

const ASKING_MS = 8_000
/** The clocks of customer and merchant may differ by this much. */
const CLOCK_SECONDS = 3600

/** Gathers what relays have, until all have answered or the time is up. */
function gather(pool: RelayPool, author: string, me: string, since: number) {
  return new Promise<{ events: readonly VerifiedEvent[]; answered: number }>((resolve) => {
    const events: VerifiedEvent[] = []
    const waiting = new Set(pool.urls)
    let answered = 0
    const end = () => {
      clearTimeout(timer)
      subscription.close()
      resolve({ events, answered })
    }
    const without = (relay: string) => {
      waiting.delete(relay)
      if (waiting.size === 0) end()
    }
    const timer = setTimeout(end, ASKING_MS)
    const subscription = pool.subscribe(
      [{ kinds: [KIND.directMessage], authors: [author], '#p': [me], since }],
      {
        onEvent: (event) => void events.push(event),
        onStored(relay) {
          answered += 1
          without(relay)
        },
        onClosed: without,
      },
      { storedOnly: true },
    )
  })
}

/** Asks for the merchant's messages since the order, and records those that are new. */
export async function askAgain(ports: AskPorts, order: OrderState): Promise<Asked> {
  const { pool, signer, journal } = ports
  const since = order.placedAt - CLOCK_SECONDS
  const { events, answered } = await gather(pool, order.merchant, signer.publicKey, since)
  let found = 0
  for (const event of events.filter(({ id }) => !ports.isKnown(id))) {
    const received = await receiveMessage(event, ports)
    if (received.type === 'quarantined') continue
    journalReceived(received, signer.publicKey, journal)
    found += 1
  }
  return { found, answered }
}
