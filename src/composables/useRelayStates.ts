/** Shows how the relays do. Runs once, in App.vue. */
import { onScopeDispose } from 'vue'
import { useRelaysStore } from '@/stores/relays'
import { usePorts } from './usePorts'

export function useRelayStates(): void {
  const { pool } = usePorts()
  const relays = useRelaysStore()
  relays.states = pool.states()
  onScopeDispose(pool.onStates((states) => (relays.states = states)))
}
