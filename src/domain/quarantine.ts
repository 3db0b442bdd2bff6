/** Messages that could not be read: kept by reference with the reason, never with what they say. */
import type { EventId, Pubkey } from './ids'

export interface QuarantineEntry {
  readonly eventId: EventId
  readonly author: Pubkey
  /** Unix seconds, as its author wrote it. */
  readonly time: number
  readonly reason: string
  /** True when the signer or the storage failed: the message itself may be fine. */
  readonly retryable: boolean
  /** Unix seconds when it was last tried. */
  readonly triedAt: number
  /** Which Souk tried it: another one may read more. */
  readonly build: string
}

/** Messages that share a reason. */
export interface QuarantineGroup {
  readonly reason: string
  readonly entries: readonly QuarantineEntry[]
}

const MAX_ENTRIES = 300
const MAX_REASON = 200

/** A reason without the words of the message that some schemas quote. */
export const safeReason = (reason: string): string =>
  reason.replace(/ but received .*$/s, '').slice(0, MAX_REASON)

/** Each message once, as it was tried last; of too many the most recently tried. */
export function mergeEntries(
  present: readonly QuarantineEntry[],
  more: readonly QuarantineEntry[],
): readonly QuarantineEntry[] {
  const byId = new Map([...present, ...more].map((entry) => [entry.eventId, entry]))
  return [...byId.values()].sort((a, b) => b.triedAt - a.triedAt).slice(0, MAX_ENTRIES)
}

/** By reason, the most frequent first. */
export function groupByReason(entries: readonly QuarantineEntry[]): readonly QuarantineGroup[] {
  const groups = new Map<string, QuarantineEntry[]>()
  for (const entry of entries) {
    groups.set(entry.reason, [...(groups.get(entry.reason) ?? []), entry])
  }
  return [...groups]
    .map(([reason, list]) => ({ reason, entries: list }))
    .sort((a, b) => b.entries.length - a.entries.length || (a.reason < b.reason ? -1 : 1))
}

const isSentence = (reason: string): boolean => /^\p{Lu}.*\.$/su.test(reason)

/** What happened, in a sentence for people: reasons that are none are for those who write clients. */
export function whatHappened({ reason, entries }: QuarantineGroup): string {
  if (isSentence(reason)) return reason
  if (entries.some(({ retryable }) => retryable)) return 'Something failed while it was opened.'
  if (reason === 'message is empty') return 'There is nothing in it.'
  if (/^message is longer|too long$/.test(reason)) return 'It is longer than a message can be.'
  // These are about the outside of a message, and come from protocol/directMessage.ts.
  if (/^(it|kind) /.test(reason)) return 'It is not encrypted or addressed as messages are.'
  return 'It is meant to be about an order, but something in it is missing or wrong.'
}
