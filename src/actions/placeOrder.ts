/** Places an order: stores the intent, signs, stores order and bytes, hands them to the outbox. */
import type { OrderId, OrderRef, Pubkey } from '@/domain/ids'
import type { Fact, OrderPricing, OrderRequest } from '@/domain/order'
import { ok, type Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import type { SignerProblem } from '@/protocol/signer'
import { dispatchMessage, sealMessage, type SendPorts } from './sendMessage'

/** Where placing an order stands. */
export type PlacingStep = 'saving' | 'signing' | 'sending'

/** A new order id: 122 random bits (UUID version 4), so unique among all merchants of a server. */
export function createOrderId(): OrderId {
  return crypto.randomUUID() as OrderId
}

/** The fact that this client is about to place an order. */
export const intendedFact = (request: OrderRequest, pricing: OrderPricing, time: number): Fact => ({
  type: 'intended',
  id: `intended:${request.orderId}`,
  time,
  source: { kind: 'client' },
  request,
  pricing,
})

/** The fact that an order which was never signed is given up for another. */
export const withdrawnFact = (orderId: OrderId, time: number): Fact => ({
  type: 'withdrawn',
  id: `withdrawn:${orderId}`,
  time,
  source: { kind: 'client' },
})

/**
 * Places an order with a merchant. When signing fails the intent stays stored, so the same order
 * can be signed later. Throws for an order that no merchant would answer, and when it cannot be
 * stored: then nothing was signed or sent.
 */
export async function placeOrder(
  ports: SendPorts,
  merchant: Pubkey,
  request: OrderRequest,
  pricing: OrderPricing,
  onStep: (step: PlacingStep) => void = () => undefined,
): Promise<Result<{ ref: OrderRef; event: VerifiedEvent }, SignerProblem>> {
  const ref: OrderRef = { merchant, customer: ports.signer.publicKey, orderId: request.orderId }
  const message = { type: 'order', request } as const
  encodeOrderMessage(message) // Throws before an order is stored that can never be sent.
  onStep('saving')
  ports.journal.record(ref, [intendedFact(request, pricing, ports.now())])
  onStep('signing')
  const sealed = await sealMessage(ports, merchant, message)
  if (!sealed.ok) return sealed
  onStep('sending')
  // Where the outbox cannot take it now, the order is stored all the same: its page says so.
  dispatchMessage(ports, sealed.value, merchant, message)
  return ok({ ref, event: sealed.value })
}
