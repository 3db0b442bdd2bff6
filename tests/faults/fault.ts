/** What a fault is: it stands in the way of the frames of one connection and lets through what it likes. */

export type Direction = 'to-relay' | 'to-client'

/** One text frame on its way. */
export interface Frame {
  readonly direction: Direction
  readonly text: string
}

/** One client's connection through a faulty relay, as its faults see it. */
export interface Link {
  /** Seeded: the n-th connection of a relay with the same seed draws the same numbers. */
  readonly random: () => number
  /** Tells the client something, past all faults. */
  say(...message: readonly unknown[]): void
  /** The same, as raw text. */
  sayRaw(text: string): void
  /** Bytes that the client has not taken yet: a flood waits for them. */
  unsent(): number
  /** Cuts the connection without a goodbye. */
  cut(): void
  /** Counts a frame that a fault has spoilt. */
  spoilt(fault: string): void
  /** Runs later, unless the connection has ended by then. */
  later(ms: number, run: () => void): void
  /** Runs again and again until the connection ends. */
  every(ms: number, run: () => void): void
}

export type Next = (frame: Frame) => void
/** Passes a frame on as often as it likes: never, once, changed, twice, or later. */
export type Handler = (frame: Frame, next: Next) => void

export interface Fault {
  readonly name: string
  /** Called for each connection; returns what is done with its frames. */
  readonly attach: (link: Link) => Handler
  /** True when not even the websocket handshake is answered. */
  readonly stallsHandshake?: boolean
}

export const pass: Handler = (frame, next) => next(frame)

/** The frame as a JSON array, or null: garbage and what is too large to be worth it. */
export function messageOf({ text }: Frame): readonly unknown[] | null {
  if (text.length > 1_000_000) return null
  try {
    const message: unknown = JSON.parse(text)
    return Array.isArray(message) ? message : null
  } catch {
    return null
  }
}

/** `EVENT`, `REQ`, `OK` and so on; empty for what is no message. */
export const typeOf = (frame: Frame): string => /^\s*\[\s*"([A-Z]+)"/.exec(frame.text)?.[1] ?? ''

/** An event inside of a frame, as far as faults look at it. */
export interface RawEvent {
  readonly id: string
  readonly pubkey: string
  readonly created_at: number
  readonly kind: number
  readonly tags: readonly (readonly string[])[]
  readonly content: string
  readonly sig: string
}

/** The event that a client publishes or a relay delivers with this frame, or null. */
export function eventOf(frame: Frame): RawEvent | null {
  if (typeOf(frame) !== 'EVENT') return null
  const message = messageOf(frame)
  const event = message?.[frame.direction === 'to-relay' ? 1 : 2]
  return typeof event === 'object' && event !== null && 'id' in event ? (event as RawEvent) : null
}
