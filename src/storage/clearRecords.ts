/** Version 1 kept orders and texts in clear: what is found of an identity is sealed, the clear copy removed. */
import type { Conversation } from '@/domain/conversation'
import { parseOrderKey, toPubkey, type OrderKey, type Pubkey } from '@/domain/ids'
import { conversationFormat, type ConversationDocuments } from './conversationDocuments'
import { copyAside } from './documents'
import { readDocument, type DocumentFormat } from './documentText'
import { orderFormat, type OrderDocuments, type OrderRecord } from './orderDocuments'
import type { SealedPorts } from './sealedPorts'
import { keysWith } from './storageArea'
import { writeError } from './storageProblems'

const ORDER = 'souk:order:'
const CONVERSATION = 'souk:conversation:'

export interface SealedDocuments {
  readonly orders: OrderDocuments
  readonly conversations: ConversationDocuments
}

type Ports = Pick<SealedPorts, 'owner' | 'seal' | 'onProblem'>

const isOrderOf = (owner: Pubkey, key: string): boolean => {
  const ref = parseOrderKey(key)
  return ref.ok && (ref.value.merchant === owner || ref.value.customer === owner)
}

/** Writes the sealed record first; where both find no room, the clear one makes way for it. */
function exchange(area: Storage, storageKey: string, text: string, write: () => void): void {
  try {
    write()
    area.removeItem(storageKey)
  } catch {
    area.removeItem(storageKey)
    try {
      write()
    } catch (error) {
      area.setItem(storageKey, text)
      throw writeError(error)
    }
  }
}

function sealOne<T>(
  area: Storage,
  storageKey: string,
  key: string,
  format: Omit<DocumentFormat<T>, 'version'>,
  { seal, onProblem }: Ports,
  write: (value: T) => void,
): void {
  const text = area.getItem(storageKey) ?? ''
  const reading = readDocument(text, key, { ...format, version: 1 })
  if (reading.state === 'newer') return
  try {
    if (reading.state === 'good') {
      return exchange(area, storageKey, text, () => write(reading.value))
    }
    const hidden = seal.close(storageKey, text)
    exchange(
      area,
      storageKey,
      text,
      () => void copyAside(area, storageKey, hidden, 'it does not fit'),
    )
    onProblem?.({ code: 'moved-aside', key: storageKey, message: UNREADABLE })
  } catch (error) {
    onProblem?.({ code: 'full', key: storageKey, message: writeError(error).message })
  }
}

// Why it could not be read would quote from it.
const UNREADABLE =
  'An order or a message that an earlier Souk kept could not be read. It was sealed and put aside.'

/** What cannot be sealed for want of room stays as it is, is reported, and is tried again next time. */
export function sealClearRecords(area: Storage, ports: Ports, into: SealedDocuments): void {
  for (const storageKey of keysWith(area, ORDER)) {
    const key = storageKey.slice(ORDER.length)
    if (!isOrderOf(ports.owner, key)) continue
    sealOne<OrderRecord>(area, storageKey, key, orderFormat, ports, (record) => {
      into.orders.mergeRecord(key as OrderKey, record)
    })
  }
  const own = `${CONVERSATION}${ports.owner}:`
  for (const storageKey of keysWith(area, own)) {
    const peer = toPubkey(storageKey.slice(own.length))
    if (!peer.ok) continue
    sealOne<Conversation>(area, storageKey, peer.value, conversationFormat, ports, ({ texts }) => {
      into.conversations.addTexts(peer.value, texts)
    })
  }
}

/** True for a clear record of this identity. */
export const isClearRecordOf = (owner: Pubkey, storageKey: string): boolean =>
  storageKey.startsWith(`${CONVERSATION}${owner}:`) ||
  (storageKey.startsWith(ORDER) && isOrderOf(owner, storageKey.slice(ORDER.length)))
