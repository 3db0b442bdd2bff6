/** NIP-42: who is asked to sign what, and what happens before and after. */
import { describe, expect, it } from 'vitest'
import { fail, ok } from '@/domain/result'
import { tagValue, type EventTemplate } from '@/protocol/event'
import type { Authenticate } from '@/relays/auth'
import { startRelay } from '../../dev/relay/relay'
import { startScriptedRelay } from './scriptedRelay'
import { later, openPool, pause, record, signed, until } from './support'

const event = signed()

function signer() {
  const asked: { template: EventTemplate; relay: string }[] = []
  const authenticate: Authenticate = async (template, relay) => {
    asked.push({ template, relay })
    return ok(signed({ ...template, tags: template.tags.map((tag) => [...tag]) }))
  }
  return { asked, authenticate }
}

const closedRelay = async () => later(await startRelay({ requireAuth: 'all' }), (r) => r.close())

/** Refuses everything until it was authenticated to, and then as told. */
function guarded(afterwards: string | null, prefix = 'auth-required') {
  let proved = false
  return startScriptedRelay(([type, first], client) => {
    if (type === 'AUTH') {
      proved = true
      return client.send('OK', (first as { id: string }).id, true, '')
    }
    const refusal = proved ? afterwards : `${prefix}: who are you`
    if (!proved) client.send('AUTH', 'challenge-1')
    if (type === 'EVENT') client.send('OK', event.id, refusal === null, refusal ?? '')
    if (type === 'REQ' && refusal !== null) client.send('CLOSED', first, refusal)
    if (type === 'REQ' && refusal === null) {
      client.send('EVENT', first, event)
      client.send('EOSE', first)
    }
  })
}

describe('a relay that requires authentication', () => {
  it('is authenticated to when it refuses, then gets the event once more', async () => {
    const relay = await closedRelay()
    const { asked, authenticate } = signer()
    const pool = openPool([relay.url], { authenticate })
    expect((await pool.publish(event))[0]!.outcome).toBe('accepted')
    expect(asked).toHaveLength(1)
    const { template, relay: url } = asked[0]!
    expect(url).toBe(relay.url)
    expect(template).toMatchObject({ kind: 22242, content: '' })
    expect(template.tags).toHaveLength(2)
    expect(template.tags[0]).toEqual(['relay', relay.url])
  })

  it('serves subscriptions and publishes over one authentication, and again after a cut', async () => {
    const relay = await closedRelay()
    const { asked, authenticate } = signer()
    const pool = openPool([relay.url], { authenticate })
    const first = record(pool, [{ kinds: [1] }])
    const second = record(pool, [{ kinds: [1] }])
    await pool.publish(event)
    await until(() => first.stored.length + second.stored.length === 2)
    await until(() => first.events.length + second.events.length === 2)
    expect(asked).toHaveLength(1)
    relay.dropConnections()
    await until(() => asked.length === 2)
    const next = signed({ content: 'after the cut' })
    await until(() => pool.states()[0]!.status === 'connected')
    await pool.publish(next)
    await until(() => first.events.length === 2)
  })

  it.each(['auth-required', 'restricted'])('by %s before AUTH is asked once more', async (word) => {
    const relay = await guarded(null, word)
    const pool = openPool([relay.url], signer())
    const seen = record(pool, [{ kinds: [1] }])
    expect((await pool.publish(event))[0]!.outcome).toBe('accepted')
    await until(() => seen.stored.length === 1)
  })

  it('second refusal is final, with its reason', async () => {
    const relay = await guarded('restricted: members only')
    const pool = openPool([relay.url], signer())
    expect(await pool.publish(event)).toEqual([
      { relay: relay.url, outcome: 'refused', reason: 'restricted: members only' },
    ])
    expect(relay.received('EVENT')).toHaveLength(2)
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.closed.length === 1)
    expect(seen.closed[0]!.reason).toMatch(/^restricted: members only/)
    await pause(50)
    expect(relay.received('REQ').length).toBeLessThanOrEqual(2)
  })

  it('close() closes everything after an auth retry', async () => {
    const relay = await guarded(null)
    const seen = record(openPool([relay.url], signer()), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    seen.subscription.close()
    await until(() => relay.received('CLOSE').length === 1)
    const open = new Set(relay.received('REQ').map((frame) => frame[1]))
    for (const frame of relay.received('CLOSE')) open.delete(frame[1])
    expect(open.size).toBe(0)
    relay.clients()[0]!.send('EVENT', relay.received('REQ')[0]![1], signed({ content: 'late' }))
    await pause(50)
    expect(seen.events).toHaveLength(1)
  })
})

describe('publish while auth rejects answers', () => {
  const problems: [string, Authenticate][] = [
    ['throws', () => Promise.reject(new Error('crashed'))],
    ['declines', async () => fail({ code: 'declined', message: 'You declined' } as const)],
    ['never answers', () => new Promise(() => undefined)],
    ['signs something else', async () => ok(event)],
  ]
  it.each(problems)('when the signer %s', async (_name, authenticate) => {
    const relay = await closedRelay()
    const pool = openPool([relay.url], { authenticate, timeouts: { sign: 100 } })
    const seen = record(pool, [{ kinds: [1] }])
    const [answer] = await pool.publish(event)
    expect(answer!.outcome).toBe('refused')
    expect(answer!.reason).toMatch(/^auth-required: .+\(.+\)$/)
    await until(() => seen.closed.length === 1)
    expect(relay.events()).toEqual([])
  })
})

describe('nobody is asked to sign', () => {
  it('for a relay that the person did not choose', async () => {
    const relay = await closedRelay()
    const { asked, authenticate } = signer()
    const pool = openPool([], { authenticate })
    const [answer] = await pool.publish(event, { relays: [relay.url] })
    expect(answer!.outcome).toBe('refused')
    expect(asked).toEqual([])
  })

  it('because of a challenge alone, nor without one', async () => {
    const chatty = await startScriptedRelay(([type, id], client) => {
      client.send('AUTH', 'unasked')
      if (type === 'REQ') client.send('EOSE', id)
    })
    const silent = await startScriptedRelay(([type], client) => {
      if (type === 'EVENT') client.send('OK', event.id, false, 'auth-required: but how')
    })
    const { asked, authenticate } = signer()
    const pool = openPool([chatty.url, silent.url], { authenticate })
    const seen = record(pool, [{}], { relays: [chatty.url] })
    await until(() => seen.stored.length === 1)
    const [answer] = await pool.publish(event, { relays: [silent.url] })
    expect(answer!.reason).toContain('no challenge')
    expect(asked).toEqual([])
  })

  it('without the current challenge: a stale signature is not sent', async () => {
    const relay = await startScriptedRelay(([type, first], client) => {
      if (type === 'AUTH') return client.send('OK', (first as { id: string }).id, true, '')
      if (type !== 'EVENT') return
      client.send('AUTH', 'old')
      client.send('OK', event.id, false, 'auth-required: please')
    })
    const challenges: unknown[] = []
    const authenticate: Authenticate = async (template) => {
      challenges.push(tagValue(template, 'challenge'))
      if (challenges.length === 1) {
        relay.clients()[0]!.send('AUTH', 'new')
        await pause(50)
      }
      return ok(signed({ ...template, tags: template.tags.map((tag) => [...tag]) }))
    }
    await openPool([relay.url], { authenticate }).publish(event)
    expect(challenges.slice(0, 2)).toEqual(['old', 'new'])
    const sent = relay
      .received('AUTH')
      .map((frame) => tagValue(frame[1] as EventTemplate, 'challenge'))
    expect(sent).toEqual(['new'])
  })
})
