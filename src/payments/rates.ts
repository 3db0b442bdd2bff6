/** Exchange rates from an LNbits server: satoshi per unit of a currency. */
import * as v from 'valibot'
import { isoCurrency, isSatCurrency } from '@/domain/money'
import { fail, ok, type Result } from '@/domain/result'
import type { ExchangeRate, RateSource, WalletProblem } from '@/domain/wallet'
import { askLnbits, type LnbitsAccess } from './lnbitsHttp'

export interface LnbitsRateOptions extends Omit<LnbitsAccess, 'invoiceKey'> {
  /** Unix seconds. */
  readonly now?: () => number
}

type RateResult = Result<ExchangeRate, WalletProblem>

const KEEP_SECONDS = 10 * 60
const RateAnswer = v.object({ rate: v.pipe(v.number(), v.finite(), v.gtValue(0)) })

const noSuchCurrency = (currency: string): WalletProblem => ({
  code: 'refused',
  message: `There is no exchange rate for "${currency.slice(0, 20)}": it is not a currency code. The merchant's invoice says what will be charged.`,
  retryable: false,
})

/**
 * Rates from the public `/api/v1/rate/{currency}` of LNbits, each kept for ten minutes. `sat` is 1
 * and asks nobody. Calls at the same time share one request; a failure is not kept.
 */
export function createLnbitsRateSource(options: LnbitsRateOptions): RateSource {
  const now = options.now ?? (() => Math.floor(Date.now() / 1000))
  const known = new Map<string, ExchangeRate>()
  const asked = new Map<string, Promise<RateResult>>()

  async function ask(currency: string): Promise<RateResult> {
    const request = { method: 'GET', path: `/api/v1/rate/${currency}`, answer: RateAnswer } as const
    const answer = await askLnbits(options, request)
    asked.delete(currency)
    if (!answer.ok) return answer
    const rate = { currency, satPerUnit: answer.value.rate, at: now() }
    known.set(currency, rate)
    return ok(rate)
  }

  return {
    async rateOf(name) {
      if (isSatCurrency(name)) return ok({ currency: 'sat', satPerUnit: 1, at: now() })
      const currency = isoCurrency(name)
      if (!currency) return fail(noSuchCurrency(name))
      const kept = known.get(currency)
      if (kept && now() - kept.at < KEEP_SECONDS) return ok(kept)
      const running = asked.get(currency) ?? ask(currency)
      asked.set(currency, running)
      return running
    },
  }
}
