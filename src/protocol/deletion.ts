/** Deletion requests (NIP-09, kind 5). */
import type { Deletion } from '@/domain/catalogue'
import { isHex64, parseAddress, type Address, type EventId } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { KIND, type EventTemplate, type VerifiedEvent } from './event'

/**
 * Reads a deletion: the events and addresses that it names. Merchant software may write an empty
 * `e`, which names nothing; addresses of another author are left out.
 */
export function decodeDeletion(event: VerifiedEvent): Result<Deletion> {
  if (event.kind !== KIND.deletion) return fail(`kind ${event.kind} is not a deletion`)
  const values = (name: string): string[] =>
    event.tags.flatMap((tag) => (tag[0] === name && tag[1] !== undefined ? [tag[1]] : []))
  const ownAddresses = values('a').filter((text) => {
    const address = parseAddress(text)
    return address.ok && address.value.pubkey === event.pubkey
  })
  return ok({
    author: event.pubkey,
    eventIds: values('e').filter(isHex64) as EventId[],
    addresses: ownAddresses as Address[],
    time: event.created_at,
  })
}

/** Writes a deletion of events by id and of replaceable events by address. */
export function encodeDeletion(
  what: {
    readonly eventIds?: readonly EventId[]
    readonly addresses?: readonly Address[]
    readonly reason?: string
  },
  now: number,
): EventTemplate {
  const events = (what.eventIds ?? []).map((id) => ['e', id])
  const addresses = (what.addresses ?? []).map((address) => ['a', address])
  const kinds = (what.addresses ?? []).map((address) => address.split(':')[0] ?? '')
  const kindTags = [...new Set(kinds)].map((kind) => ['k', kind])
  return {
    kind: KIND.deletion,
    created_at: now,
    tags: [...events, ...addresses, ...kindTags],
    content: what.reason ?? '',
  }
}
