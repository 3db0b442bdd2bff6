/** Opens the outbox and keeps what relays answer to this identity's messages. Runs once, in SessionEvents.vue. */
import { onScopeDispose } from 'vue'
import { deliveryFact } from '@/actions/deliveryFact'
import { useOrdersStore } from '@/stores/orders'
import { useRelaysStore } from '@/stores/relays'
import { usePorts } from './usePorts'

export function useOutboxEvents(): void {
  const ports = usePorts()
  const orders = useOrdersStore()
  const relays = useRelaysStore()
  let disposed = false
  let stop = (): void => undefined

  async function start(): Promise<void> {
    const outbox = await ports.outbox()
    if (disposed) return
    for (const item of outbox.items()) relays.deliveries.set(item.event.id, item.deliveries)
    stop = outbox.onChange((item, answer) => {
      relays.deliveries.set(item.event.id, item.deliveries)
      const ref = answer && orders.orderOfEvent(item.event.id)
      const fact = ref && deliveryFact(item, answer, ports.now())
      if (ref && fact) orders.record(ref, [fact])
    })
  }

  void start()
  onScopeDispose(() => {
    disposed = true
    stop()
  })
}
