/** Sends one order message: encode, encrypt, sign, store, hand to the outbox. */
import type { Pubkey } from '@/domain/ids'
import type { OrderMessage } from '@/domain/orderMessage'
import { ok, type Result } from '@/domain/result'
import { sealEnvelope } from '@/protocol/directMessage'
import type { VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import type { Outbox } from '@/protocol/relay'
import type { Signer, SignerProblem } from '@/protocol/signer'
import { attribute } from './messageFact'
import type { Clock, DecodeInvoice, Journal } from './ports'
import { journalReceived } from './receiveMessage'

export interface SendPorts {
  readonly signer: Signer
  readonly outbox: Outbox
  readonly journal: Journal
  readonly decodeInvoice: DecodeInvoice
  readonly now: Clock
}

/** Encrypts and signs a message to `recipient` without sending it. */
export async function sealMessage(
  { signer, now }: Pick<SendPorts, 'signer' | 'now'>,
  recipient: Pubkey,
  message: OrderMessage,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const ciphertext = await signer.nip04Encrypt(recipient, encodeOrderMessage(message))
  if (!ciphertext.ok) return ciphertext
  return signer.sign(sealEnvelope(recipient, ciphertext.value, now()))
}

/**
 * Stores a signed message in the outbox and its fact in the journal, in this order: bytes that are
 * stored are sent sooner or later, and a fact alone would claim a message that nobody can send.
 */
export function dispatchMessage(
  ports: Pick<SendPorts, 'outbox' | 'journal' | 'decodeInvoice'>,
  event: VerifiedEvent,
  recipient: Pubkey,
  message: OrderMessage,
): void {
  ports.outbox.enqueue(event)
  const frame = { eventId: event.id, author: event.pubkey, recipient, time: event.created_at }
  journalReceived(attribute(frame, message, ports.decodeInvoice), event.pubkey, ports.journal)
}

/** Seals and dispatches a message. Delivery goes on in the outbox; the result is about signing. */
export async function sendMessage(
  ports: SendPorts,
  recipient: Pubkey,
  message: OrderMessage,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const sealed = await sealMessage(ports, recipient, message)
  if (!sealed.ok) return sealed
  dispatchMessage(ports, sealed.value, recipient, message)
  return ok(sealed.value)
}
