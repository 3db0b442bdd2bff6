/** Gives an order the proof of work that a relay asks for: computed first, then signed anew and sent. */
import type { OrderRef } from '@/domain/ids'
import type { OrderState } from '@/domain/order'
import { MAX_PROOF_BITS } from '@/domain/proofOfWork'
import { fail, ok, type Result } from '@/domain/result'
import { reachedRelayAt } from '@/domain/silence'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import type { Outbox, OutboxItem } from '@/protocol/relay'
import type { MineProof } from './ports'
import { dispatchMessage, NOT_IN_USE, type SendPorts } from './sendMessage'

export interface ProofPorts extends SendPorts {
  readonly mine: MineProof
  /** The order as it is stored now. */
  readonly reread: (ref: OrderRef) => OrderState | null
}

const TAKEN = 'A relay has taken the order as it is, so nothing is signed anew.'
const ASKING = 'A relay is being asked at this moment. Try again in some seconds.'
const STOPPED = 'You stopped it. The order is saved as it was, and goes on being sent.'

const itemOf = (outbox: Outbox, eventId: string | null): OutboxItem | null =>
  outbox.items().find(({ event }) => event.id === eventId) ?? null

const isTaken = ({ deliveries }: OutboxItem): boolean =>
  deliveries.some(({ outcome }) => outcome === 'accepted')

async function prove(
  { signer, mine, now }: ProofPorts,
  { kind, tags, content }: EventTemplate,
  work: ProofWork,
): Promise<Result<VerifiedEvent>> {
  const template = { kind, tags, content, created_at: now() }
  const job = { pubkey: signer.publicKey, template, bits: work.bits }
  const proved = await mine(job, work.onProgress, work.signal)
  if (!proved) return fail(STOPPED)
  const signed = await signer.sign(proved)
  return signed.ok ? signed : fail(signed.reason.message)
}

/**
 * While it was computed, this tab or another may have gone on with the message as it was
 * (`resumeSending`). Why the proof comes too late, or null once that is taken back too.
 */
function cameTooLate(
  { outbox, reread }: ProofPorts,
  { event }: OutboxItem,
  ref: OrderRef,
): string | null {
  const order = reread(ref)
  const again = itemOf(outbox, event.id)
  if (!order || reachedRelayAt(order) !== null || (again && isTaken(again))) return TAKEN
  return !again || outbox.withdraw(event.id) ? null : ASKING
}

/** What a person agreed to, and how to follow and stop it. */
export interface ProofWork {
  readonly bits: number
  readonly onProgress: (tries: number) => void
  readonly signal: AbortSignal
}

/**
 * Only for an order that no relay has taken: merchants ignore a second message for one order. The
 * message is taken back before the work begins and once more before the other is sent; when nothing
 * comes of the work, it goes on its way again as it was: at once, or by `resumeSending` when its
 * identity has left meanwhile and is back.
 */
export async function proveWork(
  ports: ProofPorts,
  order: OrderState,
  work: ProofWork,
): Promise<Result<true>> {
  const { outbox, journal } = ports
  const item = itemOf(outbox, order.placedEventId)
  const isElsewhere = reachedRelayAt(order) !== null
  if (!item || !order.request || isTaken(item) || isElsewhere) return fail(TAKEN)
  if (work.bits > MAX_PROOF_BITS) return fail('The relay asks for more than a browser can compute.')
  if (!outbox.withdraw(item.event.id)) return fail(ASKING)
  let proved: Result<VerifiedEvent> = fail(STOPPED)
  try {
    proved = await prove(ports, item.event, work)
  } finally {
    if (!proved.ok && journal.isOpen()) outbox.enqueue(item.event)
  }
  if (!proved.ok) return proved
  if (!journal.isOpen()) return fail(NOT_IN_USE)
  const late = cameTooLate(ports, item, order)
  if (late) return fail(late)
  const message = { type: 'order', request: order.request } as const
  const sent = dispatchMessage(ports, proved.value, order.merchant, message)
  return sent ? ok(true) : fail('The order is signed and kept; it goes out once there is room.')
}
