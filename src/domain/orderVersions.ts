/**
 * Which order message counts when several came under one id. Dates are the customer's own word, so a
 * later message can be dated before the one that was invoiced.
 */
import type { FactOf, OrderRequest, Fact } from './order'

/** True when two requests ask for the same goods, sent the same way to the same place. */
export const sameRequest = (a: OrderRequest, b: OrderRequest): boolean =>
  JSON.stringify([a.lines, a.shippingId, a.address]) ===
  JSON.stringify([b.lines, b.shippingId, b.address])

/**
 * The version that the merchant's client was about to invoice; else the one that this client meant
 * to place; else the one with the earliest date. Of several that were meant, as when one was signed
 * anew with a proof of work, a relay's word decides, then the date.
 *
 * @param facts those that may count, in their order
 */
export function countingVersion(facts: readonly Fact[]): FactOf<'placed'> | null {
  const versions = facts.filter((fact) => fact.type === 'placed')
  const invoiced = facts.find((fact) => fact.type === 'invoice-intended')?.placedEventId
  const intended = facts.find((fact) => fact.type === 'intended')?.request
  const taken = new Set<string>(
    facts.flatMap((fact) => (fact.type === 'accepted-by-relay' ? [fact.eventId] : [])),
  )
  const meant = versions.filter(({ request }) => intended && sameRequest(request, intended))
  return (
    versions.find(({ id }) => id === invoiced) ??
    meant.find(({ id }) => taken.has(id)) ??
    meant.at(-1) ??
    versions[0] ??
    null
  )
}
