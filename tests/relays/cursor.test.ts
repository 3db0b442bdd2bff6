/** Gaps: what is asked after reconnecting, and that nothing is lost or rewritten. */
import { describe, expect, it } from 'vitest'
import type { VerifiedEvent } from '@/protocol/event'
import type { Filter, RelayPool } from '@/protocol/relay'
import { startRelay } from '../../dev/relay/relay'
import { startScriptedRelay, serving } from './scriptedRelay'
import { forgedCopy, later, NOW, openPool, pause, record, signed, until } from './support'

const OVERLAP = 600
const filterOf = (frame: unknown[]) => frame[2] as Filter

/** The writer's own connection is cut too, so one attempt may not do. */
async function publishSurely(writer: RelayPool, event: VerifiedEvent, relay: string) {
  const accepted = async () =>
    (await writer.publish(event, { relays: [relay] }))[0]!.outcome === 'accepted'
  while (!(await accepted())) await pause(5)
}

describe('the cursor', () => {
  it('future-dated and invalid events do not move it: since is local time minus the overlap', async () => {
    const future = signed({ created_at: 4_102_444_800, content: 'from 2100' })
    const bad = { ...forgedCopy(signed({ content: 'bad' })), created_at: 10_000_000_000 }
    const relay = await startScriptedRelay(serving([bad, future]))
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    relay.drop()
    await until(() => relay.received('REQ').length === 2)
    const [first, second] = relay.received('REQ').map(filterOf)
    expect(first!.since).toBeUndefined()
    const now = Math.floor(Date.now() / 1000)
    expect(second!.since).toBeLessThanOrEqual(now - OVERLAP)
    expect(second!.since).toBeGreaterThan(now - OVERLAP - 60)
  })

  it('the full filter is asked again when EOSE had not been seen', async () => {
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type === 'REQ') client.send('EVENT', id, signed())
    })
    const seen = record(openPool([relay.url]), [{ kinds: [1], limit: 7 }])
    await until(() => seen.events.length === 1)
    relay.drop()
    await until(() => relay.received('REQ').length === 2)
    expect(relay.received('REQ').map(filterOf)).toEqual([
      { kinds: [1], limit: 7 },
      { kinds: [1], limit: 7 },
    ])
  })

  it('a second cut in the middle of the answer to a gap does not skip the rest of the gap', async () => {
    let now = NOW * 1000
    let asked = 0
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      asked++
      if (asked === 2) client.send('EVENT', id, signed({ content: 'newest of the gap' }))
      else client.send('EOSE', id)
    })
    const seen = record(openPool([relay.url], { now: () => now }), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    relay.drop()
    now += 86_400_000
    await until(() => seen.events.length === 1)
    relay.drop()
    await until(() => relay.received('REQ').length === 3)
    const [, second, third] = relay.received('REQ').map(filterOf)
    expect(second!.since).toBe(NOW - OVERLAP)
    expect(third!.since).toBe(NOW - OVERLAP)
  })

  it('a clock that was set back does not ask for the future', async () => {
    let now = NOW * 1000
    const relay = await startScriptedRelay(serving([]))
    const seen = record(openPool([relay.url], { now: () => now }), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    now -= 3_600_000
    relay.drop()
    await until(() => relay.received('REQ').length === 2)
    expect(filterOf(relay.received('REQ')[1]!).since).toBe(NOW - 3_600 - OVERLAP)
  })

  it('goes back two days more for gift wraps and never before the caller asked', async () => {
    const relay = await startScriptedRelay(serving([]))
    const since = NOW - 100
    const seen = record(openPool([relay.url]), [{ kinds: [1059] }, { kinds: [4], since }])
    await until(() => seen.stored.length === 1)
    relay.drop()
    await until(() => relay.received('REQ').length === 2)
    const [wraps, messages] = relay.received('REQ')[1]!.slice(2) as Filter[]
    expect(wraps!.since).toBeLessThan(NOW - 2 * 86_400)
    expect(messages!.since).toBe(since)
  })

  it('filters of the caller are never mutated, nor those of the other relay', async () => {
    const relays = await Promise.all([1, 2].map(() => startScriptedRelay(serving([signed()]))))
    const filters: Filter[] = [Object.freeze({ kinds: Object.freeze([1]) as number[], limit: 3 })]
    const before = JSON.stringify(filters)
    const seen = record(openPool(relays.map(({ url }) => url)), filters)
    await until(() => seen.stored.length === 2)
    relays[0]!.drop()
    await until(() => relays[0]!.received('REQ').length === 2)
    await pause(50)
    expect(JSON.stringify(filters)).toBe(before)
    expect(relays[1]!.received('REQ').map(filterOf)).toEqual([{ kinds: [1], limit: 3 }])
  })
})

describe('reconnecting', () => {
  it('loses nothing: backdated events of the gap arrive, on the dropped and the healthy relay', async () => {
    const relays = await Promise.all([startRelay(), startRelay()])
    for (const relay of relays) later(relay, () => relay.close())
    const pool = openPool(relays.map(({ url }) => url))
    const writer = openPool(relays.map(({ url }) => url))
    const seen = record(pool, [{ kinds: [4] }])
    await until(() => seen.stored.length === 2)
    const newest = signed({ kind: 4, created_at: NOW + 60, content: 'newest' })
    await writer.publish(newest)
    await until(() => seen.events.length === 1)

    relays[0]!.dropConnections()
    const backdated = signed({ kind: 4, created_at: NOW - 300, content: 'backdated' })
    const elsewhere = signed({ kind: 4, created_at: NOW - 200, content: 'at the healthy relay' })
    await publishSurely(writer, backdated, relays[0]!.url)
    await publishSurely(writer, elsewhere, relays[1]!.url)
    await until(() => seen.events.length === 3)
    expect(new Set(seen.ids())).toEqual(new Set([newest.id, backdated.id, elsewhere.id]))
  })

  it('a stream that is cut again and again arrives whole and without duplicates', async () => {
    const relay = later(await startRelay(), (started) => started.close())
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    const writer = openPool([relay.url], { timeouts: { publishConnect: 3_000 } })
    const events = Array.from({ length: 30 }, (_, i) =>
      signed({ content: `part ${i}`, created_at: NOW - i }),
    )
    for (const [i, event] of events.entries()) {
      await publishSurely(writer, event, relay.url)
      if (i % 6 === 5) relay.dropConnections()
    }
    await until(() => seen.events.length === events.length)
    expect(new Set(seen.ids())).toEqual(new Set(events.map(({ id }) => id)))
  })

  it('waits longer each time, tells when, and comes back at once when the browser is online', async () => {
    const dead = await startScriptedRelay()
    const port = Number(new URL(dead.url).port)
    await dead.close()
    let online: () => void = () => undefined
    const pool = openPool([dead.url], {
      random: () => 1,
      timeouts: { retryMin: 30_000, retryMax: 60_000 },
      onOnline: (listener) => {
        online = listener
        return () => undefined
      },
    })
    await until(() => pool.states()[0]!.status === 'waiting')
    const { retryAt, problem } = pool.states()[0]!
    expect(retryAt! - Date.now()).toBeGreaterThan(25_000)
    expect(problem).toMatch(/cannot be reached/)
    online()
    await until(() => (pool.states()[0]!.retryAt ?? 0) - Date.now() > 50_000)
    await startScriptedRelay(() => undefined, port)
    online()
    await until(() => pool.states()[0]!.status === 'connected')
    expect(pool.states()[0]).toMatchObject({ problem: '', retryAt: null })
  })
})
