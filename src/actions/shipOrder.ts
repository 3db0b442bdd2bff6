/** Tells the customer that an order is on its way, or not yet after all. */
import type { OrderState } from '@/domain/order'
import type { Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import type { SignerProblem } from '@/protocol/signer'
import { sendMessage, type SendPorts } from './sendMessage'

/** Sends the shipping status with the merchant's own words. The paid state is said as it stands. */
export function shipOrder(
  ports: SendPorts,
  order: Pick<OrderState, 'orderId' | 'customer' | 'settlement'>,
  shipped: boolean,
  text: string,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const paid = order.settlement === 'paid-proved' || order.settlement === 'paid-claimed'
  const { orderId, customer } = order
  return sendMessage(ports, customer, { type: 'status', orderId, paid, shipped, text })
}
