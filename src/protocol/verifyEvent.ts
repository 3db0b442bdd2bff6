/** Checks an event's id and signature. Apart from the wire shape, since it brings the cryptography. */
import { verifyEvent as verifySignature } from 'nostr-tools/pure'
import { fail, ok, type Result } from '@/domain/result'
import { parseEvent, trustVerified, type VerifiedEvent } from './event'

/** Checks shape, id and signature (NIP-01, BIP-340) of a fresh copy and freezes it. */
export function verifyEvent(raw: unknown): Result<VerifiedEvent> {
  const parsed = parseEvent(raw)
  if (!parsed.ok) return parsed
  const { id, pubkey, created_at, kind, content, sig } = parsed.value
  const tags = parsed.value.tags.map((tag) => [...tag])
  try {
    if (!verifySignature({ id, pubkey, created_at, kind, content, sig, tags })) {
      return fail('id or signature does not fit')
    }
  } catch (error) {
    return fail(`signature cannot be checked: ${String(error)}`)
  }
  return ok(trustVerified(parsed.value))
}
