/** Tells the customer that an order cannot be processed: a payment request without options. */
import type { OrderRef } from '@/domain/ids'
import type { Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import type { SignerProblem } from '@/protocol/signer'
import { sendMessage, type SendPorts } from './sendMessage'

/** Ends an order id with the merchant's reason. */
export function refuseOrder(
  ports: SendPorts,
  ref: OrderRef,
  reason: string,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const { orderId, customer } = ref
  return sendMessage(ports, customer, {
    type: 'payment-request',
    orderId,
    text: reason,
    options: [],
  })
}
