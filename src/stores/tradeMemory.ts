/** What is in memory of one identity's trade: orders and texts, and whose messages count. */
import type { ConversationText } from '@/domain/conversation'
import { orderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createOrderBook } from '@/domain/orderBook'

export interface TradeOptions {
  /** Unix seconds. */
  readonly now: () => number
  /** Who owns a stall, as far as the catalogue has come. */
  readonly sellers: () => ReadonlySet<Pubkey>
}

export type TradeMemory = ReturnType<typeof createTradeMemory>

/** Of so many keys it is known that something of theirs was left out. */
const MAX_LEFT_OUT = 10_000

export const isStart = (fact: Fact): boolean => fact.type === 'placed' || fact.type === 'intended'

/** An empty one; of nobody while nobody is signed in. */
export function createTradeMemory(own: Pubkey | null, { now, sellers }: TradeOptions) {
  const known = new Set<string>()
  const placedEvents = new Map<string, OrderRef>()
  const parties = new Set<Pubkey>()
  /** Whose messages found no room while there was no trade with them: to be read again if there is. */
  const leftOut = new Set<Pubkey>()
  /** For which state of the trade those who were left out were judged last. */
  let judgedFor = ''
  let soldBefore = false

  const isReceived = (ref: OrderRef): boolean => ref.merchant === own && ref.customer !== own
  /** Only who sells answers an order. */
  const isOwnAnswer = (ref: OrderRef, { type, source }: Fact): boolean =>
    isReceived(ref) && type !== 'placed' && source.kind === 'message' && source.author === own
  const sells = (): boolean => soldBefore || (own !== null && sellers().has(own))
  const hasOrderWith = (peer: Pubkey): boolean => parties.has(peer)
  const isTrusted = (peer: Pubkey): boolean => sellers().has(peer) || hasOrderWith(peer)
  const counts = (key: Pubkey): boolean => (key === own ? sells() : isTrusted(key))

  const book = createOrderBook({
    now,
    isTrusted,
    isOwn: (key) => key === own,
    onLeftOut({ id, source }) {
      if (source.kind === 'message') leaveOut(source.author, id)
    },
  })

  /** It may be read again, when more is known of the key that decides whether it counts. */
  function leaveOut(key: Pubkey, eventId: string): void {
    if (counts(key)) return
    known.delete(eventId)
    if (leftOut.size < MAX_LEFT_OUT) leftOut.add(key)
  }

  /** True when somebody whose messages were left out turns out to be a party. */
  function takeMissed(): boolean {
    const judging = `${parties.size} ${sellers().size} ${sells()}`
    if (judging === judgedFor) return false
    judgedFor = judging
    const found = [...leftOut].filter(counts)
    for (const key of found) leftOut.delete(key)
    return found.length > 0
  }

  function noteMessage({ source }: Fact): void {
    if (source.kind === 'message') known.add(source.eventId)
  }

  function note(ref: OrderRef, fact: Fact): void {
    noteMessage(fact)
    if (fact.type === 'placed') placedEvents.set(fact.id, ref)
    if (fact.type === 'signed') placedEvents.set(fact.eventId, ref)
  }

  /** An answer of one's own shows that the key sells, whatever the catalogue says. */
  function noteAnswers(ref: OrderRef, facts: readonly Fact[]): void {
    soldBefore ||= facts.some((fact) => isOwnAnswer(ref, fact))
  }

  function load(ref: OrderRef, facts: readonly Fact[]): void {
    if (ref.customer !== own && ref.merchant !== own) return
    for (const fact of facts) {
      note(ref, fact)
      book.add(ref, fact)
    }
    if (!facts.some(isStart) || !book.has(orderKey(ref))) return
    parties.add(ref.merchant).add(ref.customer)
    soldBefore ||= isReceived(ref)
  }

  function loadTexts(peer: Pubkey, texts: readonly ConversationText[]): void {
    for (const text of texts) {
      known.add(text.eventId)
      book.addText(peer, text)
    }
  }

  return {
    book,
    known,
    placedEvents,
    isReceived,
    sells,
    hasOrderWith,
    isTrusted,
    leaveOut,
    takeMissed,
    noteMessage,
    noteAnswers,
    load,
    loadTexts,
  }
}
