/** Ordering anew what an order asked for: back into the cart, and from there through checkout. */
import { shallowRef, type Ref } from 'vue'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import { orderKey, type Address } from '@/domain/ids'
import type { OrderState } from '@/domain/order'
import { stockOf } from '@/domain/product'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { checkoutTo, stallTo } from './links'

export function useOrderAgain(order: Readonly<Ref<OrderState | null>>) {
  const router = useRouter()
  const carts = useCartsStore()
  const catalogue = useCatalogueStore()
  const problem = shallowRef('')

  /** Fills the cart up to what was ordered. Answers with what is not to be had any more. */
  function refill({ pricing }: OrderState, currency: string): string[] {
    const missing: string[] = []
    for (const { productAddress, quantity, name } of pricing?.lines ?? []) {
      const product = catalogue.product(productAddress)
      if (!product || stockOf(product) === 0) missing.push(name)
      else {
        const lines = carts.cart(product.stallAddress)?.lines ?? []
        const present = lines.find((line) => line.productAddress === productAddress)?.quantity ?? 0
        if (present < quantity) carts.add(product, currency, quantity - present)
      }
    }
    return missing
  }

  function target(current: OrderState, stallAddress: Address): RouteLocationRaw {
    const checkout = checkoutTo(stallAddress)
    return typeof checkout === 'string'
      ? checkout
      : { ...checkout, query: { from: orderKey(current) } }
  }

  /** Goes to a checkout with the same goods and details; placing it there makes a new order. */
  async function again(): Promise<void> {
    const current = order.value
    const pricing = current?.pricing
    const stall = pricing ? catalogue.stall(pricing.stallAddress) : null
    if (!current || !pricing || !stall) return void (await router.push('/'))
    const missing = refill(current, stall.currency)
    if (missing.length === pricing.lines.length) {
      problem.value = `Nothing of this order is offered any more: ${missing.join(', ')}.`
      return void (await router.push(stallTo(stall)))
    }
    if (stall.zones.some(({ id }) => id === pricing.zone.id)) {
      carts.setZone(stall.address, pricing.zone.id)
    }
    await router.push(target(current, stall.address))
  }

  return { again, problem }
}
