/** Lengths of time in seconds, as figures and as words. */

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** `12:05`, or `1:02:05` from an hour on. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = twoDigits(whole % 60)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`
}

const count = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? '' : 's'}`

/** `12 minutes`, `40 seconds`: as one would say it, rounded down. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return count(whole, 'second')
  if (whole < 3600) return count(Math.floor(whole / 60), 'minute')
  if (whole < 86_400) return count(Math.floor(whole / 3600), 'hour')
  return count(Math.floor(whole / 86_400), 'day')
}

/** `under a minute`, `4 min`, `3 h`, `2 days`: how long somebody has been waiting. */
export function waitedFor(seconds: number): string {
  if (seconds < 60) return 'under a minute'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return count(Math.floor(seconds / 86_400), 'day')
}

/** `a moment ago`, `4 min ago`, `2 days ago`. */
export const agoWords = (seconds: number): string =>
  seconds < 60 ? 'a moment ago' : `${waitedFor(seconds)} ago`
