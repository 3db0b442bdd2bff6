/** Works on one order at a time in all tabs, with the order as it is stored now. */
import type { WithOrder } from '@/actions/ports'
import { orderKey } from '@/domain/ids'
import { useOrdersStore } from '@/stores/orders'
import { withTabLock } from './tabLock'

export function useWithOrder(): WithOrder {
  const orders = useOrdersStore()
  return (ref, task) =>
    withTabLock(`souk-order:${orderKey(ref)}`, () => task(orders.reread(orderKey(ref))))
}
