/** When a key that nobody uses is locked. */

/** `usedAt` and `now` in unix seconds; 0 minutes is never. */
export const isTooLong = (usedAt: number, now: number, minutes: number): boolean =>
  minutes > 0 && now - usedAt >= minutes * 60
