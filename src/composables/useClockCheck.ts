/** Tells once when this device's clock is behind: what honest people send then looks as if from the future. */
import { checkClock } from '@/actions/checkClock'
import { lagWords, MIN_AUTHORS } from '@/domain/clockLag'
import { isAhead } from '@/domain/dates'
import { useCatalogueStore } from '@/stores/catalogue'
import { useNoticesStore } from '@/stores/notices'
import { usePorts } from './usePorts'

/** Relays that did not answer, as while this device is offline, are not asked again before. */
const AGAIN_SECONDS = 10 * 60

/**
 * Answers with a function that is told the date of each message; one from the future has the clock
 * checked, until a check was answered.
 */
export function useClockCheck(): (time: number) => Promise<void> {
  const ports = usePorts()
  const catalogue = useCatalogueStore()
  const notices = useNoticesStore()
  let isChecked = false
  let nextAt = 0

  const isDue = (): boolean =>
    !isChecked && ports.now() >= nextAt && catalogue.merchants.size >= MIN_AUTHORS

  return async (time) => {
    if (!isAhead(time, ports.now()) || !isDue()) return
    nextAt = ports.now() + AGAIN_SECONDS
    const { lag, isAnswered } = await checkClock(ports, catalogue.merchants)
    isChecked ||= isAnswered
    if (lag === null) return
    isChecked = true
    notices.tell({
      tone: 'warning',
      title: `This device’s clock seems to be about ${lagWords(lag)} behind`,
      text: 'Set it: until then, what others send you now is not put in its right order.',
    })
  }
}
