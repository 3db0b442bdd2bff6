/** What actions ask of the rest of the app, beside the ports of protocol/ and domain/. */
import type { ConversationText } from '@/domain/conversation'
import type { OrderRef, Pubkey } from '@/domain/ids'
import type { DecodedInvoice, InvoiceProblem } from '@/domain/invoice'
import type { Fact } from '@/domain/order'
import type { Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'

/** Keeps facts and texts. Each call throws when they cannot be stored: then nothing may be sent. */
export interface Journal {
  record(ref: OrderRef, facts: readonly Fact[]): void
  recordText(peer: Pubkey, text: ConversationText): void
}

export type DecodeInvoice = (text: string) => Result<DecodedInvoice, InvoiceProblem>

/** Verified catalogue events kept on this device. */
export interface EventCache {
  putAll(events: readonly VerifiedEvent[]): Promise<void>
  readAll(kinds: readonly number[]): Promise<readonly VerifiedEvent[]>
}

/** The local clock, in unix seconds. */
export type Clock = () => number
