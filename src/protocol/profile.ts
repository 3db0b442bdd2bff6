/** Merchant and customer profiles (NIP-01, kind 0). */
import * as v from 'valibot'
import type { Profile } from '@/domain/catalogue'
import { fail, ok, type Result } from '@/domain/result'
import { KIND, type EventTemplate, type VerifiedEvent } from './event'
import { lenientText, parseObject, parseWith } from './json'

const profileSchema = v.object({
  name: lenientText(200),
  display_name: lenientText(200),
  about: lenientText(10_000),
  picture: lenientText(2000),
  banner: lenientText(2000),
  website: lenientText(2000),
  nip05: lenientText(400),
  lud16: lenientText(400),
})

/** Reads a profile; every field may be missing. `display_name` wins over `name`. */
export function decodeProfile(event: VerifiedEvent): Result<Profile> {
  if (event.kind !== KIND.profile) return fail(`kind ${event.kind} is not a profile`)
  const content = parseObject(event.content)
  if (!content.ok) return content
  const body = parseWith(profileSchema, content.value)
  if (!body.ok) return body
  const { display_name: displayName, name, ...rest } = body.value
  return ok({
    pubkey: event.pubkey,
    ...rest,
    name: displayName.trim() || name.trim(),
    eventId: event.id,
    publishedAt: event.created_at,
  })
}

/**
 * Writes a profile. Fields that others wrote are kept by passing the old content along; a new name
 * replaces an old `display_name` too, which would hide it.
 */
export function encodeProfile(
  profile: Partial<Omit<Profile, 'pubkey' | 'eventId' | 'publishedAt'>>,
  now: number,
  oldContent: Readonly<Record<string, unknown>> = {},
): EventTemplate {
  const renamed = profile.name !== undefined && 'display_name' in oldContent
  const displayName = renamed ? { display_name: profile.name } : {}
  return {
    kind: KIND.profile,
    created_at: now,
    tags: [],
    content: JSON.stringify({ ...oldContent, ...displayName, ...profile }),
  }
}
