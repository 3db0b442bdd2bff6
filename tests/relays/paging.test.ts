/** Reading a relay's whole past although it caps its answers. */
import { initNostrWasm } from 'nostr-wasm'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { UnverifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import { matchesFilter } from '@/relays/filters'
import { createTally, note, readBack } from '@/relays/history'
import { startRelay } from '../../dev/relay/relay'
import { startScriptedRelay, type Script } from './scriptedRelay'
import { fastVerifier, later, NOW, openPool, record, signed, until } from './support'

/** Signs quickly; the date is `ages[i]` seconds ago. */
async function manyEvents(ages: readonly number[]): Promise<UnverifiedEvent[]> {
  const wasm = await initNostrWasm()
  const secret = new Uint8Array(32).fill(7)
  return ages.map((age, i) => {
    const event = { kind: 1, created_at: NOW - age, tags: [], content: `event ${i}` }
    const full = { ...event, id: '', pubkey: '', sig: '' }
    wasm.finalizeEvent(full, secret)
    return full
  })
}

async function fill(url: string, events: readonly UnverifiedEvent[]) {
  const socket = new WebSocket(url)
  let answers = 0
  socket.on('message', () => answers++)
  await new Promise((open) => socket.on('open', open))
  for (const event of events) socket.send(JSON.stringify(['EVENT', event]))
  await until(() => answers === events.length, 'the relay to store all', 12_000)
  socket.terminate()
}

/** Serves the newest `cap` events, `events` being sorted so, whatever is asked for. */
const cappedAt =
  (cap: number, events: readonly UnverifiedEvent[]): Script =>
  ([type, id, filter], client) => {
    if (type !== 'REQ') return
    const { until: latest = Infinity } = filter as Filter
    const answer = events.filter(({ created_at }) => created_at <= latest).slice(0, cap)
    for (const event of answer) client.send('EVENT', id, event)
    client.send('EOSE', id)
  }

describe('paging', () => {
  it('brings 3,000 events from a relay capped at 500', { timeout: 40_000 }, async () => {
    const events = await manyEvents(Array.from({ length: 3_000 }, (_, i) => Math.floor(i / 3)))
    const relay = await startScriptedRelay(cappedAt(500, events))
    const pool = openPool([relay.url], { verifier: await fastVerifier() })
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === 1, 'the end', 30_000)
    expect(new Set(seen.ids()).size).toBe(3_000)
    expect(seen.events).toHaveLength(3_000)
    expect(seen.log.at(-1)).toBe(`stored ${relay.url}`)
    const pages = relay.received('REQ').slice(1)
    expect(pages.every(([, , filter]) => (filter as Filter).until! <= NOW)).toBe(true)
    await until(() => relay.received('CLOSE').length === pages.length)
  })

  it('pages each filter of a subscription, and never one with a limit', async () => {
    const relay = later(await startRelay({ maxLimit: 25 }), (started) => started.close())
    const events = await manyEvents(Array.from({ length: 80 }, (_, i) => i))
    const others = Array.from({ length: 30 }, (_, i) => signed({ kind: 7, created_at: NOW - i }))
    await fill(relay.url, [...events, ...others])
    const verifier = await fastVerifier()
    const both = record(openPool([relay.url], { verifier }), [{ kinds: [1] }, { kinds: [7] }])
    const limited = record(openPool([relay.url], { verifier }), [{ kinds: [1], limit: 22 }])
    await until(() => both.stored.length + limited.stored.length === 2)
    expect(both.events).toHaveLength(110)
    expect(limited.events).toHaveLength(22)
  })

  it('tells what is stored although a page is never answered, and asks for all again later', async () => {
    const events = await manyEvents(Array.from({ length: 30 }, (_, i) => i))
    const relay = await startScriptedRelay(([type, id, filter], client) => {
      if (type !== 'REQ' || (filter as Filter).until !== undefined) return
      for (const event of events) client.send('EVENT', id, event)
      client.send('EOSE', id)
    })
    const pool = openPool([relay.url], { timeouts: { stored: 150 } })
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.events).toHaveLength(30)
    const asked = relay.received('REQ').length
    relay.drop()
    await until(() => relay.received('REQ').length > asked)
    expect(relay.received('REQ')[asked]![2]).toEqual({ kinds: [1] })
  })

  it('ends at a relay that ignores `until`', async () => {
    const events = await manyEvents(Array.from({ length: 30 }, (_, i) => i))
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      for (const event of events) client.send('EVENT', id, event)
      client.send('EOSE', id)
    })
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(relay.received('REQ').length).toBeLessThan(4)
  })
})

describe('readBack', () => {
  const fakeEvent = (id: number, created_at: number): UnverifiedEvent => ({
    id: String(id),
    pubkey: '',
    sig: '',
    kind: 1,
    tags: [],
    content: '',
    created_at,
  })

  /** Newest first, lowest id first, at most `cap` an answer. */
  function reader(events: readonly UnverifiedEvent[], cap: number) {
    const tally = createTally({ kinds: [1] })
    let asked = 0
    const ask = async ({ until = Infinity }: Filter) => {
      asked++
      const answer = events
        .filter((event) => event.created_at <= until)
        .sort((a, b) => b.created_at - a.created_at || Number(a.id) - Number(b.id))
        .slice(0, cap)
      for (const event of answer) note(tally, event)
      return true
    }
    return { tally, ask, count: () => asked }
  }

  it('says so when more than a page share one second, and goes on to what is older', async () => {
    const events = [
      ...Array.from({ length: 100 }, (_, i) => fakeEvent(i, 1_000)),
      ...Array.from({ length: 60 }, (_, i) => fakeEvent(1_000 + i, 900 - i)),
    ]
    const { tally, ask, count } = reader(events, 40)
    expect(await readBack(tally, ask)).toBe('crowded')
    expect([...tally.seen].filter((id) => Number(id) >= 1_000)).toHaveLength(60)
    expect(count()).toBeLessThan(10)
  })

  /** As a relay would: bounds, authors and limit are honoured, up to its cap. */
  function relayReader(
    events: readonly UnverifiedEvent[],
    cap: number,
    { largest = cap, asking = { kinds: [1] } }: { largest?: number; asking?: Filter } = {},
  ) {
    const tally = createTally(asking)
    let asked = 0
    const ask = async (filter: Filter) => {
      asked++
      const { limit } = filter
      const answer = events
        .filter((event) => matchesFilter(filter, event))
        .sort((a, b) => b.created_at - a.created_at || Number(a.id) - Number(b.id))
        .slice(0, limit === undefined ? cap : Math.min(limit, largest))
      for (const event of answer) note(tally, event)
      return true
    }
    return { tally, ask, count: () => asked }
  }
  const by = (pubkey: string, event: UnverifiedEvent) => ({ ...event, pubkey })
  const crowded = [
    ...Array.from({ length: 60 }, (_, i) => by(`a${i % 4}`, fakeEvent(i, 1_000))),
    ...Array.from({ length: 60 }, (_, i) => by('a1', fakeEvent(1_000 + i, 900 - i))),
  ]

  it('asks for a crowded second by its authors, or for more at once', async () => {
    const named = { kinds: [1], authors: ['a0', 'a1', 'a2', 'a3'] }
    for (const { tally, ask } of [
      relayReader(crowded, 20, { asking: named }),
      relayReader(crowded, 20, { largest: 500, asking: named }),
    ]) {
      expect(await readBack(tally, ask)).toBe('all')
      expect(tally.seen.size).toBe(120)
    }
  })

  it('says that more may be there where the authors are only those it has met', async () => {
    const { tally, ask } = relayReader(crowded, 20)
    expect(await readBack(tally, ask)).toBe('crowded')
    expect(tally.seen.size).toBe(120)
    const withStranger = [...crowded, by('b', fakeEvent(59.5, 1_000))]
    const unmet = relayReader(withStranger, 20)
    expect(await readBack(unmet.tally, unmet.ask)).toBe('crowded')
    expect(unmet.tally.seen.size).toBe(120)
    // Another relay may have introduced them.
    const met = relayReader(withStranger, 20)
    met.tally.people.add('b')
    await readBack(met.tally, met.ask)
    expect(met.tally.seen.size).toBe(121)
  })

  it('asks for a crowded second by authors who are known only from older events', async () => {
    const writers = Array.from({ length: 300 }, (_, i) => `a${i}`)
    const events = [
      ...writers.slice(-60).map((writer, i) => by(writer, fakeEvent(i, 1_000))),
      ...writers.map((writer, i) => by(writer, fakeEvent(1_000 + i, 900 - i))),
    ]
    const { tally, ask, count } = relayReader(events, 20)
    await readBack(tally, ask)
    expect(tally.seen.size).toBe(360)
    expect(count()).toBeLessThan(50)
  })

  it('does not take the most that a relay hands out at once for everything', async () => {
    const { tally, ask } = relayReader(crowded, 20, { largest: 50 })
    expect(await readBack(tally, ask)).toBe('crowded')
    expect(tally.seen.size).toBe(120)
  })

  it('asks for crowded seconds so many times at most', async () => {
    const events = Array.from({ length: 9_000 }, (_, i) => by(`a${i % 50}`, fakeEvent(i, i % 300)))
    const { tally, ask, count } = relayReader(events, 20)
    expect(await readBack(tally, ask)).toBe('crowded')
    expect(count()).toBeLessThan(1_100)
  })

  it('asks for a crowded second of one author by those it was sent to', async () => {
    const events = Array.from({ length: 60 }, (_, i) => ({
      ...fakeEvent(i, 1_000),
      tags: [['p', `p${i % 5}`]],
    }))
    // As a client that wrote to them at other times too.
    const older = Array.from({ length: 5 }, (_, i) => ({
      ...fakeEvent(100 + i, 2_000 + i),
      tags: [['p', `p${i}`]],
    }))
    const asking = { kinds: [1], authors: [''] }
    const { tally, ask } = relayReader([...events, ...older], 20, { asking })
    await readBack(tally, ask)
    expect(tally.seen.size).toBe(65)
  })

  it('reads relays that cap as low as five', async () => {
    const { tally, ask } = relayReader(crowded.slice(60), 5)
    expect(await readBack(tally, ask)).toBe('all')
    expect(tally.seen.size).toBe(60)
  })

  it('does not ask before the date that the filter begins with', async () => {
    const tally = createTally({ kinds: [1], since: 50 })
    note(tally, fakeEvent(1, 50))
    const asked: Filter[] = []
    await readBack(tally, async (filter) => {
      asked.push(filter)
      return true
    })
    expect(asked).toEqual([{ kinds: [1], since: 50, until: 50 }])
  })

  it('gives up on a relay that always has something new', async () => {
    const tally = createTally({ kinds: [1] })
    let id = 0
    const whole = await readBack(tally, async () => {
      note(tally, fakeEvent(id++, 1_000_000 - id))
      return true
    })
    expect(whole).toBe('broken')
    expect(id).toBe(1_000)
  })
})
