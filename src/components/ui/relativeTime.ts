/** Times in words, as a person would say them. */
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number, number])[] = [
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, DAY],
  ['day', DAY, 7 * DAY],
]

/** `just now`, `4 minutes ago`, `in 2 hours`, `yesterday`; beyond a week the date. Unix seconds. */
export function relativeTime(at: number, now: number, locale?: string): string {
  const away = Math.abs(now - at)
  if (away < 45) return 'just now'
  const unit = UNITS.find(([, , limit]) => away < limit)
  if (!unit) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at * 1000)
  const [name, size] = unit
  const count = Math.max(1, Math.floor(away / size)) * Math.sign(at - now)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(count, name)
}

/** Date and time in full, for a hover. Unix seconds. */
export const exactTime = (at: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(at * 1000)
