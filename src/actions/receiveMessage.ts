/** Opens one direct message: decrypt, decode, attribute. Whatever cannot be read comes back with why. */
import type { EventId, Pubkey } from '@/domain/ids'
import { openEnvelope } from '@/protocol/directMessage'
import type { VerifiedEvent } from '@/protocol/event'
import { decodeOrderMessage } from '@/protocol/orderMessage'
import type { Signer } from '@/protocol/signer'
import { attribute, type Attributed } from './messageFact'
import type { DecodeInvoice, Journal } from './ports'

export type Received =
  | Attributed
  | {
      readonly type: 'quarantined'
      readonly eventId: EventId
      readonly author: Pubkey
      /** Unix seconds, as its author wrote it. */
      readonly time: number
      readonly reason: string
      /** True when the signer did not answer: the message itself may be fine. */
      readonly retryable: boolean
    }

/** Reads a verified kind-4 event that is from or to the signer's own key. Never throws. */
export async function receiveMessage(
  event: VerifiedEvent,
  ports: { readonly signer: Signer; readonly decodeInvoice: DecodeInvoice },
): Promise<Received> {
  const refuse = (reason: string, retryable = false): Received => ({
    type: 'quarantined',
    eventId: event.id,
    author: event.pubkey,
    time: event.created_at,
    reason,
    retryable,
  })
  const envelope = openEnvelope(event, ports.signer.publicKey)
  if (!envelope.ok) return refuse(envelope.reason)
  const { author, recipient, peer, ciphertext } = envelope.value
  const plain = await ports.signer.nip04Decrypt(peer, ciphertext)
  if (!plain.ok) return refuse(plain.reason.message, plain.reason.code !== 'wrong-answer')
  const message = decodeOrderMessage(plain.value)
  if (!message.ok) return refuse(message.reason)
  const frame = { eventId: event.id, author, recipient, time: event.created_at }
  return attribute(frame, message.value, ports.decodeInvoice)
}

/** Stores what was received. A text belongs to the conversation with the other party. */
export function journalReceived(received: Attributed, me: Pubkey, journal: Journal): void {
  if (received.type === 'fact') {
    journal.record(received.ref, [received.fact])
    return
  }
  const peer = received.peers.find((key) => key !== me) ?? me
  journal.recordText(peer, received.text)
}
