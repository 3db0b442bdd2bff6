/** The fixed exchange rates of the embedded market. */

const SAT_PER_BTC = 100_000_000
/** Price of one bitcoin. */
const PRICES: Readonly<Record<string, number>> = { EUR: 90_000, USD: 100_000 }

export const CURRENCIES = Object.keys(PRICES)

/** Price of a bitcoin and satoshi per unit, or null for a currency that is not allowed. */
export function rateOf(currency: string): { rate: number; price: number } | null {
  const price = PRICES[currency.toUpperCase()]
  return price === undefined ? null : { rate: SAT_PER_BTC / price, price }
}

/** Whole satoshi for an amount, cut off as LNbits does. Null for an unknown currency. */
export function toSat(amount: number, unit: string): number | null {
  if (unit === 'sat') return Math.trunc(amount)
  const rate = rateOf(unit)
  return rate && Math.trunc(amount * rate.rate)
}

/** The answer of LNbits to a conversion, or null for an unknown currency. */
export function convert(
  from: string,
  amount: number,
  to: string,
): Readonly<Record<string, number>> | null {
  const sats = toSat(amount, from)
  if (sats === null) return null
  if (from !== 'sat') return { [from.toUpperCase()]: amount, sats, BTC: sats / SAT_PER_BTC }
  const answer: Record<string, number> = { BTC: amount / SAT_PER_BTC, sats }
  for (const currency of to.split(',').map((name) => name.trim())) {
    const rate = rateOf(currency)
    if (!rate) return null
    answer[currency.toUpperCase()] = amount / rate.rate
  }
  return answer
}
