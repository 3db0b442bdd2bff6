/** What waits in memory until its sender is a party of a trade, or its recipient sells. */
import type { ConversationText } from '@/domain/conversation'
import type { OrderKey, OrderRef, Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createWaitingRoom } from '@/domain/waitingRoom'

export interface RoomsOptions {
  /** Unix seconds. */
  readonly now: () => number
  /** There was no room for a message. `key` decides whether it counts. */
  readonly onDropped: (key: Pubkey, eventId: string) => void
}

export type StrangersRooms = ReturnType<typeof createStrangersRooms>

export function createStrangersRooms({ now, onDropped }: RoomsOptions) {
  let droppedTexts = 0

  /** Texts of peers that are no party of an order and own no stall. */
  const texts = createWaitingRoom<Pubkey, ConversationText>({
    keys: 100,
    items: 50,
    idOf: (text) => text.eventId,
    timeOf: (text) => text.time,
    now,
    onDropped(text, peer) {
      droppedTexts += 1
      onDropped(peer, text.eventId)
    },
  })
  /** Orders that were sent to a key which sells nothing. */
  const orders = createWaitingRoom<OrderKey, { readonly ref: OrderRef; readonly fact: Fact }>({
    keys: 200,
    items: 50,
    idOf: ({ fact }) => fact.id,
    timeOf: ({ fact }) => fact.time,
    now,
    onDropped: ({ ref, fact }) => onDropped(ref.merchant, fact.id),
  })

  /** How many texts came, those that had to go included. */
  const countTexts = (): number =>
    texts.keys().reduce((sum, key) => sum + texts.of(key).length, droppedTexts)

  return { texts, orders, countTexts }
}
