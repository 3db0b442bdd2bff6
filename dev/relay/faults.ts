/** Misbehaviour that a test can ask of the relay. */
import type { VerifiedEvent } from '@/protocol/event'

export interface RelayFaults {
  /** Answers OK false with the returned text and forgets the event; null lets it pass. */
  readonly refuse?: (event: VerifiedEvent) => string | null
  /** `ok`: events are taken in, but no OK is sent. `all`: nothing is heard and nothing is said. */
  readonly mute?: 'ok' | 'all'
  /** Milliseconds that everything the relay says is held back. */
  readonly delayMs?: number
}
