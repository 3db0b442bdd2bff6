/** The fact that a payment arrived: proved by its preimage, or by the issuing wallet's word. */
import type { Fact } from '@/domain/order'

/** @param time unix seconds when this client learned of it */
export const provedFact = (paymentHash: string, preimage: string | null, time: number): Fact => ({
  type: 'payment-proved',
  id: `proved:${paymentHash}`,
  time,
  source: { kind: 'wallet' },
  paymentHash,
  preimage,
})
