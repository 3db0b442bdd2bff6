/** Tells once when this device's clock is behind: what honest people send then looks as if from the future. */
import { checkClock } from '@/actions/checkClock'
import { lagWords } from '@/domain/clockLag'
import { isAhead } from '@/domain/dates'
import { useNoticesStore } from '@/stores/notices'
import { usePorts } from './usePorts'

/** Answers with a function that is told the date of each message; the first from the future has it checked. */
export function useClockCheck(): (time: number) => Promise<void> {
  const ports = usePorts()
  const notices = useNoticesStore()
  let isChecked = false
  return async (time) => {
    if (isChecked || !isAhead(time, ports.now())) return
    isChecked = true
    const lag = await checkClock(ports)
    if (lag === null) return
    notices.tell({
      tone: 'warning',
      title: `This device’s clock seems to be about ${lagWords(lag)} behind`,
      text: 'Set it: until then, what others send you now is not put in its right order.',
    })
  }
}
