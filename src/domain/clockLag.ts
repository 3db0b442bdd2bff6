/** Whether this device's clock is behind: judged by dates on which many merchants and relays agree. */
import { isAhead } from './dates'
import type { Pubkey } from './ids'

export interface DatedEvent {
  readonly author: Pubkey
  /** Unix seconds, as its author wrote it. */
  readonly time: number
}

/**
 * A new key costs nothing, so the authors to be asked for are merchants with a stall here. Of those
 * one liar has one key, or one relay, or a few of either among honest ones.
 */
export const MIN_AUTHORS = 3
const MIN_RELAYS = 2

const middle = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

/** The middle of the figures that say so, when they are enough and more than half of all. */
function agreed(saying: readonly number[], all: number, least: number): number | null {
  if (saying.length < least || saying.length * 2 <= all) return null
  return middle([...saying].sort((a, b) => a - b))
}

/** How far the newest dates of one relay are ahead of the clock, each author counting once. */
function leadAt(events: readonly DatedEvent[], now: number): number | null {
  const newest = new Map<Pubkey, number>()
  for (const { author, time } of events) {
    newest.set(author, Math.max(time, newest.get(author) ?? -Infinity))
  }
  const ahead = [...newest.values()].filter((time) => isAhead(time, now)).map((time) => time - now)
  return agreed(ahead, newest.size, MIN_AUTHORS)
}

/**
 * Seconds by which the clock seems to be behind, or null where nothing says so.
 *
 * @param relays the newest events of merchants at each relay; one that gave none has no say
 * @param now unix seconds of the clock in question
 */
export function clockLag(relays: readonly (readonly DatedEvent[])[], now: number): number | null {
  const heard = relays.filter((events) => events.length > 0)
  const leads = heard.map((events) => leadAt(events, now)).filter((lead) => lead !== null)
  return agreed(leads, heard.length, MIN_RELAYS)
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `40 minutes`, `3 hours`, `2 days`: rounded, and never one of anything. */
export function lagWords(seconds: number): string {
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} minutes`
  if (seconds < 2 * DAY) return `${Math.round(seconds / HOUR)} hours`
  return `${Math.round(seconds / DAY)} days`
}
