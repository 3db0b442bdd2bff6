/** What customer and merchant say to each other about an order, whatever the dialect. */
import type { OrderId } from './ids'
import type { OrderRequest, PaymentOption } from './order'

export type OrderMessage =
  | { readonly type: 'order'; readonly request: OrderRequest }
  | {
      readonly type: 'payment-request'
      readonly orderId: OrderId
      readonly text: string
      /** Empty in a failure reply: the merchant cannot process the order. */
      readonly options: readonly PaymentOption[]
    }
  | {
      readonly type: 'status'
      readonly orderId: OrderId
      readonly text: string
      /** Null when the message does not say. */
      readonly paid: boolean | null
      readonly shipped: boolean | null
    }
  | { readonly type: 'text'; readonly text: string }
