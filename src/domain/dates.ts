/** Dates of messages and catalogue events: their author sets them, and may set any. */

/** Clocks differ. What is dated further ahead than this, in seconds, is not believed. */
const MAX_AHEAD = 15 * 60

/**
 * True for a date that lies too far ahead to put anything in order by it. What bears it still counts
 * for what it says; it just never counts as the newest.
 *
 * @param time unix seconds, as its author wrote it
 * @param now unix seconds
 */
export const isAhead = (time: number, now: number): boolean => time > now + MAX_AHEAD

/** Unix seconds from which on a date is believed. */
export const believedFrom = (time: number): number => time - MAX_AHEAD
