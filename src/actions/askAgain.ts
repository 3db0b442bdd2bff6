/** Asks all relays once more for what a merchant has written, for answers that got lost on the way. */
import type { OrderState } from '@/domain/order'
import { askRelays } from '@/protocol/askRelays'
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

/** The clocks of customer and merchant may differ by this much. */
const CLOCK_SECONDS = 3600

/** Asks for the merchant's messages since the order, and records those that are new. */
export async function askAgain(ports: AskPorts, order: OrderState): Promise<Asked> {
  const { pool, signer, journal } = ports
  const since = order.placedAt - CLOCK_SECONDS
  const { events, answered } = await askRelays(pool, [
    { kinds: [KIND.directMessage], authors: [order.merchant], '#p': [signer.publicKey], since },
  ])
  let found = 0
  for (const event of events.filter(({ id }) => !ports.isKnown(id))) {
    const received = await receiveMessage(event, ports)
    if (received.type === 'quarantined') continue
    journalReceived(received, signer.publicKey, journal)
    found += 1
  }
  return { found, answered }
}
