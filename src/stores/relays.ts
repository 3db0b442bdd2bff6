/** How the relays do, and where each outgoing event stands with each of them. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { Delivery, RelayState } from '@/domain/delivery'

export const useRelaysStore = defineStore('relays', () => {
  const states = shallowRef<readonly RelayState[]>([])
  const deliveries = shallowReactive(new Map<string, readonly Delivery[]>())
  const heldMessages = shallowRef(0)
  /** Messages that could not be read: event id, and why. */
  const quarantined = shallowReactive(new Map<string, string>())

  const connected = computed(() => states.value.filter((state) => state.status === 'connected'))
  const deliveriesOf = (eventId: string | null): readonly Delivery[] | null =>
    (eventId && deliveries.get(eventId)) || null

  return { states, deliveries, heldMessages, quarantined, connected, deliveriesOf }
})
