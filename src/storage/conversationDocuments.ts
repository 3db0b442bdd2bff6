/** Plain texts in localStorage: one record for each own key and peer, `souk:conversation:<own>:<peer>`. */
import * as v from 'valibot'
import type { Conversation, ConversationText } from '@/domain/conversation'
import { toPubkey, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { createDocumentStore, type StoragePorts } from './documents'
import { createMergedDocuments, unionById } from './mergedDocuments'
import { eventIdSchema, parseWith, pubkeySchema, timeSchema } from './schemas'

export interface ConversationDocuments {
  read(own: Pubkey, peer: Pubkey): Conversation | null
  /** The conversations of one own key: another identity in the same browser has its own. */
  readAll(own: Pubkey): Map<Pubkey, Conversation>
  /** Adds the texts that the stored record lacks, and returns the whole. Throws a StorageError. */
  addTexts(own: Pubkey, peer: Pubkey, texts: readonly ConversationText[]): Conversation
  remove(own: Pubkey, peer: Pubkey): void
  onChange(
    listener: (own: Pubkey, peer: Pubkey, conversation: Conversation | null) => void,
  ): () => void
  /** Stops following other tabs. */
  close(): void
}

interface Parties {
  readonly own: Pubkey
  readonly peer: Pubkey
}

const keyOf = (own: Pubkey, peer: Pubkey): string => `${own}:${peer}`

function partiesOf(key: string): Result<Parties> {
  const [first, second, ...rest] = key.split(':')
  const own = toPubkey(first)
  const peer = toPubkey(second)
  if (!own.ok || !peer.ok || rest.length > 0) return fail('its key does not name two parties')
  return ok({ own: own.value, peer: peer.value })
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
  const parties = partiesOf(key)
  if (!parties.ok) return parties
  const shape = parseShape(data)
  if (!shape.ok) return shape
  return shape.value.peer === parties.value.peer ? shape : fail('it belongs to another peer')
}

const unionOfTexts = (present: readonly ConversationText[], more: readonly ConversationText[]) =>
  unionById(present, more, (text) => text.eventId)

function union(present: Conversation, addition: Conversation): Conversation {
  const texts = unionOfTexts(present.texts, addition.texts)
  return texts === present.texts ? present : { peer: present.peer, texts }
}

/** The conversations of this browser. */
export function createConversationDocuments(ports: StoragePorts = {}): ConversationDocuments {
  const documents = createMergedDocuments(
    createDocumentStore<Conversation>({
      ...ports,
      prefix: 'souk:conversation:',
      version: 1,
      parse: parseConversation,
      migrations: {},
    }),
    union,
  )

  function readAll(own: Pubkey): Map<Pubkey, Conversation> {
    const all = new Map<Pubkey, Conversation>()
    for (const [key, conversation] of documents.readAll()) {
      if (key.startsWith(`${own}:`)) all.set(conversation.peer, conversation)
    }
    return all
  }

  return {
    read: (own, peer) => documents.read(keyOf(own, peer)),
    readAll,
    addTexts: (own, peer, texts) =>
      documents.merge(keyOf(own, peer), { peer, texts: unionOfTexts([], texts) }),
    remove: (own, peer) => documents.remove(keyOf(own, peer)),
    onChange: (listener) =>
      documents.onChange((key, conversation) => {
        const parties = partiesOf(key)
        if (parties.ok) listener(parties.value.own, parties.value.peer, conversation)
      }),
    close: documents.close,
  }
}
