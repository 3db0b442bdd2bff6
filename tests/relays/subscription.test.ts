/** Subscriptions: order of events and end of stored ones, silence, refusals, size, the end. */
import { describe, expect, it } from 'vitest'
import { startRelay } from '../../dev/relay/relay'
import { startScriptedRelay, serving } from './scriptedRelay'
import { allConnected, later, openPool, pause, record, signed, until } from './support'

describe('stored events', () => {
  it('EOSE only after verified events: onStored comes after all of them', async () => {
    const events = Array.from({ length: 40 }, (_, i) => signed({ content: `event ${i}` }))
    const relay = await startScriptedRelay(serving(events))
    const seen = record(openPool([relay.url]), [{ kinds: [1], limit: 100 }])
    await until(() => seen.stored.length === 1)
    expect(seen.log).toEqual([...events.map(({ id }) => id), `stored ${relay.url}`])
  })

  it('a relay that never sends EOSE counts as stored after a while, and later events come', async () => {
    const [early, late] = [signed({ content: 'early' }), signed({ content: 'late' })]
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type === 'REQ') client.send('EVENT', id, early)
    })
    const seen = record(openPool([relay.url], { timeouts: { stored: 80 } }), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    relay.clients()[0]!.send('EVENT', relay.received('REQ')[0]![1], late)
    await until(() => seen.events.length === 2)
    expect(seen.log).toEqual([early.id, `stored ${relay.url}`, late.id])
  })

  it('without EOSE too, onStored comes after the events that are still being verified', async () => {
    const event = signed()
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type === 'REQ') client.send('EVENT', id, event)
    })
    const verifier = {
      verify: async (events: readonly unknown[]) => {
        await pause(200)
        return events.map(() => true)
      },
    }
    const pool = openPool([relay.url], { verifier, timeouts: { stored: 20 } })
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.log).toEqual([event.id, `stored ${relay.url}`])
  })

  it('a relay that drips events for ever counts as stored after a while', async () => {
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      const drip = setInterval(() => client.send('EVENT', id, { no: 'event' }), 10)
      later(drip, clearInterval)
    })
    const seen = record(openPool([relay.url], { timeouts: { stored: 40 } }), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(relay.received('REQ')).toHaveLength(1)
  })

  it('onStored is called once a relay, also after reconnecting', async () => {
    const relay = await startScriptedRelay(serving([signed()]))
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    relay.drop()
    await until(() => relay.received('REQ').length === 2)
    await pause(50)
    expect(seen.stored).toEqual([relay.url])
    expect(seen.events).toHaveLength(1)
  })

  it('storedOnly ends the subscription at the relay and delivers nothing more', async () => {
    const relay = await startScriptedRelay(serving([signed()]))
    const seen = record(openPool([relay.url]), [{ kinds: [1] }], { storedOnly: true })
    await until(() => relay.received('CLOSE').length === 1)
    const id = relay.received('REQ')[0]![1]
    expect(relay.received('CLOSE')[0]![1]).toBe(id)
    relay.clients()[0]!.send('EVENT', id, signed({ content: 'late' }))
    await pause(50)
    expect(seen.events).toHaveLength(1)
  })

  it('live events of a real relay come once from two relays', async () => {
    const relays = await Promise.all([startRelay(), startRelay()])
    for (const relay of relays) later(relay, () => relay.close())
    const pool = openPool(relays.map(({ url }) => url))
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === 2)
    const event = signed({ content: 'live' })
    const answers = await pool.publish(event)
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    await until(() => seen.events.length > 0)
    await pause(50)
    expect(seen.ids()).toEqual([event.id])
  })
})

describe('what a relay may not do', () => {
  it('huge frames are ignored and reported, and the connection goes on', async () => {
    const event = signed()
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      client.raw(JSON.stringify(['EVENT', id, { ...event, content: 'x'.repeat(600 * 1024) }]))
      client.raw('not json')
      client.raw('{"an":"object"}')
      client.send('EVENT', id, event)
      client.send('EOSE', id)
    })
    const pool = openPool([relay.url])
    const problems: string[] = []
    pool.onStates((states) => problems.push(states[0]!.problem))
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.ids()).toEqual([event.id])
    expect(problems.some((problem) => problem.includes('too large'))).toBe(true)
    expect(pool.states()[0]!.status).toBe('connected')
  })

  it('speak about subscriptions that were not asked for', async () => {
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      client.send('EVENT', 'other', signed({ content: 'unasked' }))
      client.send('EOSE', 'other')
      client.send('CLOSED', 'other', 'error: no')
      client.send('EOSE', id)
    })
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.events).toEqual([])
    expect(seen.closed).toEqual([])
  })

  it('hold a half-open connection: silence is probed and the relay is reconnected', async () => {
    const relay = await startScriptedRelay()
    const pool = openPool([relay.url], { timeouts: { silence: 50, ping: 50 } })
    const problems: string[] = []
    pool.onStates((states) => problems.push(states[0]!.problem))
    await until(() => relay.received('REQ').length >= 2, 'a second probe')
    expect(problems).toContain('The relay no longer answers')
  })

  it('a quiet relay that answers the probe stays connected', async () => {
    const relay = await startScriptedRelay(serving([]))
    const pool = openPool([relay.url], { timeouts: { silence: 30, ping: 1_000 } })
    const states: string[] = []
    pool.onStates(([state]) => states.push(state!.status))
    await until(() => relay.received('CLOSE').length >= 3)
    expect(states).not.toContain('waiting')
  })
})

describe('refusals and dead relays', () => {
  it('CLOSED with a passing reason is asked again', async () => {
    let asked = 0
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      if (asked++ === 0) client.send('CLOSED', id, 'rate-limited: slow down')
      else client.send('EOSE', id)
    })
    const seen = record(openPool([relay.url], { random: () => 0 }), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.closed).toEqual([{ relay: relay.url, reason: 'rate-limited: slow down' }])
  })

  it('CLOSED for good is told, and asked again after reconnecting', async () => {
    const relay = await startScriptedRelay(([type, id], client) => {
      if (type === 'REQ') client.send('CLOSED', id, 'blocked: not here')
    })
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.closed.length === 1)
    relay.drop()
    await until(() => seen.closed.length === 3)
    expect(seen.closed[0]!.reason).toBe('blocked: not here')
    expect(seen.closed[2]!.reason).toBe('blocked: not here')
  })

  it('a dead relay is told with its reason while the other one serves', async () => {
    const dead = await startScriptedRelay()
    await dead.close()
    const relay = await startScriptedRelay(serving([signed()]))
    const seen = record(openPool([dead.url, relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1 && seen.closed.length === 1)
    expect(seen.closed[0]!.relay).toBe(dead.url)
    expect(seen.closed[0]!.reason).toMatch(/cannot be reached/)
    await pause(100)
    expect(seen.closed).toHaveLength(1)
  })

  it('invalid urls are closed with words, never a throw', async () => {
    const relay = await startScriptedRelay(serving([]))
    const pool = openPool(['not a url', 'https://example.com', relay.url, `${relay.url}/`])
    expect(pool.urls).toEqual([relay.url])
    const bad = pool.states().filter(({ status }) => status === 'closed')
    expect(bad.map(({ url }) => url)).toEqual(['not a url', 'https://example.com'])
    expect(bad.every(({ problem }) => problem.includes('not a relay address'))).toBe(true)
    const seen = record(pool, [{}], { relays: ['also wrong', relay.url] })
    await until(() => seen.stored.length === 1 && seen.closed.length === 1)
    expect(seen.closed[0]!.reason).toContain('not a relay address')
  })
})

describe('the end', () => {
  it('close() closes the subscription at every relay', async () => {
    const relays = await Promise.all([1, 2].map(() => startScriptedRelay(serving([]))))
    const seen = record(openPool(relays.map(({ url }) => url)), [{ kinds: [1] }])
    await until(() => seen.stored.length === 2)
    seen.subscription.close()
    await until(() => relays.every((relay) => relay.received('CLOSE').length === 1))
    for (const relay of relays) {
      expect(relay.received('CLOSE')[0]![1]).toBe(relay.received('REQ')[0]![1])
      relay.clients()[0]!.send('EVENT', relay.received('REQ')[0]![1], signed())
    }
    await pause(50)
    expect(seen.events).toEqual([])
  })

  it('closing the pool ends connections and retries, and what is asked afterwards answers', async () => {
    const relay = await startScriptedRelay(serving([]))
    const pool = openPool([relay.url])
    await allConnected(pool)
    pool.close()
    await until(() => relay.clients().length === 0)
    await pause(100)
    expect(relay.clients()).toEqual([])
    expect(pool.states()[0]!.status).toBe('closed')
    const [answer] = await pool.publish(signed())
    expect(answer!.outcome).toBe('unreachable')
    const seen = record(pool, [{}])
    await until(() => seen.closed.length === 1)
  })

  it('a relay outside the pool is connected only while it is needed', async () => {
    const relay = await startScriptedRelay(serving([signed()]))
    const pool = openPool([])
    const seen = record(pool, [{ kinds: [1] }], { relays: [relay.url] })
    await until(() => seen.stored.length === 1)
    expect(pool.states().map(({ url }) => url)).toEqual([relay.url])
    seen.subscription.close()
    await until(() => relay.clients().length === 0)
    expect(pool.states()).toEqual([])
  })
})
