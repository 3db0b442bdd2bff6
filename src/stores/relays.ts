/** How the relays do, and where each outgoing event stands with each of them. */
import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { Delivery, RelayState } from '@/domain/delivery'
import type { Recovery, RelayProgress } from '@/domain/recovery'

export const useRelaysStore = defineStore('relays', () => {
  const states = shallowRef<readonly RelayState[]>([])
  const deliveries = shallowReactive(new Map<string, readonly Delivery[]>())
  const heldMessages = shallowRef(0)
  /** How far the messages of the identity in use have been read back. */
  const readings = shallowReactive(new Map<string, RelayProgress>())
  const opened = shallowRef({ opened: 0, waiting: 0 })
  const recovery = computed<Recovery>(() => ({ relays: readings, ...opened.value }))

  const connected = computed(() => states.value.filter((state) => state.status === 'connected'))
  const deliveriesOf = (eventId: string | null): readonly Delivery[] | null =>
    (eventId && deliveries.get(eventId)) || null

  return { states, deliveries, heldMessages, readings, opened, recovery, connected, deliveriesOf }
})
