/** Asks before the page is left while a key would be lost by it. Runs once, in SessionEvents.vue. */
import { onScopeDispose } from 'vue'
import { useSessionStore } from '@/stores/session'

export function useReloadWarning(): void {
  const session = useSessionStore()
  function onLeave(event: BeforeUnloadEvent): void {
    if (session.isFragile && session.isSessionOnly) event.preventDefault()
  }
  window.addEventListener('beforeunload', onLeave)
  onScopeDispose(() => window.removeEventListener('beforeunload', onLeave))
}
