/** A relay that wants a proof of work for an order which no relay has taken: offered, computed, stopped. */
import { computed, onScopeDispose, shallowRef, type Ref } from 'vue'
import { proveWork } from '@/actions/proveWork'
import { orderKey, type OrderRef } from '@/domain/ids'
import { messageOf } from '@/domain/messageOf'
import type { OrderState } from '@/domain/order'
import { askedProof, type ProofProgress } from '@/domain/proofOfWork'
import { reachedRelayAt } from '@/domain/silence'
import { useOrdersStore } from '@/stores/orders'
import { useRelaysStore } from '@/stores/relays'
import { usePorts } from './usePorts'
import { useSendPorts } from './useSendPorts'

export function useOrderProof(order: Readonly<Ref<OrderState | null>>) {
  const ports = usePorts()
  const sendPorts = useSendPorts()
  const orders = useOrdersStore()
  const relays = useRelaysStore()
  const progress = shallowRef<ProofProgress | null>(null)
  const problem = shallowRef('')
  let stopping = new AbortController()

  /** What the easiest of the asking relays wants; null when none asks, or when one has taken it. */
  const offer = computed(() => {
    const current = order.value
    // Sent again, it is in the outbox anew, which does not know who has it since the first time.
    if (!current || reachedRelayAt(current) !== null) return null
    return askedProof(relays.deliveriesOf(current.placedEventId) ?? [])
  })

  async function prove(): Promise<void> {
    const current = order.value
    const bits = offer.value?.bits
    if (!current || !bits || progress.value) return
    progress.value = { bits, tries: 0 }
    problem.value = ''
    stopping = new AbortController()
    try {
      const send = await sendPorts()
      if (!send) throw new Error('Sign in first: the order has to be signed anew.')
      const onProgress = (tries: number) => (progress.value = { bits, tries })
      const work = { bits, onProgress, signal: stopping.signal }
      const reread = (ref: OrderRef) => orders.reread(orderKey(ref))
      const mine = await ports.mineProof()
      const done = await proveWork({ ...send, mine, reread }, current, work)
      if (!done.ok) problem.value = done.reason
    } catch (error) {
      problem.value = messageOf(error)
    } finally {
      progress.value = null
    }
  }

  const stop = (): void => stopping.abort()
  onScopeDispose(stop)
  return { offer, progress, problem, prove, stop }
}
