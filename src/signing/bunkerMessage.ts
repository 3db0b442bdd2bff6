/** What goes between this app and a bunker (NIP-46): kind 24133, encrypted with NIP-44. */
import { decrypt, encrypt, getConversationKey } from 'nostr-tools/nip44'
import { finalizeEvent } from 'nostr-tools/pure'
import type { Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import { parseObject } from '@/protocol/json'
import { verifyEvent } from '@/protocol/verifyEvent'
import { isNip44Text } from './ciphertext'

export interface BunkerRequest {
  readonly id: string
  readonly method: string
  readonly params: readonly string[]
}

/** A bunker's words to one request. `result` is not to be believed yet. */
export interface BunkerAnswer {
  readonly id: string
  readonly result: unknown
  /** Why it was not done; for `auth_url` the address. Empty when nothing is wrong. */
  readonly error: string
}

export const KIND_BUNKER = 24_133

/** A random name for one request: only who was asked can answer to it. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/** Signs with the key of the connection, which is not the person's. */
export function signAsClient(clientKey: Uint8Array, template: EventTemplate): VerifiedEvent {
  const { kind, created_at, content } = template
  const tags = template.tags.map((tag) => [...tag])
  const event = verifyEvent(finalizeEvent({ kind, created_at, content, tags }, clientKey))
  if (!event.ok) throw new Error(`An event that was just signed is not valid: ${event.reason}`)
  return event.value
}

/** Encryption and signing between one connection's key and a bunker's. */
export function createBunkerCodec(clientKey: Uint8Array, remoteSigner: Pubkey) {
  const conversation = getConversationKey(clientKey, remoteSigner)

  function write(request: BunkerRequest, now: number): VerifiedEvent {
    const content = encrypt(JSON.stringify(request), conversation)
    const tags = [['p', remoteSigner]]
    return signAsClient(clientKey, { kind: KIND_BUNKER, created_at: now, tags, content })
  }

  function read({ content }: VerifiedEvent): Result<BunkerAnswer> {
    if (!isNip44Text(content)) return fail('it is not encrypted as NIP-44 says')
    let text: string
    try {
      text = decrypt(content, conversation)
    } catch {
      return fail('it cannot be decrypted')
    }
    const json = parseObject(text)
    if (!json.ok) return json
    const { id, result, error } = json.value
    if (typeof id !== 'string') return fail('it answers no request')
    return ok({ id, result, error: typeof error === 'string' ? error : '' })
  }

  return { write, read }
}
