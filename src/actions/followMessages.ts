/** Keeps orders and conversations live: follows the direct messages from and to one key. */
import type { EventId, Pubkey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import { createWaitingRoom } from '@/domain/waitingRoom'
import { openEnvelope } from '@/protocol/directMessage'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import type { RelayPool, RelayReading, Subscription } from '@/protocol/relay'
import type { Signer } from '@/protocol/signer'
import type { Attributed } from './messageFact'
import { createMessageQueue } from './messageQueue'
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
  /** Unix seconds. */
  readonly now?: () => number
  /** So many characters of messages wait to be opened at once; the rest is asked for later. */
  readonly room?: number
}

export interface FollowMessagesHandlers {
  readonly onReceived?: (received: Attributed, event: VerifiedEvent) => void
  readonly onQuarantined?: (message: Extract<Received, { type: 'quarantined' }>) => void
  readonly onStored?: (relay: string) => void
  /** How many messages wait unopened, or found no room to wait. */
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
/** Unopened messages are held for the peers who wrote last. */
const HELD = { keys: 200, items: 50 }
/** Longer ones are not held: they are asked for again. */
const HELD_LENGTH = 8_000
/** Of so many more it is known that they wrote. */
const MAX_LEFT_OUT = 10_000

/** Starts following. Messages are opened one after another; a bad one never stops the next. */
export function followMessages(
  ports: FollowMessagesPorts,
  handlers: FollowMessagesHandlers = {},
): MessageFollower {
  const me = ports.signer.publicKey
  const done = new Set<EventId>()
  const aside = new Map<EventId, VerifiedEvent>()
  const leftOut = new Map<Pubkey, number>()
  const held = createWaitingRoom<Pubkey, VerifiedEvent>({
    ...HELD,
    idOf: ({ id }) => id,
    timeOf: ({ created_at }) => created_at,
    now: ports.now,
    onDropped: (_event, peer) => leaveOut(peer),
  })
  const queue = createMessageQueue({
    open: (event) => open(event).catch((error: unknown) => failed(event, error)),
    onLeftOut: askForTheRest,
    room: ports.room,
  })
  let opened = 0
  let readBefore = 0
  let closed = false

  /** Only while it helps: a signer that opens nothing is not asked the same for ever. */
  function askForTheRest(): void {
    if (done.size === readBefore) return
    readBefore = done.size
    subscribeAgain()
  }

  function setAside(event: VerifiedEvent): void {
    aside.set(event.id, event)
    const [oldest] = aside.keys()
    if (aside.size > MAX_ASIDE && oldest) aside.delete(oldest)
  }

  const tellOpened = (): void => handlers.onOpened?.(opened, queue.size())

  async function open(event: VerifiedEvent): Promise<void> {
    if (closed) return
    const received = await receiveMessage(event, ports)
    if (closed) return
    opened++
    done.add(event.id)
    tellOpened()
    if (received.type === 'quarantined') {
      if (received.retryable) done.delete(event.id)
      setAside(event)
      handlers.onQuarantined?.(received)
      return
    }
    journalReceived(received, me, ports.journal)
    handlers.onReceived?.(received, event)
  }

  function failed(event: VerifiedEvent, error: unknown): void {
    done.delete(event.id)
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

  function leaveOut(peer: Pubkey): void {
    const count = leftOut.get(peer) ?? 0
    if (count > 0 || leftOut.size < MAX_LEFT_OUT) leftOut.set(peer, count + 1)
  }

  function hold(event: VerifiedEvent, peer: Pubkey): void {
    if (event.content.length > HELD_LENGTH) leaveOut(peer)
    else held.add(peer, event)
    tellHeld()
  }

  function tellHeld(): void {
    const waiting = held.keys().reduce((sum, peer) => sum + held.of(peer).length, 0)
    handlers.onHeld?.([...leftOut.values()].reduce((sum, count) => sum + count, waiting))
  }

  function take(event: VerifiedEvent): void {
    if (done.has(event.id) || ports.isKnown(event.id)) return
    if (ports.isSettled?.(event.id)) return setAside(event)
    const envelope = openEnvelope(event, me)
    if (envelope.ok && !ports.mayOpen(envelope.value.peer)) return hold(event, envelope.value.peer)
    // Own orders come before their answers, which would otherwise belong to no order yet.
    const isOwn = event.pubkey === me
    const isParty = envelope.ok && (ports.isParty?.(envelope.value.peer) ?? false)
    queue.add(event, isOwn || isParty)
  }

  const subscribe = (): Subscription =>
    ports.pool.subscribe(
      [
        { kinds: [KIND.directMessage], authors: [me] },
        { kinds: [KIND.directMessage], '#p': [me] },
      ],
      {
        onEvent: take,
        onStored: (relay) => void queue.settled().then(() => handlers.onStored?.(relay)),
        onReading: handlers.onReading,
      },
      { overlap: OVERLAP_SECONDS },
    )
  let subscription = subscribe()

  /** Asks for everything once more: what was opened is not opened again. */
  function subscribeAgain(): void {
    if (closed) return
    subscription.close()
    subscription = subscribe()
  }

  function openAside(event: VerifiedEvent): void {
    aside.delete(event.id)
    if (!ports.isKnown(event.id)) queue.add(event, true)
  }

  return {
    openHeld() {
      for (const peer of held.keys().filter(ports.mayOpen)) held.take(peer).forEach(take)
      const found = [...leftOut.keys()].filter(ports.mayOpen)
      for (const peer of found) leftOut.delete(peer)
      if (found.length > 0) subscribeAgain()
      tellHeld()
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
      subscribeAgain()
    },
    close() {
      closed = true
      subscription.close()
    },
  }
}
