/** Rounding as the merchant software rounds, and prices in words for any currency. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPrice, formatSat, isSatCurrency, isoCurrency, roundHalfEven } from '@/domain/money'

describe('rounding half to even', () => {
  it.each([
    [214.5, 214],
    [215.5, 216],
    [112.5, 112],
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, -0],
    [-1.5, -2],
    [2.4999999, 2],
    [2.5000001, 3],
    [7, 7],
  ])('%d becomes %d', (value, rounded) => {
    expect(roundHalfEven(value) + 0).toBe(rounded + 0)
  })

  it('differs from ordinary rounding only at halves', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (value) => {
        const half = value - Math.floor(value) === 0.5
        if (!half) expect(roundHalfEven(value)).toBe(Math.round(value))
        else expect(roundHalfEven(value) % 2).toBe(0)
      }),
    )
  })
})

describe('currencies', () => {
  it.each(['sat', 'SATS', ' Satoshi ', 'satoshis'])('%s is satoshi', (name) => {
    expect(isSatCurrency(name)).toBe(true)
  })

  it.each(['EUR', 'msat', '', 'btc'])('%s is not satoshi', (name) => {
    expect(isSatCurrency(name)).toBe(false)
  })

  it('knows codes that Intl can take', () => {
    expect(isoCurrency(' eur ')).toBe('EUR')
    expect(isoCurrency('euros')).toBeNull()
  })

  it('writes any price in any currency without failing', () => {
    const amount = fc.oneof(fc.double(), fc.integer())
    fc.assert(
      fc.property(amount, fc.string({ unit: 'binary' }), (value, currency) => {
        expect(typeof formatPrice({ amount: value, currency }, 'en')).toBe('string')
      }),
    )
  })

  it.each([
    [{ amount: 12300, currency: 'sat' }, '12,300 sat'],
    [{ amount: 9.9, currency: 'eur' }, '€9.90'],
    [{ amount: 9.9, currency: 'shells' }, '9.9 shells'],
    [{ amount: 1, currency: '' }, '1'],
  ])('%o reads %s', (price, text) => {
    expect(formatPrice(price, 'en')).toBe(text)
  })

  it('keeps the currencies of many prices apart', () => {
    const codes = Array.from({ length: 26 }, (_, n) => `X${String.fromCharCode(65 + n)}`)
    const all = codes.flatMap((start) => ['Q', 'W', 'Y'].map((end) => start + end))
    const write = (currency: string) => formatPrice({ amount: 2, currency }, 'en')
    const first = all.map(write)
    expect(new Set(first).size).toBe(all.length)
    expect(all.map(write)).toEqual(first)
  })

  it('shows fractions of a satoshi only where they exist', () => {
    expect([formatSat(1, 'en'), formatSat(1.001, 'en')]).toEqual(['1 sat', '1.001 sat'])
  })
})
