/** Publishing: always one answer a relay, whatever the relay does. */
import { describe, expect, it } from 'vitest'
import { startRelay } from '../../dev/relay/relay'
import { startScriptedRelay } from './scriptedRelay'
import { allConnected, later, openPool, signed, until } from './support'

const event = signed()

describe('publish', () => {
  it('an empty url list resolves with no answers', async () => {
    expect(await openPool([]).publish(event)).toEqual([])
  })

  it('to a dead relay answers unreachable, with the reason', async () => {
    const dead = await startScriptedRelay()
    await dead.close()
    const pool = openPool([dead.url], { timeouts: { publishConnect: 150 } })
    const [answer] = await pool.publish(event)
    expect(answer).toMatchObject({ relay: dead.url, outcome: 'unreachable' })
    expect(answer!.reason).toMatch(/cannot be reached/)
  })

  it('to a socket that opens but is never a websocket answers within the deadline', async () => {
    const { createServer } = await import('node:net')
    const server = createServer((socket) => void later(socket, () => socket.destroy()))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    later(server, () => server.close())
    const { port } = server.address() as { port: number }
    const pool = openPool([`ws://127.0.0.1:${port}`], {
      timeouts: { publishConnect: 200, connect: 100 },
    })
    const [answer] = await pool.publish(event)
    expect(answer!.outcome).toBe('unreachable')
  })

  it('to a mute relay (never OK) times out while others answer at once', async () => {
    const good = later(await startRelay(), (relay) => relay.close())
    const mute = later(await startRelay({ faults: { mute: 'ok' } }), (relay) => relay.close())
    const pool = openPool([mute.url, good.url], { timeouts: { ok: 800 } })
    const order: string[] = []
    const answers = await pool.publish(event, {
      onAnswer: ({ outcome }) => order.push(outcome),
    })
    expect(answers.map(({ relay, outcome }) => [relay, outcome])).toEqual([
      [mute.url, 'timed-out'],
      [good.url, 'accepted'],
    ])
    expect(order).toEqual(['accepted', 'timed-out'])
  })

  it('passes a refusal on in the words of the relay', async () => {
    const relay = await startRelay({ faults: { refuse: () => 'blocked: not welcome' } })
    later(relay, () => relay.close())
    expect(await openPool([relay.url]).publish(event)).toEqual([
      { relay: relay.url, outcome: 'refused', reason: 'blocked: not welcome' },
    ])
  })

  it('takes a duplicate for accepted, whatever its OK says', async () => {
    const real = later(await startRelay(), (relay) => relay.close())
    const odd = await startScriptedRelay(([type], client) => {
      if (type === 'EVENT') client.send('OK', event.id, false, 'duplicate: have it')
    })
    const pool = openPool([real.url, odd.url])
    await pool.publish(event)
    const answers = await pool.publish(event)
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    expect(answers[1]!.reason).toBe('duplicate: have it')
  })

  it('is matched by event id, not by the order of answers', async () => {
    const other = signed({ content: 'other' })
    const waiting: string[] = []
    const relay = await startScriptedRelay(([type, raw], client) => {
      if (type !== 'EVENT') return
      waiting.unshift((raw as { id: string }).id)
      if (waiting.length < 2) return
      for (const id of waiting) client.send('OK', id, id === event.id, 'invalid: no')
    })
    const pool = openPool([relay.url])
    const [[first], [second]] = await Promise.all([pool.publish(event), pool.publish(other)])
    expect(first!.outcome).toBe('accepted')
    expect(second!.outcome).toBe('refused')
  })

  it('answers when the connection is cut before the OK', async () => {
    const relay = await startScriptedRelay(([type]) => type === 'EVENT' && relay.drop())
    const [answer] = await openPool([relay.url]).publish(event)
    expect(answer!.outcome).toBe('unreachable')
  })

  it('waits for a relay that comes up within the deadline', async () => {
    const down = await startScriptedRelay()
    const port = Number(new URL(down.url).port)
    await down.close()
    const pool = openPool([down.url], { timeouts: { publishConnect: 5_000 } })
    const pending = pool.publish(event)
    await until(() => pool.states()[0]!.problem !== '')
    await startScriptedRelay(([type], client) => {
      if (type === 'EVENT') client.send('OK', event.id, true, '')
    }, port)
    expect((await pending)[0]!.outcome).toBe('accepted')
  })

  it('names each relay once, and refuses what is no address for good', async () => {
    const relay = later(await startRelay(), (started) => started.close())
    const pool = openPool([])
    const answers = await pool.publish(event, {
      relays: [relay.url, `${relay.url}/`, relay.url.replace('ws:', 'WS:'), 'nonsense'],
    })
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused'])
    expect(answers[1]!.reason).toMatch(/^invalid: .*not a relay address/)
  })

  it('sends the very bytes that were signed', async () => {
    const relay = await startScriptedRelay(([type], client) => {
      if (type === 'EVENT') client.send('OK', event.id, true, '')
    })
    const pool = openPool([relay.url])
    await allConnected(pool)
    await pool.publish(event)
    await pool.publish(event)
    const [a, b] = relay.received('EVENT')
    expect(a![1]).toEqual(JSON.parse(JSON.stringify(event)))
    expect(JSON.stringify(a)).toBe(JSON.stringify(b))
  })
})
