/** Shipping zones in words. */
import type { DeliveryKind, ShippingZone } from '@/domain/stall'

/** What a zone's kind of delivery means to the customer. */
export const DELIVERY_WORDS: Readonly<Record<DeliveryKind, string>> = {
  shipped: 'Shipped to you',
  digital: 'Sent online, nothing is shipped',
  pickup: 'You collect it',
}

/** A zone's name; merchants may leave it empty. */
export const zoneName = (zone: Pick<ShippingZone, 'name' | 'countries'>): string =>
  zone.name.trim() || zone.countries.join(', ') || 'Shipping'

/** Countries of a zone in one line, cut where a merchant lists the whole world. */
export function zoneCountries(zone: Pick<ShippingZone, 'countries'>, most = 6): string {
  const { countries } = zone
  if (countries.length <= most) return countries.join(', ')
  return `${countries.slice(0, most).join(', ')} and ${countries.length - most} more`
}
