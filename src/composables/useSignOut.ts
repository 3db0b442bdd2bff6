/** Signing out: says first what would be lost by it, and goes on only when the person wants to. */
import { shallowRef } from 'vue'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { usePorts } from './usePorts'
import { useSession } from './useSession'

/** What no relay and no copy could give back. */
export interface Losses {
  /** Signed messages that no relay has accepted yet. */
  readonly unsent: number
  /** Orders that were never signed. */
  readonly unsigned: number
  /** Orders with prices, consents or payments that only this browser has noted. */
  readonly onlyHere: number
  /** `tab`: gone with this tab; `kept`: under a password in this browser; `elsewhere`: not here. */
  readonly key: 'tab' | 'kept' | 'elsewhere'
  /** While the key is locked nobody can tell what is in the orders. */
  readonly locked: boolean
}

export function useSignOut() {
  const ports = usePorts()
  const session = useSessionStore()
  const orders = useOrdersStore()
  const { signOut } = useSession()
  /** Not null while the person is asked. */
  const losses = shallowRef<Losses | null>(null)

  async function countUnsent(): Promise<number> {
    const items = (await ports.outbox()).items()
    return items.filter(
      ({ event, deliveries }) =>
        event.pubkey === session.pubkey &&
        !deliveries.some(({ outcome }) => outcome === 'accepted'),
    ).length
  }

  const keyPlace = (): Losses['key'] => {
    if (session.record?.method !== 'local') return 'elsewhere'
    return session.isLockable ? 'kept' : 'tab'
  }

  async function ask(): Promise<void> {
    const found: Losses = {
      unsent: await countUnsent().catch(() => 0),
      unsigned: orders.placed.filter(({ placedEventId }) => placedEventId === null).length,
      onlyHere: orders.countOnlyHere(),
      key: keyPlace(),
      locked: session.status === 'locked',
    }
    const isFree = found.key === 'elsewhere' && found.unsent + found.unsigned + found.onlyHere === 0
    if (isFree) signOut()
    else losses.value = found
  }

  function leave(): void {
    losses.value = null
    signOut()
  }

  const stay = (): void => void (losses.value = null)

  return { losses, ask, leave, stay }
}
