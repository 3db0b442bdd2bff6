/** What a customer filled in before: for an order that is made anew, or was stored and never signed. */
import { computed, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import { isUnsigned } from '@/domain/attempt'
import { orderKey } from '@/domain/ids'
import { useOrdersStore } from '@/stores/orders'

export function useRememberedDetails(stallAddress: () => string) {
  const route = useRoute()
  const orders = useOrdersStore()

  const found = computed(() => {
    const { from } = route.query
    if (typeof from === 'string') return orders.order(from)
    return (
      orders.placed.find(
        (one) => isUnsigned(one) && one.pricing?.stallAddress === stallAddress(),
      ) ?? null
    )
  })
  const isKept = shallowRef(false)
  const order = shallowRef(found.value)
  watch(found, (next) => {
    if (!isKept.value) order.value = next
  })
  const details = computed(() => {
    const request = order.value?.request
    if (!request) return undefined
    const { name, address, message, contact } = request
    return { name, address, message, email: contact.email ?? '', phone: contact.phone ?? '' }
  })
  /** Changes when other details come to light: the form then begins with them. */
  const source = computed(() => (order.value ? orderKey(order.value) : ''))

  /** From now on the form belongs to the person: what another tab stores does not change it. */
  const keep = (): void => void (isKept.value = true)

  return { details, source, keep }
}
