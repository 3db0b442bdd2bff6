/** The NIP-04 envelope (kind 4): who writes to whom, and the ciphertext. */
import { isHex64, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { KIND, tagValue, type EventTemplate, type VerifiedEvent } from './event'

export interface DirectMessage {
  readonly author: Pubkey
  readonly recipient: Pubkey
  /** Whoever of the two is not `me`. */
  readonly peer: Pubkey
  readonly ciphertext: string
}

/** Longer than the longest message that is read, encrypted. Checked before anything is decrypted. */
const MAX_CIPHERTEXT = 128 * 1024

const CIPHERTEXT = /^[A-Za-z0-9+/=]+\?iv=[A-Za-z0-9+/=]+$/

/**
 * Reads the outside of a direct message. The recipient is the first `p` tag, as merchant software
 * takes it; a message that is neither from nor to `me` is refused, and so is one in clear text.
 */
export function openEnvelope(event: VerifiedEvent, me: Pubkey): Result<DirectMessage> {
  if (event.kind !== KIND.directMessage) return fail(`kind ${event.kind} is not a direct message`)
  const recipient = tagValue(event, 'p')
  if (!isHex64(recipient)) return fail('it names no recipient')
  if (event.pubkey !== me && recipient !== me) return fail('it is neither from you nor to you')
  if (event.pubkey === recipient) return fail('it is from a key to itself')
  if (event.content.length > MAX_CIPHERTEXT) return fail('it is too long')
  if (!CIPHERTEXT.test(event.content)) return fail('it is not encrypted as NIP-04 says')
  const to = recipient as Pubkey
  return ok({
    author: event.pubkey,
    recipient: to,
    peer: event.pubkey === me ? to : event.pubkey,
    ciphertext: event.content,
  })
}

/** Writes a direct message around a NIP-04 ciphertext. `created_at` is now: merchants skip old dates. */
export const sealEnvelope = (
  recipient: Pubkey,
  ciphertext: string,
  now: number,
): EventTemplate => ({
  kind: KIND.directMessage,
  created_at: now,
  tags: [['p', recipient]],
  content: ciphertext,
})
