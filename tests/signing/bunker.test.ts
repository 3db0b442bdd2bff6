/** Bunkers over a real relay: honest ones, and one for each way to deny, stall and lie. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { finalizeEvent } from 'nostr-tools/pure'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import type { EventTemplate } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'
import type { SignerWait } from '@/protocol/signer'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { createRelayPool } from '@/relays/pool'
import {
  connectBunker,
  parseConnection,
  reopenBunker,
  type BunkerConnection,
  type BunkerPorts,
  type OpenBunker,
} from '@/signing/bunker'
import { inviteBunker } from '@/signing/bunkerInvitation'
import { parseBunkerLink } from '@/signing/bunkerLink'
import { createLocalKey, publicKeyOf } from '@/signing/localKey'
import { createSignerDesk } from '@/signing/signerDesk'
import {
  startBunker,
  type BunkerOptions,
  type BunkerReply,
  type BunkerRequest,
  type RunningBunker,
} from '../../dev/bunker/bunker'
import { startRelay, type RunningRelay } from '../../dev/relay/relay'
import { signerContract, valueOf } from './contract'

const cleanUps: (() => unknown)[] = []
/** What is closed after all tests in place of after each. */
const lasting: (() => unknown)[] = []
let relay: RunningRelay
beforeAll(async () => {
  relay = await startRelay()
})
afterAll(async () => {
  for (const cleanUp of lasting) await cleanUp()
  await relay.close()
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const userKey = createLocalKey()
const strangerKey = createLocalKey()
const peer = publicKeyOf(createLocalKey())
const template: EventTemplate = {
  kind: 4,
  created_at: 1_795_348_698,
  tags: [['p', peer]],
  content: 'hello',
}

async function newBunker(options: Partial<BunkerOptions> = {}): Promise<RunningBunker> {
  const bunker = await startBunker({ relayUrl: relay.url, userKey, ...options })
  cleanUps.push(() => bunker.close())
  return bunker
}

function newPorts(options: Partial<BunkerPorts> = {}) {
  const desk = createSignerDesk()
  const kept: BunkerConnection[] = []
  const opened: string[][] = []
  const pools: RelayPool[] = []
  const listening = () =>
    vi.waitFor(() => expect(pools.at(-1)?.states()[0]?.status).toBe('connected'))
  const waits: (SignerWait | null)[] = []
  desk.onWait((wait) => waits.push(wait))
  const ports: BunkerPorts = {
    desk,
    app: { name: 'Test market', url: 'https://market.example' },
    openPool(urls) {
      opened.push([...urls])
      const timeouts = { publishConnect: 500 }
      const pool = createRelayPool({ urls, verifier: createInlineVerifier(), WebSocket, timeouts })
      pools.push(pool)
      cleanUps.push(() => pool.close())
      return pool
    },
    onConnection: (connection) => void kept.push(connection),
    answerWithinMs: 5_000,
    ...options,
  }
  return { ports, desk, kept, opened, listening, waits }
}

const connectTo = (link: string, ports: BunkerPorts) =>
  connectBunker(valueOf(parseBunkerLink(link)), ports)

async function connected(bunker: RunningBunker, ports = newPorts().ports): Promise<OpenBunker> {
  return valueOf(await connectTo(bunker.link(), ports))
}

describe('with one connection for all', () => {
  let opened: Promise<OpenBunker> | null = null
  signerContract('bunker', async (secretKey) => {
    opened ??= startBunker({ relayUrl: relay.url, userKey: secretKey }).then(async (bunker) => {
      const ends = cleanUps.length
      const made = await connected(bunker)
      lasting.push(...cleanUps.splice(ends), () => bunker.close())
      return made
    })
    return (await opened).signer
  })
})

describe('connecting by the link of a bunker', () => {
  it('tells the bunker’s key from the person’s', async () => {
    const bunker = await newBunker()
    const { ports, kept } = newPorts()
    const { signer } = await connected(bunker, ports)
    expect(signer.publicKey).toBe(bunker.userPubkey)
    expect(kept).toEqual([
      {
        clientKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        remoteSigner: bunker.bunkerPubkey,
        relays: [relay.url],
        user: bunker.userPubkey,
      },
    ])
    expect(bunker.bunkerPubkey).not.toBe(bunker.userPubkey)
  })

  it('sends the secret, what it wants to be allowed, and its name; ids are random', async () => {
    const bunker = await newBunker()
    const link = bunker.link()
    const { signer } = valueOf(await connectTo(link, newPorts().ports))
    await signer.sign(template)
    const [connect, who, ...rest] = bunker.requests
    const [key, secret, perms, metadata] = connect!.params
    expect([connect!.method, who!.method]).toEqual(['connect', 'get_public_key'])
    expect([key, secret]).toEqual([bunker.bunkerPubkey, new URL(link).searchParams.get('secret')])
    expect(perms?.split(',')).toEqual(
      expect.arrayContaining(['sign_event:4', 'nip04_encrypt', 'nip44_decrypt']),
    )
    expect(JSON.parse(metadata!)).toEqual({ name: 'Test market', url: 'https://market.example' })
    expect(rest.map(({ method }) => method).sort()).toEqual(['sign_event', 'switch_relays'])
    const ids = bunker.requests.map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true)
  })

  it('encrypts everything: the relay sees neither secret nor text', async () => {
    const seen: string[] = []
    const bunker = await newBunker()
    const link = bunker.link()
    const { ports } = newPorts()
    const watching = ports.openPool([relay.url], async () => ({
      ok: false,
      reason: { code: 'unavailable', message: '' },
    }))
    watching.subscribe([{ kinds: [24_133] }], { onEvent: (e) => seen.push(JSON.stringify(e)) })
    await vi.waitFor(() => expect(watching.states()[0]?.status).toBe('connected'))
    const { signer } = valueOf(await connectTo(link, ports))
    await signer.sign(template)
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(6))
    const secret = new URL(link).searchParams.get('secret')!
    for (const word of [secret, 'hello', 'sign_event']) expect(seen.join()).not.toContain(word)
  })

  it.each([['is used a second time', (bunker: RunningBunker, used: string) => [bunker, used]]])(
    'is refused in the bunker’s words when the link %s',
    async () => {
      const bunker = await newBunker()
      const link = bunker.link()
      valueOf(await connectTo(link, newPorts().ports))
      const again = await connectTo(link, newPorts().ports)
      expect(again).toMatchObject({
        ok: false,
        reason: { message: expect.stringContaining('this link was used before') },
      })
    },
  )

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['another secret', 'f00d'],
    ['a number', 1],
    ['"ACK"', 'ACK'],
  ])('takes %s for no yes', async (_what, result) => {
    const bunker = await newBunker({
      reply: ({ id, method }, honest) => [method === 'connect' ? { id, result } : honest()],
    })
    const { ports, kept } = newPorts()
    expect(await connectTo(bunker.link(), ports)).toMatchObject({
      ok: false,
      reason: { code: 'wrong-answer', message: expect.stringContaining('did not accept') },
    })
    expect(kept).toEqual([])
  })

  it('takes the secret itself for a yes', async () => {
    const bunker = await newBunker({
      reply: ({ id, method, params }, honest) =>
        method === 'connect' ? [{ ...honest(), id, result: params[1] }] : [honest()],
    })
    expect((await connected(bunker)).signer.publicKey).toBe(bunker.userPubkey)
  })

  it.each(['', 'npub1xyz', 7, null])(
    'refuses a bunker that calls its person %j',
    async (result) => {
      const bunker = await newBunker({
        reply: ({ id, method }, honest) => [
          method === 'get_public_key' ? { id, result } : honest(),
        ],
      })
      expect(await connectTo(bunker.link(), newPorts().ports)).toMatchObject({
        reason: { code: 'wrong-answer', message: expect.stringContaining('whose key') },
      })
    },
  )

  it('says which relay cannot be reached', async () => {
    const gone = await startRelay()
    await gone.close()
    const link = `bunker://${peer}?relay=${gone.url}`
    expect(await connectTo(link, newPorts().ports)).toMatchObject({
      reason: { code: 'unavailable', message: expect.stringContaining(gone.url) },
    })
  })

  it('can be given up, and says that it was', async () => {
    const bunker = await newBunker({ reply: () => [] })
    const { ports, desk } = newPorts()
    desk.onWait((wait) => wait?.cancel())
    expect(await connectTo(bunker.link(), ports)).toMatchObject({ reason: { code: 'cancelled' } })
  })
})

describe('the links of bunkers', () => {
  const key = bytesToHex(userKey)
  it.each([
    ['https://example.com', /starts with bunker/],
    [`nostrconnect://${key}?relay=wss://r.example`, /for your bunker/],
    [`bunker://${key.slice(2)}?relay=wss://r.example`, /not complete/],
    [`bunker://${key}`, /no relay/],
    [`bunker://${key}?relay=https://r.example`, /no relay/],
    [`bunker://${key}?relay=javascript:alert(1)`, /no relay/],
    ['', /starts with bunker/],
  ])('%s is refused', (text, why) => {
    expect(parseBunkerLink(text)).toEqual({ ok: false, reason: expect.stringMatching(why) })
  })

  it('may have no secret, odd signs in it, and several relays', () => {
    const two = 'relay=wss%3A%2F%2Fone.example&relay=wss://two.example&relay=nonsense'
    expect(valueOf(parseBunkerLink(` bunker://${key.toUpperCase()}?${two} `))).toEqual({
      remoteSigner: key,
      relays: ['wss://one.example', 'wss://two.example'],
      secret: null,
    })
    expect(valueOf(parseBunkerLink(`bunker://${key}?${two}&secret=a~b%3Dc`)).secret).toBe('a~b=c')
  })
})

describe('inviting a bunker', () => {
  const invite = (ports: BunkerPorts, validMs?: number) =>
    inviteBunker({ relays: [relay.url], validMs }, ports)

  it('shows a link with relays, secret, wishes and name', async () => {
    const { link, cancel } = invite(newPorts().ports)
    const { searchParams, host } = new URL(link.replace('nostrconnect:', 'http:'))
    expect(host).toMatch(/^[0-9a-f]{64}$/)
    expect(searchParams.getAll('relay')).toEqual([relay.url])
    expect(searchParams.get('secret')).toMatch(/^[0-9a-f]{32}$/)
    expect(searchParams.get('name')).toBe('Test market')
    expect(searchParams.get('perms')).toContain('sign_event:4')
    expect(link).not.toContain('+')
    cancel()
  })

  it('takes in the one that knows the secret', async () => {
    const bunker = await newBunker()
    const { ports, kept, listening } = newPorts()
    const invitation = invite(ports)
    await listening()
    await bunker.accept(invitation.link)
    const { signer } = valueOf(await invitation.accepted)
    expect(signer.publicKey).toBe(bunker.userPubkey)
    expect(kept[0]).toMatchObject({ remoteSigner: bunker.bunkerPubkey, relays: [relay.url] })
    expect((await signer.sign(template)).ok).toBe(true)
  })

  it('ignores whoever does not know it, and goes on waiting', async () => {
    const spoofer = await newBunker({ userKey: strangerKey })
    const bunker = await newBunker()
    const { ports, listening } = newPorts()
    const { link, accepted } = invite(ports)
    await listening()
    const client = new URL(link.replace('nostrconnect:', 'http:')).host
    for (const secret of ['', 'ack', 'f'.repeat(32)]) await spoofer.accept(link, secret)
    await spoofer.tell(client, 'no JSON')
    await spoofer.tell(client, { id: 'x', result: { secret: true }, error: '' })
    await bunker.accept(link)
    expect(valueOf(await accepted).signer.publicKey).toBe(bunker.userPubkey)
  })

  it('ends by itself, and by the person', async () => {
    const { ports } = newPorts()
    expect(await invite(ports, 30).accepted).toMatchObject({ reason: { code: 'timed-out' } })
    const { accepted, cancel } = invite(ports)
    cancel()
    expect(await accepted).toMatchObject({ reason: { code: 'cancelled' } })
  })
})

/** A bunker that is honest until it is asked for `method`. */
const lying = (
  method: string,
  reply: (request: BunkerRequest, honest: () => BunkerReply) => readonly BunkerReply[],
) =>
  newBunker({
    reply: (asked, honest) => (asked.method === method ? reply(asked, honest) : [honest()]),
  })

const signedBy = (key: Uint8Array, asked: string, change: object = {}): string =>
  JSON.stringify(
    finalizeEvent(
      { ...(JSON.parse(asked) as { tags: string[][] } & EventTemplate), ...change },
      key,
    ),
  )

describe('a bunker that does not sign as asked', () => {
  const signing = async (reply: Parameters<typeof lying>[1], answerWithinMs = 5_000) => {
    const bunker = await lying('sign_event', reply)
    const context = newPorts({ answerWithinMs })
    const { signer } = await connected(bunker, context.ports)
    return { ...context, bunker, answer: await signer.sign(template), signer }
  }

  it.each([
    ['denies', 'User rejected', 'declined', /You declined in your bunker/],
    ['has forgotten the connection', 'unauthorized', 'declined', /You declined in your bunker/],
    ['is locked', 'bunker is locked', 'locked', /Unlock it/],
    ['fails', 'database on fire', 'unavailable', /database on fire/],
  ])('%s', async (_what, error, code, words) => {
    const { answer } = await signing(({ id }) => [{ id, result: '', error }])
    expect(answer).toMatchObject({ ok: false, reason: { code } })
    expect(answer.ok ? '' : answer.reason.message).toMatch(words)
  })

  it('stalls: timed out with what to do, and the next question has its turn', async () => {
    const { answer, signer } = await signing(() => [], 3_000)
    expect(answer).toMatchObject({
      reason: { code: 'timed-out', message: expect.stringContaining('See that it runs') },
    })
    expect((await signer.nip04Encrypt(peer, 'next')).ok).toBe(true)
  })

  it.each<[string, Parameters<typeof lying>[1], RegExp]>([
    ['nothing', ({ id }) => [{ id, result: '' }], /invalid event/],
    ['garbage', ({ id }) => [{ id, result: '{"a' }], /invalid event/],
    ['a number', ({ id }) => [{ id, result: 7 }], /invalid event/],
    ['no result', ({ id }) => [{ id }], /invalid event/],
    [
      'other content',
      ({ id, params }) => [{ id, result: signedBy(userKey, params[0]!, { content: 'EVIL' }) }],
      /content differs/,
    ],
    [
      'other tags',
      ({ id, params }) => [{ id, result: signedBy(userKey, params[0]!, { tags: [] }) }],
      /tags differs/,
    ],
    [
      'another kind',
      ({ id, params }) => [{ id, result: signedBy(userKey, params[0]!, { kind: 1 }) }],
      /kind differs/,
    ],
    [
      'another date',
      ({ id, params }) => [{ id, result: signedBy(userKey, params[0]!, { created_at: 1 }) }],
      /date differs/,
    ],
    [
      'a bad signature',
      ({ id, params }) => {
        const event = JSON.parse(signedBy(userKey, params[0]!)) as object
        return [{ id, result: JSON.stringify({ ...event, sig: '0'.repeat(128) }) }]
      },
      /invalid event/,
    ],
  ])('answers with %s: a wrong answer in plain words', async (_lie, reply, words) => {
    const { answer } = await signing(reply)
    expect(answer).toMatchObject({ ok: false, reason: { code: 'wrong-answer' } })
    expect(answer.ok ? '' : answer.reason.message).toMatch(words)
  })

  it('signs for another account: that is told', async () => {
    const told: string[] = []
    const bunker = await lying('sign_event', ({ id, params }) => [
      { id, result: signedBy(strangerKey, params[0]!) },
    ])
    const { ports, desk } = newPorts()
    desk.onOtherAccount((why) => told.push(why))
    const { signer } = await connected(bunker, ports)
    expect(await signer.sign(template)).toMatchObject({ reason: { code: 'other-account' } })
    expect(told).toEqual([expect.stringContaining('Your bunker answered with another account')])
  })

  it('answers twice: the first answer counts', async () => {
    const { answer, signer } = await signing(({ id, params }, honest) => [
      honest(),
      { id, result: signedBy(userKey, params[0]!, { content: 'EVIL' }) },
      { id, error: 'User rejected' },
    ])
    expect(valueOf(answer).content).toBe('hello')
    expect((await signer.nip44Encrypt(peer, 'next')).ok).toBe(true)
  })

  it('answers for another id: ignored', async () => {
    const { answer } = await signing((_asked, honest) => [
      { ...honest(), id: 'f'.repeat(32) },
      { ...honest(), id: '' },
      { ...honest(), id: '__proto__' },
      honest(),
    ])
    expect(valueOf(answer).content).toBe('hello')
  })

  it('is spoken for by somebody else: ignored', async () => {
    const bunker = await newBunker({
      reply: (asked, honest) => {
        if (asked.method !== 'sign_event') return [honest()]
        const result = signedBy(userKey, asked.params[0]!, { content: 'EVIL' })
        void bunker.tell(client, { id: asked.id, result }, strangerKey)
        setTimeout(() => void bunker.tell(client, honest()), 100)
        return []
      },
    })
    const { ports, kept } = newPorts()
    const { signer } = await connected(bunker, ports)
    const client = publicKeyOf(Uint8Array.from(Buffer.from(kept[0]!.clientKey, 'hex')))
    expect(valueOf(await signer.sign(template)).content).toBe('hello')
  })
})

describe('a bunker that wants the person to confirm elsewhere', () => {
  const page = 'https://bunker.example/confirm?id=1'

  it('shows the page, opens nothing, and takes the answer that comes later', async () => {
    const bunker = await lying('sign_event', ({ id }, honest) => {
      setTimeout(() => void bunker.tell(client, honest()), 3_400)
      return [{ id, result: 'auth_url', error: page }]
    })
    // Once shown, there are minutes, whatever the deadline of other answers is.
    const { ports, kept, waits } = newPorts({ answerWithinMs: 3_000 })
    const { signer } = await connected(bunker, ports)
    const client = publicKeyOf(Uint8Array.from(Buffer.from(kept[0]!.clientKey, 'hex')))
    expect(valueOf(await signer.sign(template)).content).toBe('hello')
    expect(waits.map((wait) => wait?.authUrl ?? null)).toContain(page)
    expect(waits.at(-1)).toBeNull()
  })

  it.each([
    'javascript:alert(1)',
    'http://bunker.example/confirm',
    'data:text/html,hi',
    'not an address',
    `https://bunker.example/${'x'.repeat(2_000)}`,
  ])('never shows %s', async (url) => {
    const bunker = await lying('sign_event', ({ id }) => [{ id, result: 'auth_url', error: url }])
    const { ports, waits } = newPorts()
    const { signer } = await connected(bunker, ports)
    expect(await signer.sign(template)).toMatchObject({
      reason: { code: 'unavailable', message: expect.stringContaining('not safe') },
    })
    expect(waits.every((wait) => !wait?.authUrl)).toBe(true)
  })
})

describe('a connection that is kept', () => {
  it('goes on after a reload without asking for anything again', async () => {
    const bunker = await newBunker()
    const { ports, kept } = newPorts()
    await connected(bunker, ports)
    const before = bunker.requests.length
    const stored = valueOf(parseConnection(JSON.stringify(kept[0])))
    const { signer } = reopenBunker(stored, newPorts().ports)
    expect(signer.publicKey).toBe(bunker.userPubkey)
    expect((await signer.sign(template)).ok).toBe(true)
    const since = bunker.requests.slice(before).map(({ method }) => method)
    expect(since).not.toContain('connect')
    expect(since).toContain('sign_event')
  })

  it('moves to the relays that the bunker names', async () => {
    const second = await startRelay()
    cleanUps.push(() => second.close())
    const moved = JSON.stringify([second.url, 'javascript:x', second.url])
    const bunker = await lying('switch_relays', ({ id }) => [{ id, result: moved }])
    const there = await startBunker({ relayUrl: second.url, userKey })
    cleanUps.push(() => there.close())
    const { ports, kept, opened } = newPorts()
    await connected(bunker, ports)
    await vi.waitFor(() => expect(kept).toHaveLength(2))
    expect(kept[1]).toEqual({ ...kept[0], relays: [second.url] })
    expect(opened.at(-1)).toEqual([second.url])
  })

  it.each(['null', '[]', '["javascript:x"]', '{"a":1}', 'nonsense', 7, null])(
    'stays where it is when the bunker answers %j',
    async (result) => {
      const bunker = await lying('switch_relays', ({ id }) => [{ id, result }])
      const { ports, kept, opened } = newPorts()
      const { signer } = await connected(bunker, ports)
      await vi.waitFor(() =>
        expect(bunker.requests.some(({ method }) => method === 'switch_relays')).toBe(true),
      )
      expect((await signer.sign(template)).ok).toBe(true)
      expect([kept.length, opened.length]).toEqual([1, 1])
    },
  )

  it('is ended at the bunker too; later questions are refused', async () => {
    const bunker = await newBunker()
    const { signer, end } = await connected(bunker)
    await end()
    expect(bunker.requests.at(-1)?.method).toBe('logout')
    expect(await signer.sign(template)).toMatchObject({ ok: false })
  })

  it.each(['', '{}', '[]', '{"clientKey":"x"}'])('is not made of %j', (text) => {
    expect(parseConnection(text).ok).toBe(false)
  })
})
