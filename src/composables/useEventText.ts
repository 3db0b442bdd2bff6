/** One event as its author published it, asked from the relays when the person wants to see it. */
import { ref } from 'vue'
import { findEvent } from '@/actions/findEvent'
import type { EventId } from '@/domain/ids'
import { usePorts } from './usePorts'

export function useEventText(eventId: () => EventId) {
  const { pool } = usePorts()
  const state = ref<'unasked' | 'asking' | 'shown' | 'failed'>('unasked')
  /** The event as JSON, or why it cannot be shown. */
  const text = ref('')

  async function ask(): Promise<void> {
    if (state.value === 'asking') return
    state.value = 'asking'
    const found = await findEvent(pool, eventId())
    state.value = found.ok ? 'shown' : 'failed'
    text.value = found.ok ? JSON.stringify(found.value, null, 2) : found.reason
  }

  return { state, text, ask }
}
