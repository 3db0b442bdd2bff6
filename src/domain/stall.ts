/** A stall: a merchant's counter with one currency and its shipping zones (kind 30017). */
import type { Address, EventId, Pubkey } from './ids'

/** Where a stall ships, with a base cost per order in the stall's currency. */
export interface ShippingZone {
  readonly id: string
  readonly name: string
  readonly cost: number
  /** Countries or regions, as the merchant wrote them. */
  readonly countries: readonly string[]
}

export interface Stall {
  readonly address: Address
  readonly merchant: Pubkey
  readonly id: string
  readonly name: string
  readonly description: string
  readonly currency: string
  readonly zones: readonly ShippingZone[]
  /** The event that said so, and when (unix seconds). */
  readonly eventId: EventId
  readonly publishedAt: number
}

/** How goods of a zone reach the customer. */
export type DeliveryKind = 'shipped' | 'digital' | 'pickup'

const DIGITAL = /\b(digital|online|download|e-?mail|virtual)\b/i
const PICKUP = /\b(pick-?\s?up|collect(ion)?|meet-?\s?up|p2p|in person)\b/i

/**
 * How a zone delivers, read from its id, name and countries, since NIP-15 has no field for it.
 * The LNbits nostrmarket names its automatic digital zone `online-<pubkey>`.
 */
export function deliveryKind(zone: Pick<ShippingZone, 'id' | 'name' | 'countries'>): DeliveryKind {
  const words = [zone.name, ...zone.countries].join(' ')
  if (zone.id.startsWith('online-') || DIGITAL.test(words)) return 'digital'
  return PICKUP.test(words) ? 'pickup' : 'shipped'
}
