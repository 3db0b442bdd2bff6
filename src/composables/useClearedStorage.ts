/** When another tab or the browser clears the storage: what is in memory of orders is stored again. */
import { onScopeDispose } from 'vue'
import { messageOf } from '@/domain/messageOf'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'

const TITLE = 'Something cleared what Souk had kept here'
const ON_PURPOSE =
  'To remove everything on purpose, use Delete everything under Settings, Your data.'

/** Souk itself never clears a storage as a whole, so this was not meant for it. */
export function useClearedStorage(): void {
  const orders = useOrdersStore()
  const session = useSessionStore()
  const notices = useNoticesStore()

  function putBack(): string {
    session.putBack()
    const count = orders.putBack()
    if (count === 0) return 'Carts and settings are gone.'
    const stored = count === 1 ? 'The order' : `The ${count} orders`
    return `${stored} open in this tab ${count === 1 ? 'was' : 'were'} stored again; carts and settings are gone.`
  }

  function onStorage({ key, storageArea }: StorageEvent): void {
    if (key !== null || storageArea !== localStorage) return
    try {
      notices.tell({ tone: 'warning', title: TITLE, text: `${putBack()} ${ON_PURPOSE}` })
    } catch (error) {
      notices.tell({ tone: 'danger', title: TITLE, text: messageOf(error), to: '/settings/data' })
    }
  }

  // Before the stores hear of it: to them a record that is gone was removed on purpose.
  window.addEventListener('storage', onStorage, { capture: true })
  onScopeDispose(() => window.removeEventListener('storage', onStorage, { capture: true }))
}
