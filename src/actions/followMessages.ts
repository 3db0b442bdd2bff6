/** Keeps orders and conversations live: follows the direct messages from and to one key. */
import type { EventId, Pubkey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import { openEnvelope } from '@/protocol/directMessage'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import type { RelayPool, RelayReading, Subscription } from '@/protocol/relay'
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
  /** True for a message that could not be read and would only fail again. */
  readonly isSettled?: (eventId: EventId) => boolean
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
  /** How far each relay is with what it has stored. */
  readonly onReading?: (relay: string, reading: RelayReading) => void
  /** How many messages were opened, and how many are known to wait for it. */
  readonly onOpened?: (opened: number, waiting: number) => void
}

export interface MessageFollower extends Subscription {
  /** Looks again at the messages that wait, for instance once more stalls are known. */
  openHeld(): void
  /** Opens messages that could not be read, again: those at hand, else those that relays have. */
  retry(eventIds: readonly EventId[]): void
  /** Asks the relays for everything again: what is known is not opened twice. */
  readAgain(): void
}

/**
 * Messages are asked for again from so long before a gap: they are sent when their author's relays are
 * there, which may be days after they were signed, and relays go by the date of signing.
 */
const OVERLAP_SECONDS = 3 * 86_400
/** So many events that could not be read are held for another try; others are asked for again. */
const MAX_ASIDE = 300

/** Starts following. Messages are opened one after another; a bad one never stops the next. */
export function followMessages(
  ports: FollowMessagesPorts,
  handlers: FollowMessagesHandlers = {},
): MessageFollower {
  const me = ports.signer.publicKey
  const queued = new Set<EventId>()
  const done = new Set<EventId>()
  const held = new Map<EventId, VerifiedEvent>()
  const first: VerifiedEvent[] = []
  const rest: VerifiedEvent[] = []
  const aside = new Map<EventId, VerifiedEvent>()
  let opened = 0
  let opening: Promise<void> | null = null
  let closed = false

  function setAside(event: VerifiedEvent): void {
    queued.delete(event.id)
    done.delete(event.id)
    aside.set(event.id, event)
    const [oldest] = aside.keys()
    if (aside.size > MAX_ASIDE && oldest) aside.delete(oldest)
  }

  const tellOpened = (): void => handlers.onOpened?.(opened, first.length + rest.length)

  async function open(event: VerifiedEvent): Promise<void> {
    if (closed) return
    const received = await receiveMessage(event, ports)
    if (closed) return
    opened++
    queued.delete(event.id)
    done.add(event.id)
    tellOpened()
    if (received.type === 'quarantined') {
      setAside(event)
      handlers.onQuarantined?.(received)
      return
    }
    journalReceived(received, me, ports.journal)
    handlers.onReceived?.(received, event)
  }

  function failed(event: VerifiedEvent, error: unknown): void {
    setAside(event)
    const reason = messageOf(error)
    handlers.onQuarantined?.({
      type: 'quarantined',
      eventId: event.id,
      author: event.pubkey,
      time: event.created_at,
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
    if (queued.has(event.id) || done.has(event.id) || ports.isKnown(event.id)) return
    if (ports.isSettled?.(event.id)) return setAside(event)
    const envelope = openEnvelope(event, me)
    if (envelope.ok && !ports.mayOpen(envelope.value.peer)) {
      held.set(event.id, event)
      handlers.onHeld?.(held.size)
      return
    }
    queued.add(event.id)
    // Own orders come before their answers, which would otherwise belong to no order yet.
    const isOwn = event.pubkey === me
    const goesFirst = isOwn || (envelope.ok && ports.isParty?.(envelope.value.peer))
    ;(goesFirst ? first : rest).push(event)
    opening ??= openQueued()
  }

  const subscribe = (): Subscription =>
    ports.pool.subscribe(
      [
        { kinds: [KIND.directMessage], authors: [me] },
        { kinds: [KIND.directMessage], '#p': [me] },
      ],
      {
        onEvent: take,
        onStored: (relay) =>
          void (opening ?? Promise.resolve()).then(() => handlers.onStored?.(relay)),
        onReading: handlers.onReading,
      },
      { overlap: OVERLAP_SECONDS },
    )
  let subscription = subscribe()

  function openAside(event: VerifiedEvent): void {
    aside.delete(event.id)
    if (queued.has(event.id) || ports.isKnown(event.id)) return
    queued.add(event.id)
    first.push(event)
    opening ??= openQueued()
  }

  return {
    openHeld() {
      const waiting = [...held.values()]
      held.clear()
      waiting.forEach(take)
      handlers.onHeld?.(held.size)
    },
    retry(eventIds) {
      const missing = eventIds.filter((id) => !aside.has(id))
      for (const id of eventIds) {
        const event = aside.get(id)
        if (event) openAside(event)
      }
      if (missing.length === 0) return
      ports.pool.subscribe([{ ids: missing }], { onEvent: openAside }, { storedOnly: true })
    },
    readAgain() {
      done.clear()
      subscription.close()
      subscription = subscribe()
    },
    close() {
      closed = true
      subscription.close()
    },
  }
}
