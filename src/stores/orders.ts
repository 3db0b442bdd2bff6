/** Orders and conversations of the identity in use: facts in, states out, every fact stored first. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Conversation, ConversationText } from '@/domain/conversation'
import { orderKey, type EventId, type OrderKey, type OrderRef, type Pubkey } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import type { OrderRecord } from '@/domain/orderBook'
import { forgetIdentity, forgetInTab } from '@/storage/forgetIdentity'
import { openRecords, type IdentityRecords } from '@/storage/identityRecords'
import type { StorageKey } from '@/storage/storageKey'
import { createLateFacts } from './lateFacts'
import { useNoticesStore } from './notices'
import { createOrderRecorder, type OrderRecorder } from './orderRecorder'
import { createStrangersRooms } from './strangersRooms'
import { createTradeMemory } from './tradeMemory'

const now = (): number => Math.floor(Date.now() / 1000)
const isOnlyHere = ({ source }: Fact): boolean =>
  source.kind === 'client' || source.kind === 'wallet'
/** What is acted upon once it is stored; `signed` comes along with what is sent right after. */
const ACTED_UPON = new Set<Fact['type']>([
  'intended',
  'signed',
  'invoice-intended',
  'payment-attempted',
])
const NOT_OPEN =
  'Nothing was sent or paid: sign in with the key of this order, or unlock it, first.'

export const useOrdersStore = defineStore('orders', () => {
  const onProblem = useNoticesStore().tellStorageProblem
  const own = shallowRef<Pubkey | null>(null)
  /** Null while nobody is signed in, and while the key is locked. */
  let recorder: OrderRecorder | null = null
  let sellers: ReadonlySet<Pubkey> = new Set()
  let memory = newMemory()
  let rooms = newRooms()
  /** What ended after its identity had been left: kept until it is opened again. */
  const late = createLateFacts()
  /** Counts how often somebody whose messages were left out turned out to be a party. */
  const missed = shallowRef(0)
  const revision = shallowRef(0)
  const touch = (): void => void (revision.value += 1)

  function newMemory() {
    return createTradeMemory(own.value, { now, sellers: () => sellers })
  }

  function newRooms() {
    return createStrangersRooms({ now, onDropped: memory.leaveOut })
  }

  const all = computed<readonly OrderState[]>(() => {
    void revision.value
    return memory.book.orders()
  })
  /** Orders that this identity placed, newest first. */
  const placed = computed(() => all.value.filter((order) => order.customer === own.value))
  /** Orders that this identity received as a merchant, newest first. */
  const incoming = computed(() => all.value.filter((order) => order.merchant === own.value))
  const unmatched = computed(() => {
    void revision.value
    return memory.book.unmatched()
  })
  /** How many unmatched messages of each sender are not shown, for want of room. */
  const unmatchedLeftOut = computed<ReadonlyMap<Pubkey, number>>(() => {
    void revision.value
    return new Map(memory.book.leftOut())
  })
  /** How many plain texts came from keys that are no party of a trade: nobody is shown them. */
  const strangersTextCount = computed(() => {
    void revision.value
    return rooms.countTexts()
  })

  function openRecorder(identity: Pubkey, key: StorageKey): void {
    const records = openRecords(identity, key, { onProblem })
    const onMissed = (): void => void (missed.value += 1)
    recorder = createOrderRecorder({ records, memory, rooms, touch, onMissed })
    recorder.show()
    recorder.follow()
    late.keepAll(identity)
  }

  /** Opens the records of an identity with its storage key, or closes all of them. */
  function open(identity: Pubkey, key: StorageKey): void
  function open(identity: null): void
  function open(identity: Pubkey | null, key: StorageKey | null = null): void {
    recorder?.records.close()
    recorder = null
    own.value = identity
    memory = newMemory()
    rooms = newRooms()
    if (identity && key) openRecorder(identity, key)
    touch()
  }

  /** Of the identity in use; {@link journalOf} is for what takes a while. Throws when it cannot be stored. */
  function record(ref: OrderRef, facts: readonly Fact[]): void {
    const isOwn = ref.customer === own.value || ref.merchant === own.value
    if (!recorder || !isOwn) throw new Error(NOT_OPEN)
    recorder.record(ref, facts)
  }

  function recordText(peer: Pubkey, text: ConversationText): void {
    recorder?.recordText(peer, text)
  }

  /**
   * The journal of one identity, whoever is in use by then: a payment may end after its identity has
   * locked or been switched from. What ends waits in memory until that is back, unless it signed out;
   * what would only begin or be sent then is refused.
   */
  function journalOf(identity: Pubkey) {
    const isOpen = (): boolean => own.value === identity
    const keep = (it: () => void): void => (isOpen() ? it() : late.add(identity, it))
    return {
      isOpen,
      record(ref: OrderRef, facts: readonly Fact[]): void {
        if (!isOpen() && facts.some(({ type }) => ACTED_UPON.has(type))) throw new Error(NOT_OPEN)
        keep(() => record(ref, facts))
      },
      recordText: (peer: Pubkey, text: ConversationText): void =>
        keep(() => recordText(peer, text)),
    }
  }

  /** Tells who owns a stall. Returns the orders that waited for their merchant to be one of them. */
  function knowSellers(merchants: ReadonlySet<Pubkey>): readonly OrderRecord[] {
    sellers = merchants
    return recorder?.admit() ?? []
  }

  function order(key: OrderKey | string): OrderState | null {
    void revision.value
    return memory.book.order(key as OrderKey)
  }

  /** The order with what another tab may have written a moment ago. */
  function reread(key: OrderKey): OrderState | null {
    const stored = recorder?.records.orders.read(key)
    if (stored) memory.load(stored.ref, stored.facts)
    touch()
    return memory.book.order(key)
  }

  function textsWith(peer: Pubkey): readonly ConversationText[] {
    void revision.value
    const waiting = rooms.texts.of(peer)
    const { texts } = memory.book.conversation(peer)
    return waiting.length > 0 ? [...texts, ...waiting].sort((a, b) => a.time - b.time) : texts
  }

  /** The open records, for a backup. */
  const kept = (): IdentityRecords | null => recorder?.records ?? null
  const takeUp = (texts: readonly Conversation[]): void => recorder?.takeUp(texts)
  const putBack = (): number => recorder?.putBack() ?? 0

  /** How many orders have facts that no relay could give back: prices, consents, payments. */
  const countOnlyHere = (): number =>
    all.value.filter((one) => memory.book.record(orderKey(one))?.facts.some(isOnlyHere)).length

  /** Signing out: removes everything that this browser keeps of an identity. */
  function forgetAll(identity: Pubkey): void {
    if (own.value === identity) open(null)
    late.drop(identity)
    forgetIdentity(identity)
  }

  /** Another tab signed out, and removed what all tabs share: removes what only this one has. */
  function forgetHere(identity: Pubkey): void {
    late.drop(identity)
    forgetInTab(identity)
  }

  const hasOrderWith = (peer: Pubkey): boolean => memory.hasOrderWith(peer)
  const isKnown = (eventId: EventId): boolean => memory.known.has(eventId)
  /** The order that a message signed here belongs to. */
  const orderOfEvent = (eventId: EventId): OrderRef | null =>
    memory.placedEvents.get(eventId) ?? null

  return {
    own,
    placed,
    incoming,
    unmatched,
    unmatchedLeftOut,
    missed,
    strangersTextCount,
    open,
    record,
    recordText,
    journalOf,
    knowSellers,
    order,
    reread,
    textsWith,
    isKnown,
    orderOfEvent,
    hasOrderWith,
    kept,
    takeUp,
    putBack,
    countOnlyHere,
    forgetAll,
    forgetHere,
  }
})
