/** Events as tests need them: really signed, encrypted, or only shaped like an event. */
import { encrypt } from 'nostr-tools/nip04'
import { finalizeEvent } from 'nostr-tools/pure'
import type { EventId, Pubkey } from '@/domain/ids'
import { KIND, trustVerified, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { EventTemplate } from '@/protocol/event'
import { CUSTOMER, MERCHANT, type Person } from './people'

/** Where time begins in tests: unix seconds. */
export const T0 = 1_800_000_000

/** A different event id, and 64 hex characters, for each number. */
export const hex64 = (n: number): string => n.toString(16).padStart(64, '0')
export const eventId = (n: number): EventId => hex64(n) as EventId

/** Signs a template and verifies the result, as it would come from a relay. */
export function signed(author: Person, template: EventTemplate): VerifiedEvent {
  const tags = template.tags.map((tag) => [...tag])
  const event = verifyEvent(finalizeEvent({ ...template, tags }, author.secretKey))
  if (!event.ok) throw new Error(event.reason)
  return event.value
}

/** An event without a genuine signature, for decoders: those get verified events only. */
export function unsigned(
  fields: Partial<EventTemplate> & { readonly pubkey?: Pubkey; readonly id?: EventId },
): VerifiedEvent {
  const { id = eventId(1), pubkey = MERCHANT.pubkey, kind = KIND.stall } = fields
  const { created_at = T0, tags = [], content = '' } = fields
  return trustVerified({ id, pubkey, kind, created_at, tags, content, sig: '0'.repeat(128) })
}

/** A template as its author would have published it, without a genuine signature. */
export const published = (template: EventTemplate, author: Pubkey = MERCHANT.pubkey) =>
  unsigned({ ...template, pubkey: author })

/** A signed and encrypted direct message. */
export function directMessage(
  text: string,
  {
    from = MERCHANT,
    to = CUSTOMER,
    time = T0,
    tags = [] as readonly (readonly string[])[],
  }: { from?: Person; to?: Person; time?: number; tags?: readonly (readonly string[])[] } = {},
): VerifiedEvent {
  return signed(from, {
    kind: KIND.directMessage,
    created_at: time,
    tags: [['p', to.pubkey], ...tags],
    content: encrypt(from.secretKey, to.pubkey, text),
  })
}
