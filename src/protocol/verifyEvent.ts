/** Checks an event's id and signature. Apart from the wire shape, since it brings the cryptography. */
import { schnorr } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { fail, ok, type Result } from '@/domain/result'
import { parseEvent, trustVerified, type UnsignedEvent, type VerifiedEvent } from './event'

/** The id that an event must have: the hash of its canonical serialisation (NIP-01). */
export function idOf(event: Omit<UnsignedEvent, 'id'>): string {
  const { pubkey, created_at, kind, tags, content } = event
  const serialised = JSON.stringify([0, pubkey, created_at, kind, tags, content])
  return bytesToHex(sha256(utf8ToBytes(serialised)))
}

/** Checks shape, id and signature (NIP-01, BIP-340) of a fresh copy and freezes it. */
export function verifyEvent(raw: unknown): Result<VerifiedEvent> {
  const parsed = parseEvent(raw)
  if (!parsed.ok) return parsed
  const { id, pubkey, sig } = parsed.value
  if (idOf(parsed.value) !== id) return fail('its id is not the hash of what it says')
  try {
    if (!schnorr.verify(hexToBytes(sig), hexToBytes(id), hexToBytes(pubkey))) {
      return fail('its signature does not fit')
    }
  } catch (error) {
    return fail(`signature cannot be checked: ${String(error)}`)
  }
  return ok(trustVerified(parsed.value))
}
