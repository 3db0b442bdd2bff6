/** Facts that come after their identity has signed out or locked: kept in memory until it is back. */
import { orderKey, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import type { OrderRecord } from '@/domain/orderBook'

export interface LateFacts {
  add(ref: OrderRef, facts: readonly Fact[]): void
  /** Hands over what waits for an identity, on either side of its orders. */
  take(identity: Pubkey): readonly OrderRecord[]
}

export function createLateFacts(): LateFacts {
  const waiting = new Map<OrderKey, OrderRecord>()
  return {
    add(ref, facts) {
      const key = orderKey(ref)
      waiting.set(key, { ref, facts: [...(waiting.get(key)?.facts ?? []), ...facts] })
    },
    take(identity) {
      const taken = [...waiting].filter(
        ([, { ref }]) => ref.customer === identity || ref.merchant === identity,
      )
      for (const [key] of taken) waiting.delete(key)
      return taken.map(([, late]) => late)
    },
  }
}
