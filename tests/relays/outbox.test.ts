/** The outbox: stores first, sends the same bytes, retries what can pass, survives reloads. */
import { describe, expect, it } from 'vitest'
import type { Delivery, OutboxItem, OutboxStorage } from '@/protocol/relay'
import { createHoldLock, type Locks } from '@/relays/itemLock'
import { createOutbox, type OutboxOptions } from '@/relays/outbox'
import { startRelay } from '../../dev/relay/relay'
import { startScriptedRelay } from './scriptedRelay'
import { allConnected, later, openPool, pause, signed, until } from './support'

const event = signed({ kind: 4, content: 'an order' })

function memory() {
  const kept = new Map<string, string>()
  const saves: OutboxItem[] = []
  const storage: OutboxStorage = {
    load: () => [...kept.values()].map((text) => JSON.parse(text) as OutboxItem),
    read: (id) => JSON.parse(kept.get(id) ?? 'null') as OutboxItem | null,
    save(item) {
      saves.push(item)
      kept.set(item.event.id, JSON.stringify(item))
    },
    remove: (id) => void kept.delete(id),
  }
  return { storage, saves, kept }
}

function openOutbox(options: OutboxOptions) {
  const outbox = later(createOutbox({ random: () => 0, ...options }), (opened) => opened.close())
  const changes: { item: OutboxItem; answer: Delivery | null }[] = []
  outbox.onChange((item, answer) => {
    changes.push({ item, answer })
    outbox.acknowledge(item.event.id)
  })
  const outcomes = () => changes.flatMap(({ answer }) => (answer ? [answer.outcome] : []))
  return { outbox, changes, outcomes }
}

const goodRelay = async () => later(await startRelay(), (relay) => relay.close())

describe('enqueue', () => {
  it('stores first, then sends, then forgets what every relay took', async () => {
    const relay = await goodRelay()
    const { storage, saves, kept } = memory()
    const { outbox, changes, outcomes } = openOutbox({ pool: openPool([relay.url]), storage })
    const item = outbox.enqueue(event)
    expect(kept.size).toBe(1)
    expect(saves[0]!.deliveries).toEqual([
      expect.objectContaining({ relay: relay.url, outcome: 'pending', attempts: 0 }),
    ])
    expect(item.deliveries[0]!.outcome).toBe('pending')
    await until(() => outcomes().length === 1)
    expect(changes.find(({ answer }) => answer)!.answer).toMatchObject({
      relay: relay.url,
      outcome: 'accepted',
      attempts: 1,
      nextAttemptAt: null,
    })
    expect(kept.size).toBe(0)
    expect(outbox.items()).toEqual([])
    expect(relay.events().map(({ id }) => id)).toEqual([event.id])
  })

  it('throws when the event cannot be stored, and sends nothing', async () => {
    const relay = await goodRelay()
    const { storage } = memory()
    const full = {
      ...storage,
      save: () => {
        throw new Error('no space')
      },
    }
    const pool = openPool([relay.url])
    await allConnected(pool)
    const { outbox } = openOutbox({ pool, storage: full })
    expect(() => outbox.enqueue(event)).toThrow('no space')
    await pause(50)
    expect(relay.events()).toEqual([])
    expect(outbox.items()).toEqual([])
  })

  it('twice is one item', async () => {
    const relay = await startScriptedRelay()
    const { storage } = memory()
    const { outbox } = openOutbox({ pool: openPool([relay.url]), storage })
    const first = outbox.enqueue(event)
    expect(outbox.enqueue(event)).toBe(first)
    await until(() => relay.received('EVENT').length === 1)
    await pause(30)
    expect(relay.received('EVENT')).toHaveLength(1)
  })
})

describe('answers', () => {
  it('a passing refusal is retried with identical bytes until it is accepted', async () => {
    let attempts = 0
    const relay = await startScriptedRelay(([type], client) => {
      if (type !== 'EVENT') return
      attempts++
      if (attempts === 1) client.send('OK', event.id, false, 'rate-limited: slow down')
      else client.send('OK', event.id, true, '')
    })
    const { storage, saves } = memory()
    const { outbox, outcomes } = openOutbox({ pool: openPool([relay.url]), storage })
    outbox.enqueue(event)
    await until(() => outcomes().length === 2)
    expect(outcomes()).toEqual(['refused', 'accepted'])
    expect(saves.at(-2)!.deliveries[0]!.nextAttemptAt).toBeGreaterThan(Date.now() - 5_000)
    const [first, second] = relay.received('EVENT')
    expect(JSON.stringify(second)).toBe(JSON.stringify(first))
  })

  it('refused by all for good stays listed and stored, and is not sent again by itself', async () => {
    const relay = await startRelay({ faults: { refuse: () => 'blocked: not you' } })
    later(relay, () => relay.close())
    const { storage, kept } = memory()
    const pool = openPool([relay.url])
    const { outbox, outcomes } = openOutbox({ pool, storage })
    outbox.enqueue(event)
    await until(() => outcomes().length === 1)
    expect(outbox.items()[0]!.deliveries[0]).toMatchObject({
      outcome: 'refused',
      reason: 'blocked: not you',
      nextAttemptAt: null,
    })
    expect(kept.size).toBe(1)
    relay.setFaults({})
    outbox.retryNow()
    relay.dropConnections()
    await allConnected(pool)
    await pause(50)
    expect(relay.events()).toEqual([])
    outbox.retryNow(event.id)
    await until(() => relay.events().length === 1)
    await until(() => outbox.items().length === 0)
  })

  it('is kept until the last relay has a final answer', async () => {
    const [good, bad] = [await goodRelay(), await startRelay()]
    later(bad, () => bad.close())
    bad.setFaults({ refuse: () => 'error: database is busy' })
    const { storage, kept } = memory()
    const { outbox, outcomes } = openOutbox({ pool: openPool([good.url, bad.url]), storage })
    outbox.enqueue(event)
    await until(() => outcomes().length === 2)
    expect(kept.size).toBe(1)
    bad.setFaults({ refuse: () => 'invalid: no' })
    outbox.retryNow(event.id)
    await until(() => outbox.items().length === 0)
    expect(kept.size).toBe(0)
    expect(outcomes().filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  })

  it('goes out when a relay that was down comes up', async () => {
    const down = await startScriptedRelay()
    const port = Number(new URL(down.url).port)
    await down.close()
    const pool = openPool([down.url], { timeouts: { publishConnect: 50 } })
    const { storage } = memory()
    const { outbox, outcomes } = openOutbox({ pool, storage, random: () => 1 })
    outbox.enqueue(event)
    await until(() => outcomes().length === 2, 'attempts that fail')
    expect(outcomes()).toEqual(['unreachable', 'unreachable'])
    const planned = outbox.items()[0]!.deliveries[0]!.nextAttemptAt!
    const relay = later(await startRelay({ port }), (started) => started.close())
    await until(() => outcomes().includes('accepted'))
    expect(Date.now()).toBeLessThan(planned)
    expect(relay.events()).toHaveLength(1)
  })

  it('goes out at once when the browser is online again', async () => {
    let online: () => void = () => undefined
    const onOnline = (listener: () => void) => {
      online = listener
      return () => undefined
    }
    let mute = true
    const relay = await startScriptedRelay(([type], client) => {
      if (type === 'EVENT' && !mute) client.send('OK', event.id, true, '')
    })
    const pool = openPool([relay.url], { timeouts: { ok: 50 } })
    const { outbox, outcomes } = openOutbox({
      pool,
      storage: memory().storage,
      random: () => 1,
      onOnline,
    })
    outbox.enqueue(event)
    await until(() => outcomes().length === 1)
    expect(outcomes()).toEqual(['timed-out'])
    mute = false
    online()
    await until(() => outcomes().includes('accepted'), 'the retry', 1_500)
  })
})

describe('reload', () => {
  it('resumes with identical bytes what was not finished', async () => {
    const { storage, kept } = memory()
    const mute = await startScriptedRelay()
    const before = openOutbox({ pool: openPool([mute.url]), storage })
    before.outbox.enqueue(event)
    await until(() => mute.received('EVENT').length === 1)
    before.outbox.close()
    const sent = JSON.stringify(mute.received('EVENT')[0])

    const after = openOutbox({ pool: openPool([mute.url]), storage })
    await until(() => mute.received('EVENT').length === 2)
    expect(JSON.stringify(mute.received('EVENT')[1])).toBe(sent)
    mute.clients().forEach((client) => client.send('OK', event.id, true, ''))
    await until(() => after.outbox.items().length === 0)
    expect(kept.size).toBe(0)
  })

  it('a relay that took it already is not asked again', async () => {
    const [good, mute] = [await goodRelay(), await startScriptedRelay()]
    const { storage } = memory()
    const urls = [good.url, mute.url]
    const before = openOutbox({ pool: openPool(urls), storage })
    before.outbox.enqueue(event)
    await until(() => before.outcomes().length === 1)
    before.outbox.close()
    const after = openOutbox({ pool: openPool(urls), storage })
    await until(() => mute.received('EVENT').length === 2)
    await pause(30)
    expect(after.outcomes()).toEqual([])
    expect(after.outbox.items()[0]!.deliveries.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'pending',
    ])
  })
})

/** Web Locks of one origin, shared by its tabs. */
function fakeLocks(): Locks {
  const queues = new Map<string, Promise<unknown>>()
  return {
    request(name, { signal }, held) {
      const turn = (queues.get(name) ?? Promise.resolve()).then(() =>
        signal.aborted ? undefined : held(),
      )
      queues.set(name, turn)
      return turn
    },
  }
}

describe('several tabs', () => {
  it('one delivers; another takes over what is open when it closes', async () => {
    const locks = fakeLocks()
    const { storage } = memory()
    const mute = await startScriptedRelay()
    const tab = () =>
      openOutbox({ pool: openPool([mute.url]), storage, holdLock: createHoldLock(locks) })
    const first = tab()
    first.outbox.enqueue(event)
    const second = tab()
    await until(() => mute.received('EVENT').length === 1)
    await pause(50)
    expect(mute.received('EVENT')).toHaveLength(1)
    expect(second.outbox.items()).toHaveLength(1)
    first.outbox.close()
    await until(() => mute.received('EVENT').length === 2)
  })

  it('what the other tab finished meanwhile is not sent again', async () => {
    const locks = fakeLocks()
    const { storage } = memory()
    const relay = await startScriptedRelay()
    const tab = () =>
      openOutbox({ pool: openPool([relay.url]), storage, holdLock: createHoldLock(locks) })
    const first = tab()
    first.outbox.enqueue(event)
    const second = tab()
    await until(() => relay.received('EVENT').length === 1)
    relay.clients().forEach((client) => client.send('OK', event.id, true, ''))
    await until(() => first.outbox.items().length === 0)
    await until(() => second.outbox.items().length === 0)
    await pause(30)
    expect(relay.received('EVENT')).toHaveLength(1)
  })

  it('delivers all the same where locks are forbidden', async () => {
    const relay = await goodRelay()
    const forbidden: Locks = { request: () => Promise.reject(new Error('SecurityError')) }
    const { outbox, outcomes } = openOutbox({
      pool: openPool([relay.url]),
      storage: memory().storage,
      holdLock: createHoldLock(forbidden),
    })
    outbox.enqueue(event)
    await until(() => outcomes().includes('accepted'))
  })
})
