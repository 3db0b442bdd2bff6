/** The recorded traffic of real merchant software, typed. */
import type { OrderId, Pubkey } from '@/domain/ids'
import type { UnverifiedEvent } from '@/protocol/event'
import recorded from '../fixtures/nostrmarket/recorded-sessions.json' with { type: 'json' }

export interface RecordedSession {
  readonly name: string
  readonly outcome: {
    readonly paid?: boolean
    readonly shipped?: boolean
    readonly failed?: boolean
    readonly silent?: boolean
    readonly unfulfillable?: boolean
    readonly totalSat?: number
  }
  readonly customer: { readonly pubkey: string; readonly seckey: string }
  /** The order messages as the customer wrote them. */
  readonly orders: readonly { readonly id: string }[]
  /** Direct messages and product updates in order of arrival. */
  readonly events: readonly UnverifiedEvent[]
  readonly plaintext: readonly { readonly id: string; readonly text?: string }[]
}

export const SESSIONS: readonly RecordedSession[] = recorded.sessions
export const CATALOGUE_EVENTS: readonly UnverifiedEvent[] = recorded.catalogue
export const CATALOGUE_CHANGES: readonly UnverifiedEvent[] = recorded.catalogueChanges
export const RECORDED_MERCHANT = recorded.merchant.pubkey as Pubkey

/** Satoshi per unit of a currency at the fixed rates of the recording. */
export const recordedRate = (currency: string): number | null => {
  const rates: Readonly<Record<string, number>> = recorded.rates
  const perBitcoin = rates[currency]
  return perBitcoin === undefined ? null : 1e8 / perBitcoin
}

export const orderIdOf = (session: RecordedSession, index: number): OrderId =>
  session.orders[index]!.id as OrderId

/** A recorded session by a part of its name. */
export const sessionNamed = (words: string): RecordedSession =>
  SESSIONS.find((session) => session.name.includes(words))!
