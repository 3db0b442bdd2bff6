/** The exchange rate of a stall's currency, for estimates. Nothing breaks without one. */
import { shallowRef, watch, type Ref } from 'vue'
import { isSatCurrency } from '@/domain/money'
import { usePorts } from './usePorts'

/** Satoshi per unit of `currency`: 1 for sat, null while unknown, with why in `problem`. */
export function useExchangeRate(currency: () => string | null): {
  readonly satPerUnit: Readonly<Ref<number | null>>
  readonly problem: Readonly<Ref<string>>
  /** True while the answer is awaited. */
  readonly isLoading: Readonly<Ref<boolean>>
} {
  const { rates } = usePorts()
  const satPerUnit = shallowRef<number | null>(null)
  const problem = shallowRef('')
  const isLoading = shallowRef(false)

  watch(
    currency,
    async (code) => {
      problem.value = ''
      isLoading.value = false
      satPerUnit.value = code && isSatCurrency(code) ? 1 : null
      if (!code || isSatCurrency(code)) return
      if (!rates) {
        problem.value = 'This market has no source of exchange rates.'
        return
      }
      isLoading.value = true
      const rate = await rates.rateOf(code)
      if (currency() !== code) return
      isLoading.value = false
      if (rate.ok) satPerUnit.value = rate.value.satPerUnit
      else problem.value = rate.reason.message
    },
    { immediate: true },
  )
  return { satPerUnit, problem, isLoading }
}
