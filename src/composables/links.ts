/** Where things live in the app. */
import type { RouteLocationRaw } from 'vue-router'
import { orderKey, type OrderRef } from '@/domain/ids'
import type { Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'

export const productTo = ({ address }: Pick<Product, 'address'>): RouteLocationRaw => ({
  name: 'product',
  params: { address },
})

export const stallTo = ({ address }: Pick<Stall, 'address'>): RouteLocationRaw => ({
  name: 'stall',
  params: { address },
})

export const checkoutTo = (stall: string): RouteLocationRaw => ({
  name: 'checkout',
  params: { stall },
})

export const orderTo = (order: OrderRef): RouteLocationRaw => ({
  name: 'order',
  params: { key: orderKey(order) },
})

export const incomingTo = (order: OrderRef): RouteLocationRaw => ({
  name: 'incoming-order',
  params: { key: orderKey(order) },
})

export const categoryTo = (category: string): RouteLocationRaw => ({
  name: 'market',
  query: { category },
})
