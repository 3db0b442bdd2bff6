/** Each fault does what it says: without this, passing under faults would prove nothing. */
import { connect as connectTcp } from 'node:net'
import { once } from 'node:events'
import { verifyEvent } from 'nostr-tools/pure'
import { describe, expect, it } from 'vitest'
import { startRelay } from '../../dev/relay/relay'
import { later, NOW, pause, signed, until } from '../relays/support'
import { chaos } from './chaos'
import { connect, type RawClient } from './client'
import type { Fault } from './fault'
import { createFaultyRelay } from './faultyRelay'
import * as frames from './frameFaults'
import * as hostile from './hostileFaults'
import * as relay from './relayFaults'

const events = Array.from({ length: 6 }, (_, n) => signed({ kind: 4, content: `order ${n}` }))
const [event] = events as [(typeof events)[0]]

async function open(...faults: readonly Fault[]) {
  const honest = later(await startRelay(), (one) => one.close())
  const faulty = later(await createFaultyRelay({ upstream: honest.url, seed: 7, faults }), (one) =>
    one.close(),
  )
  const client = later(await connect(faulty.url), (one) => one.close())
  return { honest, faulty, client }
}

const publish = (client: RawClient, given = events) =>
  given.forEach((one) => client.send('EVENT', one))
const ask = (client: RawClient, id = 'q') => client.send('REQ', id, { kinds: [4, 0, 30017] })
const answered = (client: RawClient, count: number) =>
  until(() => client.of('OK').length >= count, `${count} answers`)
const idsOf = (client: RawClient) => client.of('EVENT').map((m) => (m[2] as { id: string }).id)
const storedIn = (honest: { events(): readonly { id: string }[] }) =>
  honest.events().map(({ id }) => id)

describe('without faults', () => {
  it('everything passes, both ways, with the very bytes', async () => {
    const { honest, faulty, client } = await open()
    publish(client)
    await answered(client, 6)
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(idsOf(client).sort()).toEqual(events.map(({ id }) => id).sort())
    expect(faulty.heardOf('EVENT')).toEqual(events.map((one) => JSON.stringify(['EVENT', one])))
    expect(storedIn(honest)).toHaveLength(6)
    expect(faulty.figures()).toMatchObject({ frames: 7 + 6 + 7, spoilt: {} })
  })

  it('faults can be changed while clients are connected', async () => {
    const { faulty, client } = await open(frames.drop())
    publish(client, [event])
    await until(() => faulty.figures().spoilt.drop === 1)
    faulty.setFaults([])
    publish(client, [event])
    await answered(client, 1)
    faulty.dropConnections()
    await until(() => !client.isOpen())
    expect(faulty.connections()).toBe(0)
  })
})

describe('faults of the way', () => {
  it('drop: the relay hears nothing', async () => {
    const { honest, client } = await open(frames.towards('to-relay', frames.drop()))
    publish(client)
    await pause(60)
    expect(storedIn(honest)).toEqual([])
    expect(client.texts).toEqual([])
  })

  it('delay: the answer comes late', async () => {
    const { client } = await open(frames.onType(['OK'], frames.delay(80, 120)))
    const start = performance.now()
    publish(client, [event])
    await answered(client, 1)
    expect(performance.now() - start).toBeGreaterThan(70)
  })

  it('duplicate: the answer comes twice', async () => {
    const { client } = await open(frames.onType(['OK'], frames.duplicate()))
    publish(client, [event])
    await answered(client, 2)
    expect(client.of('OK')[0]).toEqual(client.of('OK')[1])
  })

  it('reorder: neighbours change places, and the last one still comes', async () => {
    const { client } = await open(frames.onType(['OK'], frames.reorder(30)))
    publish(client, events.slice(0, 5))
    await answered(client, 5)
    const [a, b, c, d, e] = events.map(({ id }) => id)
    expect(client.of('OK').map((m) => m[1])).toEqual([b, a, d, c, e])
  })

  it('replay: earlier frames come again', async () => {
    const { client } = await open(frames.onType(['OK'], frames.replay()))
    publish(client)
    await answered(client, 11)
    const ids = client.of('OK').map((m) => m[1])
    expect(new Set(ids).size).toBe(6)
  })

  it.each([0, 1, 2, 5])('cut: at frame %i', async (number) => {
    const { faulty, client } = await open(frames.atFrame(number, frames.cut()))
    publish(client)
    await until(() => !client.isOpen())
    expect(faulty.figures().spoilt).toEqual({ cut: 1 })
    const again = later(await connect(faulty.url), (one) => one.close())
    expect(again.isOpen()).toBe(true)
  })

  it('truncate: part of the text is gone', async () => {
    const { client } = await open(frames.onType(['OK'], frames.truncate()))
    publish(client, [event])
    await until(() => client.texts.length === 1)
    expect(client.texts[0]!.length).toBeLessThan(JSON.stringify(['OK', event.id, true, '']).length)
  })

  it('black hole: the socket opens, the handshake is never answered', async () => {
    const faulty = later(
      await createFaultyRelay({ upstream: null, faults: [frames.blackHole()] }),
      (one) => one.close(),
    )
    const socket = later(connectTcp(faulty.port, '127.0.0.1'), (one) => one.destroy())
    await once(socket, 'connect')
    let answer = ''
    socket.on('data', (data) => (answer += String(data)))
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n')
    socket.write('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n')
    await pause(60)
    expect(answer).toBe('')
    expect(socket.closed).toBe(false)
  })

  it('half-open: nothing passes any more, and nobody hangs up', async () => {
    const { client } = await open(frames.halfOpen(4))
    publish(client, events)
    await pause(60)
    expect(client.of('OK')).toHaveLength(0)
    expect(client.isOpen()).toBe(true)
  })

  it('sometimes: about the share that was asked for, the same each time', async () => {
    const drops = async () => {
      const { faulty, client } = await open(
        frames.towards('to-relay', frames.sometimes(0.3, frames.drop())),
      )
      for (let n = 0; n < 400; n++) client.send('CLOSE', `x${n}`)
      await until(() => faulty.figures().frames === 400)
      return faulty.figures().spoilt.drop ?? 0
    }
    const first = await drops()
    expect(first).toBeGreaterThan(80)
    expect(first).toBeLessThan(160)
    expect(await drops()).toBe(first)
  })
})

describe('faults of the relay', () => {
  it.each(Object.entries(relay.REFUSALS))('refuse: %s', async (_class, words) => {
    const { honest, client } = await open(relay.refuse(words))
    publish(client, [event])
    await answered(client, 1)
    expect(client.of('OK')).toEqual([['OK', event.id, false, words]])
    expect(storedIn(honest)).toEqual([])
  })

  it('refuse: only what it is told to', async () => {
    const only = relay.refuse(({ id }) => (id === event.id ? 'blocked: this one' : null))
    const { honest, client } = await open(only)
    publish(client)
    await answered(client, 6)
    expect(storedIn(honest)).toHaveLength(5)
  })

  it('pretend to store: OK true, and nothing is there', async () => {
    const { honest, client } = await open(relay.pretendToStore())
    publish(client)
    await answered(client, 6)
    expect(client.of('OK').every((m) => m[2] === true)).toBe(true)
    expect(storedIn(honest)).toEqual([])
  })

  it('deny storing: OK false, and it is there', async () => {
    const { honest, client } = await open(relay.denyStoring('error: no'))
    publish(client, [event])
    await answered(client, 1)
    expect(client.of('OK')[0]![2]).toBe(false)
    expect(storedIn(honest)).toEqual([event.id])
  })

  it('answer nothing: it is there, without a word', async () => {
    const { honest, client } = await open(relay.answerNothing())
    publish(client, [event])
    await until(() => storedIn(honest).length === 1)
    await pause(30)
    expect(client.texts).toEqual([])
  })

  it('empty: it has nothing', async () => {
    const { client } = await open(relay.empty())
    publish(client)
    await answered(client, 6)
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    await pause(30)
    expect(idsOf(client)).toEqual([])
  })

  it('withhold: only some are missing', async () => {
    const { client } = await open(relay.withhold(({ id }) => id === event.id))
    publish(client)
    await answered(client, 6)
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(idsOf(client)).toHaveLength(5)
    expect(idsOf(client)).not.toContain(event.id)
  })

  it('require auth: refused until the challenge is answered, and with `andThen` after it', async () => {
    const { honest, client, faulty } = await open(relay.requireAuth())
    await until(() => client.of('AUTH').length === 1)
    publish(client, [event])
    await answered(client, 1)
    expect(client.of('OK')[0]![3]).toBe('auth-required: prove your key')
    const challenge = String(client.of('AUTH')[0]![1])
    const tags = [['challenge', challenge]]
    client.send('AUTH', signed({ kind: 22242, tags }))
    publish(client, [event])
    await answered(client, 3)
    expect(storedIn(honest)).toEqual([event.id])

    faulty.setFaults([relay.requireAuth({ andThen: 'restricted: members only' })])
    await until(() => client.of('AUTH').length === 2)
    client.send(
      'AUTH',
      signed({ kind: 22242, tags: [['challenge', String(client.of('AUTH')[1]![1])]] }),
    )
    publish(client, [events[1]!])
    await answered(client, 5)
    expect(client.of('OK').at(-1)![3]).toBe('restricted: members only')
  })

  it('serve old: the first version, for ever', async () => {
    const stall = (name: string, created_at: number) =>
      signed({ kind: 30017, created_at, tags: [['d', 'stall']], content: name })
    const [old, young] = [stall('old', NOW - 100), stall('young', NOW)]
    const { honest, client } = await open(relay.serveOld())
    publish(client, [old, young])
    await answered(client, 2)
    expect(storedIn(honest)).toEqual([young.id])
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(idsOf(client)).toEqual([old.id])
  })
})

describe('attacks', () => {
  it('forge first: every forgery has the right id, none is genuine, then comes the event', async () => {
    const { client } = await open(hostile.forgeFirst())
    publish(client, [event])
    await answered(client, 1)
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(new Set(idsOf(client))).toEqual(new Set([event.id]))
    const verified = client
      .of('EVENT')
      .map((m) =>
        verifyEvent(JSON.parse(JSON.stringify(m[2])) as Parameters<typeof verifyEvent>[0]),
      )
    expect(verified).toEqual([...Object.keys(hostile.FORGERIES).map(() => false), true])
  })

  it('forge only: the event itself never comes', async () => {
    const { client } = await open(hostile.forgeOnly(['bad signature']))
    publish(client, [event])
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(idsOf(client)).toEqual([event.id])
    expect((client.of('EVENT')[0]![2] as { sig: string }).sig).not.toBe(event.sig)
  })

  it('serve first: events that nobody asked for, such as one of the year 2100', async () => {
    const future = signed({ kind: 4, created_at: 4_102_444_800 })
    const { client } = await open(hostile.serveFirst([future]))
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(idsOf(client)).toEqual([future.id])
  })

  it('huge frames: ten megabytes each', async () => {
    const { client } = await open(hostile.hugeFrames())
    ask(client)
    await until(() => client.of('EOSE').length === 1)
    expect(client.texts.filter((text) => text.length > 10 * 1024 * 1024)).toHaveLength(2)
  })

  it('flood: ten thousand events a second, until the subscription ends', async () => {
    const { client } = await open(hostile.flood(10_000))
    ask(client)
    const start = performance.now()
    await until(() => client.texts.length >= 5_000)
    const perSecond = (client.texts.length * 1_000) / (performance.now() - start)
    expect(perSecond).toBeGreaterThan(2_000)
    client.send('CLOSE', 'q')
    await pause(60)
    const before = client.texts.length
    await pause(60)
    expect(client.texts.length).toBe(before)
  })

  it('serve garbage: ahead of every frame, and the frames still come', async () => {
    const { client } = await open(hostile.serveGarbage())
    publish(client)
    await answered(client, 6)
    expect(client.texts).toEqual(expect.arrayContaining(hostile.GARBAGE.slice(0, 6)))
  })

  it('close subscriptions: what is asked is ended', async () => {
    const { client } = await open(hostile.closeSubscriptions('error: no'))
    ask(client)
    await until(() => client.of('CLOSED').length === 1)
    expect(client.of('CLOSED')).toEqual([['CLOSED', 'q', 'error: no']])
  })
})

describe('chaos', () => {
  it('spoils the share of frames that was asked for, in many ways', async () => {
    const { faulty, client } = await open(chaos(0.3, { cuts: 0 }))
    for (let n = 0; n < 40; n++) {
      publish(client)
      ask(client, `q${n}`)
    }
    await until(() => faulty.figures().frames > 500)
    await pause(100)
    const { frames: passed, spoilt } = faulty.figures()
    const share = Object.values(spoilt).reduce((a, b) => a + b, 0) / passed
    expect(share).toBeGreaterThan(0.22)
    expect(share).toBeLessThan(0.38)
    expect(Object.keys(spoilt).length).toBeGreaterThan(6)
  })
})
