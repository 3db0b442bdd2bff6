/** Keeps one stored conversation within bounds: the newest texts, each of a bearable length. */
import type { Conversation, ConversationText } from '@/domain/conversation'
import type { Pubkey } from '@/domain/ids'
import type { ConversationDocuments } from '@/storage/conversationDocuments'

export const STORED_TEXTS = 500
export const TEXT_LENGTH = 20_000

/** A text that is too long ends in an ellipsis. */
export const bounded = (text: ConversationText): ConversationText =>
  text.text.length <= TEXT_LENGTH
    ? text
    : { ...text, text: `${text.text.slice(0, TEXT_LENGTH - 1)}…` }

function newestOf(stored: Conversation | null, more: readonly ConversationText[]) {
  const all = new Map([...(stored?.texts ?? []), ...more].map((text) => [text.eventId, text]))
  return [...all.values()]
    .sort((a, b) => b.time - a.time || (a.eventId < b.eventId ? -1 : 1))
    .slice(0, STORED_TEXTS)
}

/** Stores texts; where they are too many, the oldest make room. Throws a StorageError. */
export function shelve(
  documents: ConversationDocuments,
  peer: Pubkey,
  texts: readonly ConversationText[],
): void {
  const stored = documents.read(peer)
  const kept = newestOf(stored, texts)
  const ids = new Set(kept.map((text) => text.eventId))
  // A merge only ever adds: the record begins anew without what has to go.
  if (stored?.texts.some((text) => !ids.has(text.eventId))) documents.remove(peer)
  documents.addTexts(peer, kept)
}
