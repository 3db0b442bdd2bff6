/** Plain texts of one identity in localStorage, sealed: one record a peer. */
import * as v from 'valibot'
import { newestTexts, type Conversation, type ConversationText } from '@/domain/conversation'
import { toPubkey, type Pubkey } from '@/domain/ids'
import { fail, type Result } from '@/domain/result'
import { createDocumentStore } from './documents'
import type { DocumentFormat } from './documentText'
import { createMergedDocuments, unionById } from './mergedDocuments'
import { eventIdSchema, parseWith, pubkeySchema, timeSchema } from './schemas'
import { sealedOptions, type SealedPorts } from './sealedPorts'

export interface ConversationDocuments {
  read(peer: Pubkey): Conversation | null
  readAll(): Map<Pubkey, Conversation>
  /**
   * Adds the texts that the stored record lacks, the oldest making room, and returns the whole. Throws
   * a StorageError; then nothing was changed.
   */
  addTexts(peer: Pubkey, texts: readonly ConversationText[]): Conversation
  onChange(listener: (peer: Pubkey, conversation: Conversation | null) => void): () => void
  /** Stops following other tabs. */
  close(): void
}

const conversationSchema: v.GenericSchema<unknown, Conversation> = v.object({
  peer: pubkeySchema,
  texts: v.array(
    v.object({
      eventId: eventIdSchema,
      author: pubkeySchema,
      time: timeSchema,
      text: v.string(),
    }),
  ),
})

const parseShape = parseWith(conversationSchema)

function parseConversation(data: unknown, key: string): Result<Conversation> {
  const shape = parseShape(data)
  if (!shape.ok) return shape
  return shape.value.peer === key ? shape : fail('it belongs to another peer')
}

/** Bounded here, so that a tab which adds what it knows brings nothing back that had to go. */
function unionOfTexts(present: readonly ConversationText[], more: readonly ConversationText[]) {
  const known = new Set(present.map(({ eventId }) => eventId))
  const newest = newestTexts(unionById(present, more, ({ eventId }) => eventId))
  return newest.every(({ eventId }) => known.has(eventId)) ? present : newest
}

function union(present: Conversation, addition: Conversation): Conversation {
  const texts = unionOfTexts(present.texts, addition.texts)
  return texts === present.texts ? present : { peer: present.peer, texts }
}

/** How a conversation is written, in clear: version 1 was stored like this, version 2 is sealed. */
export const conversationFormat: Omit<DocumentFormat<Conversation>, 'version'> = {
  parse: parseConversation,
  migrations: {},
}

/** The conversations of an identity in this browser, by peer. */
export function createConversationDocuments(ports: SealedPorts): ConversationDocuments {
  const documents = createMergedDocuments(
    createDocumentStore<Conversation>({
      ...conversationFormat,
      ...sealedOptions(ports, 'conversation'),
      version: 2,
    }),
    union,
  )

  return {
    read: (peer) => documents.read(peer),
    readAll: () =>
      new Map([...documents.readAll().values()].map((one) => [one.peer, one] as const)),
    addTexts: (peer, texts) => documents.merge(peer, { peer, texts: unionOfTexts([], texts) }),
    onChange: (listener) =>
      documents.onChange((key, conversation) => {
        const peer = toPubkey(key)
        if (peer.ok) listener(peer.value, conversation)
      }),
    close: documents.close,
  }
}
