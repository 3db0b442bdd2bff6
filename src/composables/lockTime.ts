/** When a key that nobody uses is locked. */

/** What is dated further ahead than this was noted before the clock was set back. */
const AHEAD_SECONDS = 60

/** `usedAt` and `now` in unix seconds; 0 minutes is never. */
export const isTooLong = (usedAt: number, now: number, minutes: number): boolean =>
  minutes > 0 && (now - usedAt >= minutes * 60 || usedAt - now > AHEAD_SECONDS)
