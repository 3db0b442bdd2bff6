/** Opens the outbox and keeps what relays answer to this identity's messages. Runs once, in SessionEvents.vue. */
import { onScopeDispose, watch } from 'vue'
import { deliveryFacts, isMessage } from '@/actions/deliveryFact'
import type { AppPorts } from '@/actions/ports'
import { useOrdersStore } from '@/stores/orders'
import { useRelaysStore } from '@/stores/relays'
import { usePorts } from './usePorts'
import { useSigner } from './useSigner'

type Outbox = Awaited<ReturnType<AppPorts['outbox']>>
type Item = ReturnType<Outbox['items']>[number]

export function useOutboxEvents(): void {
  const ports = usePorts()
  const orders = useOrdersStore()
  const relays = useRelaysStore()
  const signer = useSigner()
  let outbox: Outbox | null = null
  let disposed = false
  let stop = (): void => undefined

  /**
   * Records every answer that the item holds, not the newest alone: one may have come while nobody
   * listened, or just before the page was closed. Facts have names, so those known add nothing.
   */
  function recordAnswers(item: Item): boolean {
    const ref = orders.orderOfEvent(item.event.id)
    // The other party of an order may use this browser too: the answers are its author's.
    if (!ref || item.event.pubkey !== orders.own) return false
    const facts = deliveryFacts(item, ports.now())
    if (facts.length > 0) orders.record(ref, facts)
    return true
  }

  /** Messages wait for their author, whose orders may be locked; what is public has no order. */
  const hasNoOrder = (item: Item): boolean =>
    !isMessage(item) || (item.event.pubkey === orders.own && orders.isKnown(item.event.id))

  function follow(from: Outbox, item: Item): void {
    const { id } = item.event
    if (!from.items().some(({ event }) => event.id === id)) {
      relays.deliveries.delete(id)
      return
    }
    relays.deliveries.set(id, item.deliveries)
    if (recordAnswers(item) || hasNoOrder(item)) from.acknowledge(id)
  }

  /** A full storage must not keep the answers of other items from being recorded. */
  function followAll(from: Outbox): void {
    for (const item of from.items()) {
      try {
        follow(from, item)
      } catch {
        continue
      }
    }
  }

  async function start(): Promise<void> {
    const opened = await ports.outbox()
    if (disposed) return
    outbox = opened
    stop = opened.onChange((item) => follow(opened, item))
    followAll(opened)
  }

  void start()
  // Who just signed in may have answers waiting, and relays that asked who sends.
  watch([signer, () => orders.own], () => {
    if (!outbox) return
    followAll(outbox)
    if (signer.value) outbox.retryNow()
  })
  onScopeDispose(() => {
    disposed = true
    stop()
  })
}
