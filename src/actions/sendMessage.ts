/** Sends one message: encode, encrypt, sign, store the signed bytes, hand them to the outbox. */
import type { Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import type { OrderMessage } from '@/domain/orderMessage'
import { ok, type Result } from '@/domain/result'
import { sealEnvelope } from '@/protocol/directMessage'
import type { VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import type { Outbox } from '@/protocol/relay'
import type { Signer, SignerProblem } from '@/protocol/signer'
import { attribute, type Attributed } from './messageFact'
import type { Clock, DecodeInvoice, SendJournal } from './ports'
import { journalReceived } from './receiveMessage'

export interface SendPorts {
  readonly signer: Signer
  readonly outbox: Outbox
  readonly journal: SendJournal
  readonly decodeInvoice: DecodeInvoice
  readonly now: Clock
}

/** While it was signed, somebody may have signed out, locked or switched the key. */
export const NOT_IN_USE =
  'Nothing was sent: the key that it was written with is not in use any more. Sign in with that key, or unlock it, and try again.'

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

/** The signed bytes as a fact: whoever has the order can send the very same message again. */
const signedFact = (event: VerifiedEvent): Fact => ({
  type: 'signed',
  id: `signed:${event.id}`,
  time: event.created_at,
  source: { kind: 'client' },
  eventId: event.id,
  event: JSON.stringify(event),
})

/**
 * A text has no order that would keep its bytes: it is handed over first, and taken back when it
 * finds no room among what was said. One that a relay is being asked for already is sent, and comes
 * back from the relays.
 */
function dispatchText(
  { outbox, journal }: Pick<SendPorts, 'outbox' | 'journal'>,
  event: VerifiedEvent,
  text: Attributed,
): void {
  if (!journal.isOpen()) throw new Error(NOT_IN_USE)
  outbox.enqueue(event)
  try {
    journalReceived(text, event.pubkey, journal)
  } catch (error) {
    if (outbox.withdraw(event.id)) throw error
  }
}

/**
 * Keeps a signed message and hands it to the outbox. A message of an order is stored in one write
 * with its own bytes, before the outbox has them: so it is either not signed yet or never lost, and
 * `resumeSending` hands over what a closed page left behind. Throws when nothing could be stored, as
 * when its identity is not in use any more; then nothing is sent.
 *
 * @returns false when it is stored and the outbox could not take it yet
 */
export function dispatchMessage(
  ports: Pick<SendPorts, 'outbox' | 'journal' | 'decodeInvoice'>,
  event: VerifiedEvent,
  recipient: Pubkey,
  message: OrderMessage,
): boolean {
  const frame = { eventId: event.id, author: event.pubkey, recipient, time: event.created_at }
  const attributed = attribute(frame, message, ports.decodeInvoice)
  if (attributed.type === 'text') {
    dispatchText(ports, event, attributed)
    return true
  }
  ports.journal.record(attributed.ref, [attributed.fact, signedFact(event)])
  try {
    ports.outbox.enqueue(event)
    return true
  } catch {
    return false
  }
}

/**
 * Seals and dispatches a message. Delivery goes on in the outbox; the result is about signing.
 * Throws when the message cannot be stored, or is stored and cannot be handed over.
 */
export async function sendMessage(
  ports: SendPorts,
  recipient: Pubkey,
  message: OrderMessage,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const sealed = await sealMessage(ports, recipient, message)
  if (!sealed.ok) return sealed
  if (dispatchMessage(ports, sealed.value, recipient, message)) return ok(sealed.value)
  throw new Error(
    'The message is signed and kept, but there was no room to send it. Make room in this browser and reload the page: it goes out then.',
  )
}
