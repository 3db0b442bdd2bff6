/** Amounts and currencies. Lightning counts integer millisatoshi; a price keeps its currency. */
import type { Brand } from './ids'

/** Whole satoshi. */
export type Sat = Brand<number, 'Sat'>
/** Whole millisatoshi, the unit of a Lightning invoice. */
export type Msat = Brand<number, 'Msat'>

/** An amount in a stall's own currency: `sat` or a free-text code, usually ISO 4217. */
export interface Price {
  readonly amount: number
  readonly currency: string
}

const SAT_NAMES = new Set(['sat', 'sats', 'satoshi', 'satoshis'])

/** True for the spellings of satoshi that merchants use as a currency. */
export const isSatCurrency = (currency: string): boolean =>
  SAT_NAMES.has(currency.trim().toLowerCase())

/** Whole satoshi as millisatoshi. */
export const toMsat = (sat: Sat): Msat => (sat * 1000) as Msat

/** Millisatoshi as satoshi, which may be fractional: show it, never charge it. */
export const msatAsSat = (msat: Msat): number => msat / 1000

/**
 * Rounds half to even, as Python's `round` does in the LNbits nostrmarket
 * (214.5 → 214, 215.5 → 216). `Math.round` differs.
 */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

const ISO_CODE = /^[A-Za-z]{3}$/

/** The ISO-4217-shaped code of a free-text currency, or null where `Intl` would throw. */
export const isoCurrency = (currency: string): string | null =>
  ISO_CODE.test(currency.trim()) ? currency.trim().toUpperCase() : null

/** Merchants choose their currencies, so there could be any number. */
const MAX_FORMATTERS = 50
const formatters = new Map<string, Intl.NumberFormat>()

/** Making a formatter takes far longer than using it, and a page shows many prices. */
function formatterFor(
  locale: string | undefined,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const key = JSON.stringify([locale, options])
  const known = formatters.get(key)
  if (known) return known
  if (formatters.size >= MAX_FORMATTERS) formatters.clear()
  const made = new Intl.NumberFormat(locale, options)
  formatters.set(key, made)
  return made
}

/** `12,300 sat`. Fractions of a satoshi are shown only where they exist. */
export function formatSat(sat: number, locale?: string): string {
  return `${formatterFor(locale, { maximumFractionDigits: 3 }).format(sat)} sat`
}

/** A price in words: `12,300 sat`, `€9.90`, or `9.9 shells` for a currency `Intl` does not know. */
export function formatPrice(price: Price, locale?: string): string {
  if (isSatCurrency(price.currency)) return formatSat(price.amount, locale)
  const code = isoCurrency(price.currency)
  if (code) return formatterFor(locale, { style: 'currency', currency: code }).format(price.amount)
  const amount = formatterFor(locale, { maximumFractionDigits: 8 }).format(price.amount)
  return `${amount} ${price.currency.slice(0, 12)}`.trim()
}
