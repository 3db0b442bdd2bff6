/** Goes on where a closed page stopped: sends what was signed, empties ordered carts. Runs once, in SessionEvents.vue. */
import { onScopeDispose, watch } from 'vue'
import { resumeSending } from '@/actions/resumeSending'
import type { Address } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import { useAttemptsStore } from '@/stores/attempts'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useCartSettling } from './usePlacing'
import { usePorts } from './usePorts'
import { useSigner } from './useSigner'

/** A tab that closes leaves its work to the others: they look for it this often. */
const LOOK_AGAIN_MS = 60_000

export function useUnfinished(): void {
  const ports = usePorts()
  const orders = useOrdersStore()
  const attempts = useAttemptsStore()
  const notices = useNoticesStore()
  const settle = useCartSettling()
  const signer = useSigner()
  let told = ''

  async function resume(): Promise<void> {
    for (const stall of attempts.all().keys()) settle(stall as Address)
    const outbox = await ports.outbox()
    resumeSending(outbox, [...orders.placed, ...orders.incoming])
  }

  /** Each trouble once, not every minute. */
  function tell(error: unknown): void {
    const text = messageOf(error)
    if (text !== told) notices.tell({ tone: 'danger', title: 'A message could not be sent', text })
    told = text
  }

  const run = (): void => {
    if (orders.own !== null) resume().catch(tell)
  }

  watch([() => orders.own, signer], run, { immediate: true })
  const timer = setInterval(run, LOOK_AGAIN_MS)
  onScopeDispose(() => clearInterval(timer))
}
