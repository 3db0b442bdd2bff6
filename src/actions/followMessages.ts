/** Keeps orders and conversations live: follows the direct messages from and to one key. */
import type { EventId, Pubkey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import { openEnvelope } from '@/protocol/directMessage'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import type { RelayPool, Subscription } from '@/protocol/relay'
import type { Signer } from '@/protocol/signer'
import type { Attributed } from './messageFact'
import type { DecodeInvoice, Journal } from './ports'
import { journalReceived, receiveMessage, type Received } from './receiveMessage'

export interface FollowMessagesPorts {
  readonly pool: RelayPool
  readonly signer: Signer
  readonly decodeInvoice: DecodeInvoice
  readonly journal: Journal
  /** True for a message that was opened before: it is not decrypted again. */
  readonly isKnown: (eventId: EventId) => boolean
  /** False for keys whose messages wait unopened, to spare the signer. */
  readonly mayOpen: (peer: Pubkey) => boolean
  /** True for parties of a trade: their messages go first, so that strangers cannot delay them. */
  readonly isParty?: (peer: Pubkey) => boolean
}

export interface FollowMessagesHandlers {
  readonly onReceived?: (received: Attributed, event: VerifiedEvent) => void
  readonly onQuarantined?: (message: Extract<Received, { type: 'quarantined' }>) => void
  readonly onStored?: (relay: string) => void
  /** How many messages wait unopened. */
  readonly onHeld?: (count: number) => void
}

export interface MessageFollower extends Subscription {
  /** Looks again at the messages that wait, for instance once more stalls are known. */
  openHeld(): void
}

/** Starts following. Messages are opened one after another; a bad one never stops the next. */
export function followMessages(
  ports: FollowMessagesPorts,
  handlers: FollowMessagesHandlers = {},
): MessageFollower {
  const me = ports.signer.publicKey
  const queued = new Set<EventId>()
  const held = new Map<EventId, VerifiedEvent>()
  const first: VerifiedEvent[] = []
  const rest: VerifiedEvent[] = []
  let opening: Promise<void> | null = null
  let closed = false

  async function open(event: VerifiedEvent): Promise<void> {
    if (closed) return
    const received = await receiveMessage(event, ports)
    if (closed) return
    if (received.type === 'quarantined') {
      queued.delete(event.id)
      handlers.onQuarantined?.(received)
      return
    }
    journalReceived(received, me, ports.journal)
    handlers.onReceived?.(received, event)
  }

  function failed(event: VerifiedEvent, error: unknown): void {
    queued.delete(event.id)
    const reason = messageOf(error)
    handlers.onQuarantined?.({
      type: 'quarantined',
      eventId: event.id,
      author: event.pubkey,
      reason,
      retryable: true,
    })
  }

  /** One at a time. Even a handler that throws must not keep the next message from being opened. */
  async function openQueued(): Promise<void> {
    // What arrives together is sorted before the first of it is opened.
    await Promise.resolve()
    for (let event = next(); event; event = next()) {
      const current = event
      await open(current)
        .catch((error: unknown) => failed(current, error))
        .catch(() => undefined)
    }
    opening = null
  }

  const next = (): VerifiedEvent | undefined => first.shift() ?? rest.shift()

  function take(event: VerifiedEvent): void {
    if (queued.has(event.id) || ports.isKnown(event.id)) return
    const envelope = openEnvelope(event, me)
    if (envelope.ok && !ports.mayOpen(envelope.value.peer)) {
      held.set(event.id, event)
      handlers.onHeld?.(held.size)
      return
    }
    queued.add(event.id)
    const goesFirst = envelope.ok && ports.isParty?.(envelope.value.peer)
    ;(goesFirst ? first : rest).push(event)
    opening ??= openQueued()
  }

  const subscription = ports.pool.subscribe(
    [
      { kinds: [KIND.directMessage], '#p': [me] },
      { kinds: [KIND.directMessage], authors: [me] },
    ],
    {
      onEvent: take,
      onStored: (relay) =>
        void (opening ?? Promise.resolve()).then(() => handlers.onStored?.(relay)),
    },
  )

  return {
    openHeld() {
      const waiting = [...held.values()]
      held.clear()
      waiting.forEach(take)
      handlers.onHeld?.(held.size)
    },
    close() {
      closed = true
      subscription.close()
    },
  }
}
