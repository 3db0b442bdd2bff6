/** Relays that send too much: huge frames, floods, more than can be checked. Others never wait. */
import { describe, expect, it } from 'vitest'
import { parseEvent, type UnverifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import { createAllowance } from '@/relays/allowance'
import { createIntake } from '@/relays/intake'
import { startScriptedRelay, serving, type Client } from './scriptedRelay'
import { NOW, openPool, pause, record, signed, until } from './support'

/** Shaped like events and never genuine; the date makes each a different one. */
const fake = (n: number, content = 'flood'): UnverifiedEvent => ({
  id: n.toString(16).padStart(64, '0'),
  pubkey: 'ab'.repeat(32),
  kind: 1,
  created_at: NOW - n,
  tags: [],
  content,
  sig: '0'.repeat(128),
})

describe('caps before parsing and checking', () => {
  it.each([
    ['a content', { content: 'x'.repeat(200 * 1024) }],
    ['tags in number', { tags: Array.from({ length: 2_001 }, () => ['t', 'x']) }],
    ['a tag in items', { tags: [Array.from({ length: 101 }, () => 'x')] }],
    ['a tag in length', { tags: [['t', 'x'.repeat(17 * 1024)]] }],
  ])('refuse too long %s', (_, change) => {
    expect(parseEvent({ ...fake(1), ...change }).ok).toBe(false)
    expect(parseEvent(fake(1)).ok).toBe(true)
  })

  it('forgive waste with time and no more', () => {
    let now = 0
    const allowance = createAllowance({ capacity: 10, perSecond: 2, now: () => now })
    expect(allowance.spend(10)).toBe(true)
    expect(allowance.spend(1)).toBe(false)
    now = 3_000
    expect(allowance.spend(5)).toBe(true)
    expect(allowance.spend(1)).toBe(false)
    now = -9_000
    expect(allowance.spend(0)).toBe(false)
    allowance.reset()
    expect(allowance.spend(10)).toBe(true)
  })
})

describe('what waits to be checked', () => {
  const stuck = { verify: () => new Promise<readonly boolean[]>(() => undefined) }
  const open = () =>
    createIntake({
      wanted: () => true,
      verifier: stuck,
      delivered: new Map(),
      deliver: () => undefined,
    })
  const pushMany = (count: number, size: number) => {
    const intake = open()
    let taken = 0
    for (let n = 0; n < count; n++) if (intake.push(fake(n), size, () => undefined)) taken++
    return taken
  }

  it('is bounded in number and in size', () => {
    expect(pushMany(20_000, 300)).toBeLessThan(9_000)
    expect(pushMany(1_000, 200 * 1024)).toBeLessThan(60)
  })
})

describe('a flood', () => {
  /** Sends a thousand frames every tenth of a second for as long as the connection lasts. */
  function flood(client: Client, frame: (n: number) => unknown[], isOpen: () => boolean) {
    let n = 0
    const timer = setInterval(() => {
      if (!isOpen()) return clearInterval(timer)
      for (let i = 0; i < 1_000; i++) client.send(...frame(n++))
    }, 100)
  }

  it.each([
    ['of forged events', (id: unknown) => (n: number) => ['EVENT', id, fake(n)]],
    ['that nobody asked for', () => (n: number) => ['EVENT', 'other', fake(n)]],
  ])('%s is cut off, and the honest relay is heard at once', { timeout: 20_000 }, async (_, of) => {
    let live: Client | null = null
    const honest = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      client.send('EOSE', id)
      live = client
    })
    const hostile = await startScriptedRelay(([type, id], client) => {
      if (type === 'REQ') flood(client, of(id), () => hostile.clients().includes(client))
    })
    const pool = openPool([hostile.url, honest.url], {
      timeouts: { retryMin: 20_000, retryMax: 30_000 },
    })
    const problems: string[] = []
    pool.onStates((states) => problems.push(states[0]!.problem))
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => live !== null)
    const sentAt = performance.now()
    live!.send('EVENT', 's0', signed({ content: 'invoice' }))
    await until(() => seen.events.length === 1)
    expect(performance.now() - sentAt).toBeLessThan(3_000)
    await until(() => pool.states()[0]!.status === 'waiting', 'the cut', 15_000)
    expect(problems.join()).toContain('far more than was asked for')
    expect(pool.states()[1]!.status).toBe('connected')
  })

  const ended = (id: string) => JSON.stringify(['EOSE', id])
  it.each([
    ['of answers to a probe that was never made', 21_000, ended('ping')],
    ['of ends to what was read long ago', 21_000, ended('s0')],
    ['of long notices', 200, JSON.stringify(['NOTICE', 'x'.repeat(200 * 1024)])],
  ])('%s is cut off', async (_, count, frame) => {
    const hostile = await startScriptedRelay(([type, id], client) => {
      if (type !== 'REQ') return
      client.send('EOSE', id)
      for (let n = 0; n < count; n++) client.raw(frame)
    })
    const pool = openPool([hostile.url], { timeouts: { retryMin: 20_000, retryMax: 30_000 } })
    record(pool, [{ kinds: [1] }])
    await until(() => pool.states()[0]!.status === 'waiting', 'the cut')
    expect(pool.states()[0]!.problem).toContain('far more than was asked for')
    expect(hostile.received('CLOSE')).toEqual([])
  })

  it('of frames of 10 MB is not parsed, and is cut off', async () => {
    const huge = `["EVENT","s0",{"content":"${'x'.repeat(10 * 1024 * 1024)}"}]`
    const hostile = await startScriptedRelay(([type], client) => {
      if (type === 'REQ') for (let n = 0; n < 4; n++) client.raw(huge)
    })
    const honest = await startScriptedRelay(serving([signed({ content: 'here' })]))
    const pool = openPool([hostile.url, honest.url], {
      timeouts: { retryMin: 20_000, retryMax: 30_000 },
    })
    const problems: string[] = []
    pool.onStates((states) => problems.push(states[0]!.problem))
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.events.length === 1)
    await until(() => pool.states()[0]!.status === 'waiting')
    expect(problems.join()).toContain('too large')
    expect(seen.events).toHaveLength(1)
  })

  it('of genuine events from an honest relay is asked for again in pages, and nothing is lost', async () => {
    const one = signed({ content: 'the last one' })
    const events = Array.from({ length: 12_000 }, (_, n) => fake(n + 1))
    const relay = await startScriptedRelay(([type, id, asked], client) => {
      if (type !== 'REQ') return
      const { limit = Infinity, until: latest = Infinity } = asked as Filter
      const answer = [...events, { ...one, created_at: NOW - 20_000 }]
      const wanted = answer.filter(({ created_at }) => created_at <= latest).slice(0, limit)
      for (const event of wanted) client.send('EVENT', id, event)
      client.send('EOSE', id)
    })
    // Every copy counts as genuine here, slowly: what is tested is the way of so many of them.
    const verify = async (batch: readonly unknown[]) => {
      await pause(5)
      return batch.map(() => true)
    }
    const pool = openPool([relay.url], { verifier: { verify } })
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === 1, 'the end', 14_000)
    expect(new Set(seen.ids()).size).toBe(12_001)
    expect(seen.events).toHaveLength(12_001)
    const limits = relay.received('REQ').map(([, , asked]) => (asked as Filter).limit)
    expect(limits[0]).toBeUndefined()
    expect(new Set(limits.slice(1))).toEqual(new Set([500]))
  })
})

describe('a wrong clock', () => {
  it('that is two days ahead does not make the app deaf after a gap', async () => {
    const relay = await startScriptedRelay(serving([signed({ content: 'before' })]))
    const ahead = Date.now() + 2 * 86_400_000
    const seen = record(openPool([relay.url], { now: () => ahead }), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    relay.drop()
    await until(() => relay.received('REQ').length === 2)
    expect((relay.received('REQ')[1]![2] as Filter).since).toBeLessThan(NOW)
  })
})

describe('how far a relay is', () => {
  it('is told: how much it sent, that it is read, silent or not there', async () => {
    const events = [signed({ content: 'a' }), signed({ content: 'b' })]
    const good = await startScriptedRelay(serving(events))
    const mute = await startScriptedRelay()
    const gone = await startScriptedRelay()
    await gone.close()
    const pool = openPool([good.url, mute.url, gone.url], { timeouts: { stored: 100 } })
    const last = new Map<string, { state: string; received: number }>()
    pool.subscribe([{ kinds: [1] }], {
      onEvent: () => undefined,
      onReading: (relay, reading) => last.set(relay, reading),
    })
    await until(() => [...last.values()].filter(({ state }) => state !== 'reading').length === 3)
    expect(last.get(good.url)).toEqual({ state: 'read', received: 2, reason: '' })
    expect(last.get(mute.url)).toMatchObject({ state: 'silent', received: 0 })
    expect(last.get(gone.url)).toMatchObject({ state: 'failed' })
  })
})
