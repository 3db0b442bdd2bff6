/** Follows another tab that signed in as somebody else, or out. Runs once, in SessionEvents.vue. */
import { onScopeDispose, watch } from 'vue'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { useSharedComputerStore } from '@/stores/sharedComputer'
import { onTabs } from './tabTalk'
import { useSession } from './useSession'
import { useSigner } from './useSigner'

/** It also finds the signer after a reload: then the session begins as restoring. */
export function useOtherTabs(): void {
  const session = useSessionStore()
  const shared = useSharedComputerStore()
  const orders = useOrdersStore()
  const signer = useSigner()
  const { drop, restore, signOutHere } = useSession()

  // At once: after signing out there is no later, since this ends with the session.
  watch(
    () => session.status,
    (status) => {
      if (status !== 'restoring' && status !== 'signed-out') return
      // Orders are open without a signer too, while an extension or a bunker is missing.
      if (signer.value || orders.own) drop()
      if (status === 'restoring') void restore()
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    () => session.pubkey,
    (now, before) => {
      if (before && !now) orders.forgetHere(before)
    },
    { flush: 'sync' },
  )
  // A tab that was duplicated does not see the session that ends in the other one's storage.
  const stop = onTabs('souk-signed-out', (pubkey) => {
    const isOwn = session.isSessionOnly || shared.isOn
    if (isOwn && session.pubkey === pubkey) signOutHere()
  })
  onScopeDispose(stop)
}
