/** The rules of delivery, with a pool that answers when told and a clock that only tests move. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import type {
  Delivery,
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
  replacedAddress,
  resumed,
  supersedes,
  waitsForRelay,
  withDelivery,
} from '@/relays/deliveries'
import type { HoldLock } from '@/relays/itemLock'
import { createOutbox } from '@/relays/outbox'
import { classifyAnswer, retryDelay } from '@/relays/retryPolicy'
import { eventId, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT } from '../factories/people'

const [ONE, TWO] = ['wss://one.example', 'wss://two.example'] as const
const NOW = 1_800_000_000_000
const message = (n: number, fields: Parameters<typeof unsigned>[0] = {}): VerifiedEvent =>
  unsigned({ id: eventId(n), kind: KIND.directMessage, pubkey: CUSTOMER.pubkey, ...fields })
const event = message(1)

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

/** A pool whose relays answer when the test says so. */
function poolOf(urls: readonly string[] = [ONE, TWO]) {
  const sent: { readonly id: string; readonly relays: readonly string[] }[] = []
  const answers = new Map<string, (answer: PublishAnswer) => void>()
  const listeners = new Set<(states: readonly RelayState[]) => void>()
  const states = new Map(urls.map((url) => [url, 'waiting' as RelayState['status']]))
  const all = () =>
    [...states].map(([url, status]): RelayState => ({ url, status, problem: '', retryAt: null }))
  const pool = {
    urls,
    publish(published: VerifiedEvent, options: Parameters<RelayPool['publish']>[1]) {
      const relays = options?.relays ?? urls
      sent.push({ id: published.id, relays })
      for (const url of relays) answers.set(`${published.id} ${url}`, options!.onAnswer!)
      return new Promise<never>(() => undefined)
    },
    states: all,
    onStates(listener: (states: readonly RelayState[]) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  } as unknown as RelayPool
  return {
    pool,
    sent,
    listeners,
    answer(
      relay: string,
      outcome: PublishAnswer['outcome'],
      reason = '',
      { id }: { readonly id: string } = event,
    ) {
      answers.get(`${id} ${relay}`)?.({ relay, outcome, reason })
    },
    connect(url: string, status: RelayState['status'] = 'connected') {
      states.set(url, status)
      for (const listener of [...listeners]) listener(all())
    },
  }
}

function memory(items: readonly OutboxItem[] = []) {
  const kept = new Map(items.map((item) => [item.event.id as string, item]))
  let listener: ((id: string) => void) | null = null
  const storage: OutboxStorage = {
    load: () => [...kept.values()],
    read: (id) => kept.get(id) ?? null,
    save: (item) => void kept.set(item.event.id, item),
    remove: (id) => void kept.delete(id),
    onChange(given) {
      listener = given
      return () => void (listener = null)
    },
  }
  return {
    kept,
    storage,
    changed: (id: string) => listener?.(id),
    followed: () => listener !== null,
  }
}

/** Locks that a test hands out. */
function lockedBy() {
  const waiting = new Map<string, () => void>()
  const released: string[] = []
  const holdLock: HoldLock = (name, onHeld) => {
    waiting.set(name, onHeld)
    return () => void released.push(name)
  }
  return { holdLock, released, give: (id: string) => waiting.get(`souk-outbox:${id}`)?.() }
}

const atOnce: HoldLock = (_, onHeld) => {
  onHeld()
  return () => undefined
}

function open(options: Partial<Parameters<typeof createOutbox>[0]> = {}, urls = [ONE, TWO]) {
  const relays = poolOf(urls)
  const store = memory()
  let online = (): void => undefined
  const outbox = createOutbox({
    pool: relays.pool,
    storage: store.storage,
    random: () => 1,
    holdLock: atOnce,
    onOnline(listener) {
      online = listener
      return () => void (online = () => undefined)
    },
    ...options,
  })
  const told: (readonly [string, string | null])[] = []
  outbox.onChange((item, answer) => told.push([item.event.id, answer?.outcome ?? null]))
  const deliveries = () => outbox.items()[0]?.deliveries ?? []
  return { ...relays, ...store, outbox, told, deliveries, online: () => online() }
}

describe('a fresh event', () => {
  it('is stored before it is sent, once to each relay', () => {
    const saved: number[] = []
    const { storage } = memory()
    const relays = poolOf()
    const save = (item: OutboxItem) => void (saved.push(relays.sent.length), storage.save(item))
    const { outbox } = open({ pool: relays.pool, storage: { ...storage, save } })
    const item = outbox.enqueue(event, [ONE, `${ONE}/`, TWO])
    expect(saved[0]).toBe(0)
    expect(relays.sent).toEqual([{ id: event.id, relays: [ONE, TWO] }])
    expect(item).toEqual({
      event,
      queuedAt: NOW / 1000,
      deliveries: [ONE, TWO].map((relay) => ({
        relay,
        outcome: 'pending',
        reason: '',
        attempts: 0,
        nextAttemptAt: NOW,
      })),
    })
    expect(outbox.enqueue(event)).toEqual(item)
    expect(relays.sent).toHaveLength(1)
  })

  it('goes to all relays of the pool where none are named', () => {
    const { outbox, sent, told } = open()
    outbox.enqueue(event)
    expect(sent[0]?.relays).toEqual([ONE, TWO])
    expect(told).toEqual([[event.id, null]])
  })
})

describe('an answer', () => {
  it('is stored and told, and the item stays until it is acknowledged', () => {
    const { outbox, answer, kept, told } = open()
    outbox.enqueue(event)
    answer(ONE, 'accepted')
    expect(kept.get(event.id)?.deliveries[0]).toMatchObject({ outcome: 'accepted', attempts: 1 })
    outbox.acknowledge(event.id)
    expect(outbox.items()).toHaveLength(1)
    answer(TWO, 'refused', 'blocked: no')
    expect(told).toEqual([
      [event.id, null],
      [event.id, 'accepted'],
      [event.id, 'refused'],
    ])
    outbox.acknowledge('other')
    expect(outbox.items()).toHaveLength(1)
    outbox.acknowledge(event.id)
    expect(outbox.items()).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('that all refuse leaves the item, acknowledged or not', () => {
    const { outbox, answer } = open({}, [ONE])
    outbox.enqueue(event)
    answer(ONE, 'refused', 'blocked: no')
    outbox.acknowledge(event.id)
    expect(outbox.items()).toHaveLength(1)
  })

  it('that cannot be stored is told all the same', () => {
    const store = memory()
    const { outbox, answer, told } = open({ storage: store.storage })
    outbox.enqueue(event)
    store.storage.save = () => {
      throw new Error('full')
    }
    answer(ONE, 'accepted')
    expect(told.at(-1)).toEqual([event.id, 'accepted'])
    expect(outbox.items()[0]?.deliveries[0]?.outcome).toBe('accepted')
  })

  it('is for its own relay and item only', () => {
    const { outbox, answer, deliveries } = open()
    outbox.enqueue(event, [ONE, TWO])
    answer(TWO, 'accepted')
    expect(deliveries().map(({ outcome }) => outcome)).toEqual(['pending', 'accepted'])
    expect(() => answer('wss://three.example', 'accepted')).not.toThrow()
  })

  it('does not stop for a listener that throws, nor for one that has stopped', async () => {
    const { outbox, answer, told } = open()
    const failure = vi.fn()
    process.once('uncaughtException', failure)
    const stop = outbox.onChange(() => told.push(['never', null]))
    stop()
    outbox.enqueue(event)
    answer(ONE, 'accepted')
    expect(told.map(([id]) => id)).not.toContain('never')
    process.off('uncaughtException', failure)
  })
})

describe('a refusal that may pass', () => {
  it('is tried again when its time has come, and not before', () => {
    const { outbox, answer, sent, deliveries } = open({}, [ONE])
    outbox.enqueue(event)
    answer(ONE, 'refused', 'rate-limited: slow down')
    expect(deliveries()[0]).toMatchObject({ attempts: 1, nextAttemptAt: NOW + 2_000 })
    vi.advanceTimersByTime(1_999)
    expect(sent).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(sent).toEqual([
      { id: event.id, relays: [ONE] },
      { id: event.id, relays: [ONE] },
    ])
    vi.advanceTimersByTime(60_000)
    expect(sent).toHaveLength(2)
    answer(ONE, 'refused', 'error: busy')
    expect(deliveries()[0]?.attempts).toBe(2)
    vi.advanceTimersByTime(4_000)
    expect(sent).toHaveLength(3)
  })

  it('at one relay leaves the others alone', () => {
    const { outbox, answer, sent } = open()
    outbox.enqueue(event)
    answer(ONE, 'accepted')
    answer(TWO, 'timed-out')
    vi.advanceTimersByTime(2_000)
    expect(sent.at(-1)).toEqual({ id: event.id, relays: [TWO] })
  })

  it('of two events is tried again at the earlier time first', () => {
    const { outbox, answer, sent } = open({}, [ONE])
    const other = message(2)
    outbox.enqueue(event)
    outbox.enqueue(other)
    answer(ONE, 'timed-out')
    vi.advanceTimersByTime(500)
    answer(ONE, 'timed-out', '', other)
    vi.advanceTimersByTime(1_500)
    expect(sent.slice(2)).toEqual([{ id: event.id, relays: [ONE] }])
    vi.advanceTimersByTime(500)
    expect(sent.slice(3)).toEqual([{ id: other.id, relays: [ONE] }])
  })

  it('is tried at once when asked, for all or for one', () => {
    const { outbox, answer, sent, told } = open({}, [ONE])
    const other = message(2)
    outbox.enqueue(event)
    outbox.enqueue(other)
    for (const one of [event, other]) answer(ONE, 'timed-out', '', one)
    outbox.retryNow(other.id)
    expect(sent.slice(2)).toEqual([{ id: other.id, relays: [ONE] }])
    expect(told.at(-1)).toEqual([other.id, null])
    outbox.retryNow()
    expect(sent.slice(3)).toEqual([{ id: event.id, relays: [ONE] }])
  })
})

describe('a refusal for good', () => {
  it('is tried again only when a person asks for this event', () => {
    const { outbox, answer, sent } = open({}, [ONE])
    outbox.enqueue(event)
    answer(ONE, 'refused', 'blocked: no')
    outbox.retryNow()
    vi.advanceTimersByTime(600_000)
    expect(sent).toHaveLength(1)
    outbox.retryNow(event.id)
    expect(sent).toHaveLength(2)
    outbox.retryNow('other')
    expect(sent).toHaveLength(2)
  })

  it('beside a relay that accepted asks that one no more', () => {
    const { outbox, answer, sent } = open()
    outbox.enqueue(event)
    answer(ONE, 'accepted')
    answer(TWO, 'refused', 'blocked: no')
    outbox.retryNow(event.id)
    expect(sent.at(-1)).toEqual({ id: event.id, relays: [TWO] })
  })
})

describe('connections', () => {
  it('that come back let go what waited for them, and nothing else', () => {
    const { outbox, answer, sent, connect } = open()
    outbox.enqueue(event)
    answer(ONE, 'unreachable')
    answer(TWO, 'unreachable')
    connect(TWO)
    expect(sent.slice(1)).toEqual([{ id: event.id, relays: [TWO] }])
    answer(TWO, 'unreachable')
    connect(TWO)
    expect(sent).toHaveLength(2)
    connect(TWO, 'waiting')
    connect(TWO)
    expect(sent).toHaveLength(3)
  })

  it('do not hurry a relay that refused', () => {
    const { outbox, answer, sent, connect, online } = open({}, [ONE])
    outbox.enqueue(event)
    answer(ONE, 'refused', 'rate-limited: slow down')
    connect(ONE)
    online()
    expect(sent).toHaveLength(1)
  })

  it('that were there at the start are no news', () => {
    const relays = poolOf([ONE])
    relays.connect(ONE)
    const { outbox } = open({ pool: relays.pool })
    outbox.enqueue(event, [ONE])
    relays.answer(ONE, 'unreachable')
    relays.connect(ONE)
    expect(relays.sent).toHaveLength(1)
  })

  it('of the whole browser let everything go', () => {
    const { outbox, answer, sent, online } = open()
    outbox.enqueue(event)
    answer(ONE, 'unreachable')
    answer(TWO, 'timed-out')
    online()
    expect(sent.at(-1)).toEqual({ id: event.id, relays: [ONE, TWO] })
  })
})

const waiting = (one: VerifiedEvent, fields: Partial<Delivery> = {}): OutboxItem => {
  const item = newItem(one, [ONE], NOW)
  return { ...item, deliveries: [{ ...item.deliveries[0]!, ...fields }] }
}

describe('what an earlier run left', () => {
  it('goes out at once, whatever had been planned', () => {
    const { storage } = memory([waiting(event, { attempts: 3, nextAttemptAt: NOW + 90_000 })])
    const { sent, outbox } = open({ storage })
    expect(sent).toEqual([{ id: event.id, relays: [ONE] }])
    expect(outbox.items()[0]?.deliveries[0]?.attempts).toBe(3)
  })

  it('and is finished is listed but not sent', () => {
    const { storage } = memory([waiting(event, { outcome: 'accepted', nextAttemptAt: null })])
    const { sent, outbox } = open({ storage })
    expect(sent).toEqual([])
    expect(outbox.items()).toHaveLength(1)
  })

  it('is found when another tab closes without a word', () => {
    const store = memory()
    const { sent } = open({ storage: store.storage })
    store.kept.set(event.id, waiting(event))
    vi.advanceTimersByTime(59_999)
    expect(sent).toEqual([])
    vi.advanceTimersByTime(1)
    expect(sent).toHaveLength(1)
    vi.advanceTimersByTime(120_000)
    expect(sent).toHaveLength(1)
  })

  it('without relays gets those of today', () => {
    const { storage } = memory([{ ...waiting(event), deliveries: [], queuedAt: 7 }])
    const { sent, outbox } = open({ storage })
    expect(sent[0]?.relays).toEqual([ONE, TWO])
    expect(outbox.items()[0]?.queuedAt).toBe(7)
  })
})

describe('several tabs', () => {
  it('wait for the lock of an item, then look at it anew', () => {
    const locks = lockedBy()
    const store = memory([waiting(event)])
    const { sent, told } = open({ storage: store.storage, holdLock: locks.holdLock })
    expect(sent).toEqual([])
    locks.give(event.id)
    expect(sent).toEqual([{ id: event.id, relays: [ONE] }])
    expect(told.at(-1)).toEqual([event.id, null])
  })

  it('do not send what another has finished meanwhile', () => {
    const locks = lockedBy()
    const store = memory([waiting(event)])
    const { sent, outbox } = open({ storage: store.storage, holdLock: locks.holdLock })
    store.kept.delete(event.id)
    locks.give(event.id)
    expect(sent).toEqual([])
    expect(outbox.items()).toEqual([])
    expect(locks.released).toEqual([`souk-outbox:${event.id}`])
  })

  it('let go of an item that is over', () => {
    const locks = lockedBy()
    const { outbox, answer } = open({ holdLock: locks.holdLock }, [ONE])
    outbox.enqueue(event)
    locks.give(event.id)
    answer(ONE, 'timed-out')
    expect(locks.released).toEqual([])
    vi.advanceTimersByTime(2_000)
    answer(ONE, 'accepted')
    expect(locks.released).toEqual([`souk-outbox:${event.id}`])
  })

  it('hear of each other: a new item, a changed one, a removed one', () => {
    const locks = lockedBy()
    const { outbox, kept, changed, told } = open({ holdLock: locks.holdLock })
    kept.set(event.id, waiting(event))
    changed(event.id)
    expect(outbox.items()).toEqual([waiting(event)])
    kept.set(event.id, waiting(event, { attempts: 5 }))
    changed(event.id)
    expect(outbox.items()[0]?.deliveries[0]?.attempts).toBe(5)
    kept.delete(event.id)
    changed(event.id)
    expect(outbox.items()).toEqual([])
    expect(told).toHaveLength(3)
  })

  it('believe themselves about what they deliver', () => {
    const { outbox, kept, changed } = open()
    outbox.enqueue(event)
    kept.set(event.id, waiting(event, { attempts: 50 }))
    changed(event.id)
    expect(outbox.items()[0]?.deliveries[0]?.attempts).toBe(0)
  })
})

describe('an event that takes the place of another', () => {
  const version = (n: number, created_at: number) =>
    message(n, { kind: KIND.stall, tags: [['d', 'x']], created_at })

  it('is sent in its place', () => {
    const { outbox, kept, told } = open()
    outbox.enqueue(version(1, 5))
    outbox.enqueue(version(2, 6))
    expect(outbox.items().map(({ event: { id } }) => id)).toEqual([eventId(2)])
    expect([...kept.keys()]).toEqual([eventId(2)])
    expect(told.filter(([id]) => id === eventId(1))).toHaveLength(2)
  })

  it('is not sent when it is the older one itself', () => {
    const { outbox, sent, kept } = open()
    const newer = outbox.enqueue(version(2, 6))
    expect(outbox.enqueue(version(1, 5))).toEqual(newer)
    expect([sent.length, kept.size]).toEqual([1, 1])
  })

  it('is settled too among what another tab left', () => {
    const { storage, kept } = memory([waiting(version(2, 6)), waiting(version(1, 5))])
    const { outbox } = open({ storage })
    expect(outbox.items()).toHaveLength(1)
    expect([...kept.keys()]).toEqual([eventId(2)])
  })
})

describe('taking back', () => {
  it('is possible until a relay is asked, and after all have refused', () => {
    const locks = lockedBy()
    const { outbox, answer, kept } = open({ holdLock: locks.holdLock }, [ONE])
    outbox.enqueue(event)
    locks.give(event.id)
    expect(outbox.withdraw(event.id)).toBe(false)
    answer(ONE, 'refused', 'blocked: no')
    expect(outbox.withdraw(event.id)).toBe(true)
    expect([outbox.items().length, kept.size]).toEqual([0, 0])
    expect(outbox.withdraw(event.id)).toBe(false)
  })

  it('is not possible once a relay has it', () => {
    const { outbox, answer } = open()
    outbox.enqueue(event)
    answer(ONE, 'accepted')
    answer(TWO, 'refused', 'blocked: no')
    expect(outbox.withdraw(event.id)).toBe(false)
    expect(outbox.items()).toHaveLength(1)
  })

  it('of everything that an author had to send leaves the others', () => {
    const { outbox, kept } = open()
    outbox.enqueue(event)
    outbox.enqueue(message(2, { pubkey: MERCHANT.pubkey }))
    outbox.forget(CUSTOMER.pubkey)
    expect([...kept.keys()]).toEqual([eventId(2)])
  })

  it('survives a record that cannot be removed', () => {
    const store = memory()
    store.storage.remove = () => {
      throw new Error('newer version')
    }
    const { outbox } = open({ storage: store.storage })
    outbox.enqueue(event)
    outbox.forget(CUSTOMER.pubkey)
    expect(outbox.items()).toEqual([])
  })
})

describe('closing', () => {
  it('ends every timer, lock and listener, and ignores late answers', () => {
    const locks = lockedBy()
    const { outbox, answer, sent, kept, listeners, followed, told, changed, online } = open(
      { holdLock: locks.holdLock },
      [ONE],
    )
    outbox.enqueue(event)
    locks.give(event.id)
    answer(ONE, 'timed-out')
    const before = kept.get(event.id)
    const count = told.length
    outbox.close()
    expect([listeners.size, followed(), vi.getTimerCount()]).toEqual([0, false, 0])
    expect(locks.released).toEqual([`souk-outbox:${event.id}`])
    answer(ONE, 'accepted')
    changed(event.id)
    online()
    vi.advanceTimersByTime(600_000)
    expect([sent.length, told.length, kept.get(event.id)]).toEqual([1, count, before])
  })

  it('takes nothing that was waited for', () => {
    const locks = lockedBy()
    const { outbox, sent } = open({ holdLock: locks.holdLock })
    outbox.enqueue(event)
    outbox.close()
    locks.give(event.id)
    expect(sent).toEqual([])
  })
})

describe('a delivery', () => {
  const delivery = (fields: Partial<Delivery> = {}): Delivery => ({
    relay: ONE,
    outcome: 'pending',
    reason: '',
    attempts: 0,
    nextAttemptAt: NOW,
    ...fields,
  })
  const item = (...deliveries: Delivery[]): OutboxItem => ({ event, deliveries, queuedAt: 0 })
  const over = delivery({ outcome: 'refused', nextAttemptAt: null })
  const taken = delivery({ relay: TWO, outcome: 'accepted', nextAttemptAt: null })

  it('is open, accepted or done', () => {
    const states = [item(), item(delivery(), taken), item(over), item(over, taken)]
    expect(states.map(isOpen)).toEqual([false, true, false, false])
    expect(states.map(isAccepted)).toEqual([false, true, false, true])
    expect(states.map(isDone)).toEqual([false, false, false, true])
  })

  it('counts attempts and plans the next one', () => {
    const answer = { relay: ONE, outcome: 'timed-out', reason: 'silence' } as const
    expect(afterAnswer(delivery({ attempts: 1 }), answer, NOW, () => 0)).toEqual({
      relay: ONE,
      outcome: 'timed-out',
      reason: 'silence',
      attempts: 2,
      nextAttemptAt: NOW + 2_000,
    })
    const quick = afterAnswer(delivery(), answer, NOW, () => 1, { min: 10, max: 50 })
    expect(quick.nextAttemptAt).toBe(NOW + 20)
    const last = { relay: ONE, outcome: 'refused', reason: 'what?' } as const
    expect(afterAnswer(delivery({ attempts: 6 }), last, NOW, () => 1).nextAttemptAt).not.toBeNull()
    expect(afterAnswer(delivery({ attempts: 7 }), last, NOW, () => 1).nextAttemptAt).toBeNull()
  })

  it('changes for its own relay', () => {
    const changed = { ...taken, reason: 'fine' }
    expect(withDelivery(item(over, taken), changed).deliveries).toEqual([over, changed])
  })

  it('is made due when chosen, and only if it was to come later', () => {
    const later = delivery({ nextAttemptAt: NOW + 9 })
    const given = item(later, delivery({ relay: TWO, nextAttemptAt: NOW + 9 }))
    const next = dueNow(given, NOW, ({ relay }) => relay === TWO)
    expect(next.deliveries.map(({ nextAttemptAt }) => nextAttemptAt)).toEqual([NOW + 9, NOW])
    expect(dueNow(item(delivery()), NOW, () => true).deliveries[0]).toEqual(delivery())
    expect(dueNow(given, NOW, () => false)).toBe(given)
    expect(dueNow(item(over), NOW, () => true).deliveries[0]?.nextAttemptAt).toBe(NOW)
    expect(resumed(item(over, later), [TWO], NOW).deliveries).toEqual([over, delivery()])
  })

  it('waits for its relay unless it got an answer', () => {
    expect(waitsForRelay(delivery())).toBe(true)
    expect(waitsForRelay(delivery({ outcome: 'unreachable' }))).toBe(true)
    expect(waitsForRelay(delivery({ outcome: 'refused' }))).toBe(false)
    expect(waitsForRelay(delivery({ outcome: 'accepted' }))).toBe(false)
    expect(waitsForRelay(over)).toBe(false)
    expect(waitsForRelay(delivery({ outcome: 'timed-out', nextAttemptAt: null }))).toBe(false)
  })

  it.each([
    [0, ''],
    [3, ''],
    [10_000, ''],
    [19_999, ''],
    [30_000, 'x'],
    [39_999, 'x'],
  ])('of kind %i replaces what has its address', (kind, d) => {
    const one = message(1, {
      kind,
      tags: [
        ['e', 'y'],
        ['d', 'x'],
      ],
    })
    expect(replacedAddress(one)).toBe(`${kind}:${CUSTOMER.pubkey}:${d}`)
  })

  it.each([1, 2, 4, 9_999, 20_000, 29_999, 40_000])('of kind %i replaces nothing', (kind) => {
    expect(replacedAddress(message(1, { kind }))).toBeNull()
  })

  it('is outdone by the newer version only', () => {
    const version = (n: number, created_at: number, d = 'x') =>
      message(n, { kind: KIND.stall, tags: d ? [['d', d]] : [], created_at })
    expect(supersedes(version(1, 6), version(2, 5))).toBe(true)
    expect(supersedes(version(1, 5), version(2, 6))).toBe(false)
    expect(supersedes(version(1, 5), version(2, 5))).toBe(true)
    expect(supersedes(version(2, 5), version(1, 5))).toBe(false)
    expect(supersedes(version(1, 6), version(1, 5))).toBe(false)
    expect(supersedes(version(1, 6, 'y'), version(2, 5))).toBe(false)
    expect(supersedes(message(1, { created_at: 9 }), message(2))).toBe(false)
    expect(replacedAddress(version(1, 1, ''))).toBe(`30017:${CUSTOMER.pubkey}:`)
  })
})

describe('what an answer means', () => {
  const refused = (reason: string, attempts?: number) =>
    classifyAnswer({ outcome: 'refused', reason }, attempts)

  it.each(['Event too LARGE', 'error: too big', 'rate-limited: too long'])(
    '%s is final',
    (text) => {
      expect(refused(text)).toBe('permanent')
    },
  )

  it.each(['not blocked: really', 'Blocked: no', 'blocked', ' invalid: x'])(
    '"%s" names no known class',
    (text) => {
      expect(refused(text)).toBe('retry')
      expect(refused(text, 7)).toBe('retry')
      expect(refused(text, 8)).toBe('permanent')
    },
  )

  it('that will pass is tried again, whatever its words', () => {
    expect(classifyAnswer({ outcome: 'refused', reason: 'blocked: no', passing: true })).toBe(
      'retry',
    )
  })

  it('waits longer each time', () => {
    expect([1, 2, 3].map((n) => retryDelay(n, () => 1, { min: 10, max: 70 }))).toEqual([20, 40, 70])
    expect(retryDelay(1, () => 0)).toBe(1_000)
  })
})
