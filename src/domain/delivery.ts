/** How far something signed has travelled, relay by relay, and how the relays themselves do. */

export interface RelayState {
  readonly url: string
  readonly status: 'connecting' | 'connected' | 'waiting' | 'closed'
  /** The last trouble in words, empty if there was none. */
  readonly problem: string
  /** Unix milliseconds of the next attempt while waiting. */
  readonly retryAt: number | null
}

/** Where sending stands with one event at one relay. */
export interface Delivery {
  readonly relay: string
  readonly outcome: 'pending' | 'accepted' | 'refused' | 'timed-out' | 'unreachable'
  /** The relay's words, or ours where it said nothing. Empty when accepted without a word. */
  readonly reason: string
  readonly attempts: number
  /** Unix milliseconds of the next attempt; null when there will be none. */
  readonly nextAttemptAt: number | null
}

/** A relay's address without its scheme: what a person recognises. */
export const relayName = (url: string): string => url.replace(/^wss?:\/\//, '').replace(/\/$/, '')
