/** How an order travels to the relays: where it stands, sending again, signing what was not signed. */
import { computed, type Ref } from 'vue'
import type { OrderState } from '@/domain/order'
import { useRelaysStore } from '@/stores/relays'
import { usePlacing } from './usePlacing'
import { usePorts } from './usePorts'

export function useOrderDelivery(order: Readonly<Ref<OrderState | null>>) {
  const ports = usePorts()
  const relays = useRelaysStore()
  const { step, problem, place } = usePlacing()

  const deliveries = computed(() => relays.deliveriesOf(order.value?.placedEventId ?? null))
  const unsigned = computed(() => order.value !== null && order.value.placedEventId === null)
  const busy = computed(() => (step.value ? 'Signing' : ''))

  async function retry(): Promise<void> {
    const eventId = order.value?.placedEventId
    if (eventId) (await ports.outbox()).retryNow(eventId)
  }

  async function signAndSend(): Promise<void> {
    const { merchant, request, pricing } = order.value ?? {}
    if (merchant && request && pricing) await place(merchant, request, pricing)
  }

  return { deliveries, unsigned, busy, problem, retry, signAndSend }
}
