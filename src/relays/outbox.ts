/** Owns delivery: keeps signed events, sends the same bytes until each relay's answer is final. */
import type { VerifiedEvent } from '@/protocol/event'
import type {
  Delivery,
  Outbox,
  OutboxItem,
  OutboxStorage,
  PublishAnswer,
  RelayPool,
  RelayState,
} from '@/protocol/relay'
import {
  afterAnswer,
  dueNow,
  isAccepted,
  isDone,
  isOpen,
  newItem,
  resumed,
  supersedes,
  waitsForRelay,
  withDelivery,
} from './deliveries'
import { createHoldLock, type HoldLock } from './itemLock'
import { distinctRelays } from './relayUrl'
import type { RetryTimes } from './retryPolicy'
import { callSafely, createTimer, onBrowserOnline, type OnOnline } from './timing'

export interface OutboxOptions {
  readonly pool: RelayPool
  readonly storage: OutboxStorage
  /** Unix milliseconds. */
  readonly now?: () => number
  readonly random?: () => number
  readonly holdLock?: HoldLock
  readonly onOnline?: OnOnline
  readonly retryTimes?: RetryTimes
}

/** How often what other tabs left behind is looked for. */
const RESCAN = 60_000
const LONGEST_TIMER = 2 ** 31 - 1

export function createOutbox(options: OutboxOptions): Outbox {
  const { pool, storage, now = Date.now, random = Math.random } = options
  const holdLock = options.holdLock ?? createHoldLock()
  const listeners = new Set<(item: OutboxItem, answer: Delivery | null) => void>()
  const items = new Map<string, OutboxItem>()
  /** Items that this tab delivers, and those whose lock it waits for: how to let go of each. */
  const locks = new Map<string, () => void>()
  const mine = new Set<string>()
  const sending = new Set<string>()
  const timer = createTimer()
  const rescanTimer = createTimer()
  let connected = new Set<string>()
  let closed = false

  const tell = (item: OutboxItem, answer: Delivery | null) => {
    for (const listener of [...listeners]) callSafely(() => listener(item, answer))
  }

  /** The signed bytes are stored already: what is lost here is sent again, which does no harm. */
  function keep(item: OutboxItem) {
    items.set(item.event.id, item)
    try {
      storage.save(item)
    } catch {
      return
    }
  }

  function letGo(id: string) {
    locks.get(id)?.()
    locks.delete(id)
    mine.delete(id)
  }

  /** The item is over for this tab: done, taken back, or gone from storage. */
  function leave(id: string) {
    const item = items.get(id)
    items.delete(id)
    letGo(id)
    if (item) tell(item, null)
  }

  function remove(id: string) {
    try {
      storage.remove(id)
    } catch {
      // A newer version's record: that one will see to it.
    }
    leave(id)
  }

  function onAnswer(id: string, answer: PublishAnswer) {
    sending.delete(`${id} ${answer.relay}`)
    const item = items.get(id)
    const delivery = item?.deliveries.find(({ relay }) => relay === answer.relay)
    if (closed || !item || !delivery) return
    const changed = afterAnswer(delivery, answer, now(), random, options.retryTimes)
    const next = withDelivery(item, changed)
    keep(next)
    if (!isOpen(next)) letGo(id)
    tell(next, changed)
    schedule()
  }

  function send(event: VerifiedEvent, relays: readonly string[]) {
    for (const relay of relays) sending.add(`${event.id} ${relay}`)
    void pool.publish(event, { relays, onAnswer: (answer) => onAnswer(event.id, answer) })
  }

  /** Sends what is due; returns when the next of the item will be, in unix milliseconds. */
  function sendDue({ event, deliveries }: OutboxItem, time: number): number {
    const due: string[] = []
    let next = Infinity
    for (const { relay, nextAttemptAt } of deliveries) {
      if (nextAttemptAt === null || sending.has(`${event.id} ${relay}`)) continue
      if (nextAttemptAt <= time) due.push(relay)
      else next = Math.min(next, nextAttemptAt)
    }
    if (due.length > 0) send(event, due)
    return next
  }

  function schedule() {
    if (closed) return
    const time = now()
    let next = Infinity
    for (const id of [...mine]) {
      const item = items.get(id)
      if (item) next = Math.min(next, sendDue(item, time))
    }
    if (next === Infinity) timer.clear()
    else timer.set(Math.min(Math.max(next - time, 0), LONGEST_TIMER), schedule)
  }

  function deliver(id: string) {
    mine.add(id)
    schedule()
  }

  function hurry(chosen: (delivery: Delivery) => boolean, only?: string) {
    for (const [id, item] of items) {
      if (only !== undefined && id !== only) continue
      const next = dueNow(item, now(), chosen)
      if (next === item) continue
      items.set(id, next)
      tell(next, null)
    }
    schedule()
  }

  /** Another tab may have gone on with the item while this one waited for the lock. */
  function refresh(id: string) {
    const stored = storage.read(id)
    if (!stored) return leave(id)
    const item = resumed(stored, pool.urls, now())
    items.set(id, item)
    tell(item, null)
    if (isOpen(item)) deliver(id)
    else letGo(id)
  }

  function claim(id: string, onHeld: () => void) {
    let held = false
    const release = holdLock(`souk-outbox:${id}`, () => {
      held = true
      if (!closed) onHeld()
    })
    if (!held || mine.has(id)) locks.set(id, release)
    else release()
  }

  /** Of a replaceable event only the newest is worth sending. Returns what outdoes the event itself. */
  function settleVersions(event: VerifiedEvent): OutboxItem | null {
    const all = [...items.values()]
    for (const { event: other } of all) if (supersedes(event, other)) remove(other.id)
    return all.find(({ event: other }) => supersedes(other, event)) ?? null
  }

  function adopt(item: OutboxItem) {
    const { id } = item.event
    items.set(id, item)
    if (settleVersions(item.event)) return remove(id)
    tell(item, null)
    claim(id, () => refresh(id))
  }

  function rescan() {
    for (const item of storage.load()) if (!items.has(item.event.id)) adopt(item)
    rescanTimer.set(RESCAN, rescan)
  }

  /** What this tab delivers itself it knows better than what is stored, unless it is gone. */
  function onStored(id: string) {
    const stored = storage.read(id)
    if (closed || (stored && mine.has(id))) return
    if (!stored) return leave(id)
    if (!items.has(id)) return adopt(stored)
    items.set(id, stored)
    tell(stored, null)
  }

  function onStates(states: readonly RelayState[]) {
    const before = connected
    const up = states.filter(({ status }) => status === 'connected').map(({ url }) => url)
    connected = new Set(up)
    const back = up.filter((url) => !before.has(url))
    if (back.length > 0) hurry((d) => waitsForRelay(d) && back.includes(d.relay))
  }

  const stopStates = pool.onStates(onStates)
  const stopStorage = storage.onChange?.(onStored)
  const stopOnline = (options.onOnline ?? onBrowserOnline)(() => {
    rescan()
    hurry(waitsForRelay)
  })
  connected = new Set(pool.states().flatMap((s) => (s.status === 'connected' ? [s.url] : [])))
  rescan()

  return {
    enqueue(event: VerifiedEvent, relays = pool.urls) {
      const known = items.get(event.id)
      if (known) return known
      const newer = settleVersions(event)
      if (newer) return newer
      const item = newItem(event, distinctRelays(relays), now())
      storage.save(item)
      items.set(event.id, item)
      tell(item, null)
      claim(event.id, () => deliver(event.id))
      return item
    },
    retryNow(eventId) {
      const pending = ({ nextAttemptAt }: Delivery) => nextAttemptAt !== null
      if (eventId === undefined) return hurry(pending)
      if (items.has(eventId) && !locks.has(eventId)) claim(eventId, () => deliver(eventId))
      hurry(({ outcome }) => outcome !== 'accepted', eventId)
    },
    items: () => [...items.values()],
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    acknowledge(eventId) {
      const item = items.get(eventId)
      if (item && isDone(item)) remove(eventId)
    },
    withdraw(eventId) {
      const item = items.get(eventId)
      const asking = item?.deliveries.some(({ relay }) => sending.has(`${eventId} ${relay}`))
      if (!item || asking || isAccepted(item)) return false
      remove(eventId)
      return true
    },
    forget(author) {
      for (const { event } of [...items.values()]) if (event.pubkey === author) remove(event.id)
    },
    close() {
      closed = true
      timer.clear()
      rescanTimer.clear()
      stopStates()
      stopStorage?.()
      stopOnline()
      for (const id of [...locks.keys()]) letGo(id)
    },
  }
}
