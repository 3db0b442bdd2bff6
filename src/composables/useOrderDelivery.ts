/** How an order travels to the relays: where it stands, sending again, signing what was not signed. */
import { computed, shallowRef, type Ref } from 'vue'
import { resendOrder } from '@/actions/resendOrder'
import { isUnsigned } from '@/domain/attempt'
import type { Delivery } from '@/domain/delivery'
import { orderKey, type OrderKey } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import type { OrderState } from '@/domain/order'
import { useOrdersStore } from '@/stores/orders'
import { useRelaysStore } from '@/stores/relays'
import { usePlacing, type Choice } from './usePlacing'
import { usePorts } from './usePorts'

export function useOrderDelivery(order: Readonly<Ref<OrderState | null>>) {
  const ports = usePorts()
  const orders = useOrdersStore()
  const relays = useRelaysStore()
  const placing = usePlacing()
  const resending = shallowRef(false)
  const resendProblem = shallowRef('')

  /** Sent again it is in the outbox anew: a relay that took it the first time has it all the same. */
  const deliveries = computed(() => {
    const { placedEventId = null, relayAnswers = [] } = order.value ?? {}
    const taken = new Set(relayAnswers.flatMap((one) => (one.accepted ? [one.relay] : [])))
    const inOutbox = relays.deliveriesOf(placedEventId)
    return (
      inOutbox?.map((one): Delivery =>
        taken.has(one.relay)
          ? { ...one, outcome: 'accepted', reason: '', nextAttemptAt: null }
          : one,
      ) ?? null
    )
  })
  const unsigned = computed(() => order.value !== null && isUnsigned(order.value))
  const busy = computed(() => (placing.step.value ? 'Signing' : ''))

  /** Goes on with what waits in the outbox; what is not there any more is sent from its kept bytes. */
  async function resend(): Promise<void> {
    const current = order.value
    if (!current || resending.value) return
    resending.value = true
    resendProblem.value = ''
    try {
      const { pool, now } = ports
      const journal = orders.journalOf(current.customer)
      const outbox = await ports.outbox()
      const sent = await resendOrder({ outbox, pool, now, journal }, current)
      if (!sent.ok) resendProblem.value = sent.reason
    } catch (error) {
      resendProblem.value = messageOf(error)
    } finally {
      resending.value = false
    }
  }

  /** Asks impatiently for what is under way already: that is no sending again. */
  async function retry(): Promise<void> {
    const eventId = order.value?.placedEventId
    const outbox = await ports.outbox()
    const waits = outbox.items().some(({ event }) => event.id === eventId)
    if (eventId && waits) outbox.retryNow(eventId)
    else await resend()
  }

  /** Another tab may have signed it meanwhile. */
  function choose(key: OrderKey): Choice {
    const current = orders.reread(key)
    if (current?.placedEventId) return { placed: key }
    const { request, pricing } = current ?? {}
    if (!current || !isUnsigned(current) || !request || !pricing) {
      return { problem: 'This order was given up for another one. Look under Orders.' }
    }
    return { request, pricing }
  }

  async function signAndSend(): Promise<void> {
    const current = order.value
    if (!current?.pricing) return
    const key = orderKey(current)
    await placing.place(current.merchant, current.pricing.stallAddress, () => choose(key))
  }

  return {
    deliveries,
    unsigned,
    busy,
    problem: placing.problem,
    retry,
    signAndSend,
    resend,
    resending,
    resendProblem,
  }
}
