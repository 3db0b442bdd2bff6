/** What the app asks of its relays (NIP-01, NIP-42). The pool in relays/ answers. */
import type { Delivery, RelayState } from '@/domain/delivery'
import type { VerifiedEvent } from './event'

export type { Delivery, RelayState }

/** A NIP-01 filter. `#x` keys match tags. */
export interface Filter {
  readonly ids?: readonly string[]
  readonly authors?: readonly string[]
  readonly kinds?: readonly number[]
  readonly since?: number
  readonly until?: number
  readonly limit?: number
  readonly search?: string
  readonly [tag: `#${string}`]: readonly string[]
}

/**
 * One relay's answer to one event. `refused` carries the relay's own words after its prefix
 * (`blocked`, `invalid`, `rate-limited`, `auth-required`, `restricted`, `pow`, `error`);
 * a `duplicate:` is `accepted`.
 */
export interface PublishAnswer {
  readonly relay: string
  readonly outcome: 'accepted' | 'refused' | 'timed-out' | 'unreachable'
  /** The relay's words, or ours where it said nothing. Empty when accepted without a word. */
  readonly reason: string
  /** True for a refusal that may end by itself: the relay asks who sends, and nobody could answer yet. */
  readonly passing?: true
}

/**
 * How far one relay has got with what it has stored: `reading` until it has sent all, `silent` when it
 * stopped answering, `partial` when a part could not be had, `failed` when it refused or is not there.
 */
export interface RelayReading {
  readonly state: 'reading' | 'read' | 'silent' | 'partial' | 'failed'
  /** Genuine events that it has sent, those that another relay had sent before too. */
  readonly received: number
  /** Why it failed, in words; empty otherwise. */
  readonly reason: string
}

export interface SubscriptionHandlers {
  /** Every event once, verified, from whichever relay delivered a genuine copy first. */
  readonly onEvent: (event: VerifiedEvent, relay: string) => void
  /** A relay has sent all that it had stored. Called once a relay, after its events. */
  readonly onStored?: (relay: string) => void
  /** A relay ended or could not serve the subscription; it is asked again after reconnecting. */
  readonly onClosed?: (relay: string, reason: string) => void
  /** A relay has sent more of what it has stored, or has come to an end with it. */
  readonly onReading?: (relay: string, reading: RelayReading) => void
}

export interface SubscribeOptions {
  /** Only these relays instead of all of the pool. */
  readonly relays?: readonly string[]
  /** End after the stored events. */
  readonly storedOnly?: boolean
  /** Seconds before the last receipt that are asked again after a gap; ten minutes by default. */
  readonly overlap?: number
}

export interface Subscription {
  close(): void
}

export interface RelayPool {
  readonly urls: readonly string[]
  subscribe(
    filters: readonly Filter[],
    handlers: SubscriptionHandlers,
    options?: SubscribeOptions,
  ): Subscription
  /** Sends to each relay side by side and resolves with one answer a relay, always. */
  publish(
    event: VerifiedEvent,
    options?: {
      readonly relays?: readonly string[]
      readonly onAnswer?: (answer: PublishAnswer) => void
    },
  ): Promise<readonly PublishAnswer[]>
  states(): readonly RelayState[]
  /** Calls back on every change; returns the way to stop. */
  onStates(listener: (states: readonly RelayState[]) => void): () => void
  close(): void
}

/** A signed event on its way. The same bytes go out on every attempt. */
export interface OutboxItem {
  readonly event: VerifiedEvent
  readonly deliveries: readonly Delivery[]
  /** Unix seconds when it was handed in. */
  readonly queuedAt: number
}

/** Keeps outbox items across reloads. */
export interface OutboxStorage {
  load(): readonly OutboxItem[]
  read(eventId: string): OutboxItem | null
  /** Throws when the item cannot be kept: then nothing must be sent. */
  save(item: OutboxItem): void
  remove(eventId: string): void
  /** Calls back when another tab stored or removed an item; returns the way to stop. */
  onChange?(listener: (eventId: string) => void): () => void
}

/** Owns delivery: stores first, then sends, retries and reports. */
export interface Outbox {
  /**
   * Stores the signed event, then delivers it in the background. Throws if it cannot be stored. A
   * replaceable event takes the place of an older one that waits; one that is older itself is not
   * queued, and the newer one is returned.
   */
  enqueue(event: VerifiedEvent, relays?: readonly string[]): OutboxItem
  /** Tries everything that is still pending again, now. */
  retryNow(eventId?: string): void
  /** Those that relays still have to answer, and those whose answers nobody has acknowledged. */
  items(): readonly OutboxItem[]
  /**
   * Calls back on each relay's answer, on each change of schedule, and when an item has left; returns
   * the way to stop.
   */
  onChange(listener: (item: OutboxItem, answer: Delivery | null) => void): () => void
  /** What relays answered about it is recorded: an item with nothing left to do may be forgotten. */
  acknowledge(eventId: string): void
  /** Takes back an event that no relay has accepted and none is being asked for. False otherwise. */
  withdraw(eventId: string): boolean
  /** Forgets all that an author had to send, and sends none of it. */
  forget(author: string): void
  close(): void
}
