/** What the embedded relay does beyond the protocol: its port, its file, its faults, its size. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startRelay, type RelayOptions } from '../../../dev/relay/relay'
import { createAuthor, TestClient } from './client'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(options: RelayOptions = {}) {
  const relay = await startRelay(options)
  cleanups.push(() => relay.close())
  return relay
}

async function connect(url: string) {
  const client = await TestClient.connect(url)
  cleanups.push(() => client.close())
  return client
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-relay-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A file in a folder that is not there yet. */
const temporaryFile = (): string => join(temporaryFolder(), 'kept', 'events.jsonl')

describe('port', () => {
  it('rejects with EADDRINUSE when it is busy', async () => {
    const { port } = await start()
    await expect(startRelay({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('is free again after close', async () => {
    const relay = await startRelay()
    await connect(relay.url)
    await relay.close()
    expect((await start({ port: relay.port })).port).toBe(relay.port)
  })

  it('answers an ordinary browser in words', async () => {
    const { url } = await start({ name: 'Test relay' })
    const response = await fetch(url.replace('ws', 'http'))
    expect(await response.text()).toContain('Test relay')
  })
})

describe('file', () => {
  it('keeps events, replacements and deletions across restarts', async () => {
    const file = temporaryFile()
    const author = createAuthor()
    const [gone, kept] = [author.sign({ content: 'gone' }), author.sign({ content: 'kept' })]
    const deletion = author.sign({ kind: 5, tags: [['e', gone.id]] })
    const first = await startRelay({ file })
    await TestClient.with(first.url, async (client) => {
      for (const event of [gone, kept, deletion]) await client.publish(event)
    })
    await first.close()
    const second = await start({ file })
    expect(second.events()).toEqual([kept, deletion])
    const client = await connect(second.url)
    expect((await client.publish(gone)).accepted).toBe(false)
  })

  it('reads on after a cut line, and writes on after it', async () => {
    const file = temporaryFile()
    const author = createAuthor()
    const [before, after] = [author.sign({ content: 'before' }), author.sign({ content: 'after' })]
    const first = await startRelay({ file })
    await TestClient.with(first.url, (client) => client.publish(before))
    await first.close()
    appendFileSync(file, JSON.stringify(author.sign({})).slice(0, 100))
    const second = await startRelay({ file })
    await TestClient.with(second.url, (client) => client.publish(after))
    await second.close()
    expect((await start({ file })).events()).toEqual([before, after])
  })

  it('leaves the port free when the file cannot be opened', async () => {
    const file = temporaryFile()
    const { port, close } = await startRelay({ file })
    await close()
    await expect(startRelay({ port, file: join(file, 'below') })).rejects.toThrow()
    expect((await start({ port })).port).toBe(port)
  })
})

describe('faults', () => {
  it('refuses events with the given words, and takes them when the fault ends', async () => {
    const relay = await start({
      faults: { refuse: ({ kind }) => (kind === 4 ? 'blocked: no' : null) },
    })
    const client = await connect(relay.url)
    const message = createAuthor().sign({ kind: 4 })
    expect(await client.publish(message)).toEqual({ accepted: false, message: 'blocked: no' })
    expect(relay.events()).toEqual([])
    relay.setFaults({})
    expect((await client.publish(message)).accepted).toBe(true)
  })

  it('stores without answering when only OK is mute', async () => {
    const relay = await start({ faults: { mute: 'ok' } })
    const client = await connect(relay.url)
    const event = createAuthor().sign({})
    client.send('EVENT', event)
    expect(await client.query({ ids: [event.id] })).toEqual([event])
    expect(client.pending('OK')).toEqual([])
  })

  it('neither hears nor says anything when all is mute', async () => {
    const relay = await start({ faults: { mute: 'all' } })
    const client = await connect(relay.url)
    client.send('EVENT', createAuthor().sign({}))
    client.send('REQ', 'unheard', {})
    await client.settle()
    expect(client.pending()).toEqual([])
    relay.setFaults({})
    expect(await client.query({})).toEqual([])
  })

  it('holds back what it says', async () => {
    const { url } = await start({ faults: { delayMs: 200 } })
    const client = await connect(url)
    const before = performance.now()
    expect(await client.query({})).toEqual([])
    expect(performance.now() - before).toBeGreaterThan(190)
  })

  it('injects raw frames, once a client or once a subscription', async () => {
    const relay = await start()
    const client = await connect(relay.url)
    await client.resubscribe('one', {})
    await client.resubscribe('two', {})
    relay.inject('["NOTICE","raw"]')
    relay.inject((id) => JSON.stringify(['EVENT', id, { forged: true }]))
    expect(await client.take('NOTICE')).toEqual(['NOTICE', 'raw'])
    expect(await client.nextEvent('one')).toEqual({ forged: true })
    expect(await client.nextEvent('two')).toEqual({ forged: true })
  })

  it('drops connections and lets clients come back', async () => {
    const relay = await start()
    const client = await connect(relay.url)
    const dropped = client.closed()
    relay.dropConnections()
    await dropped
    expect(await (await connect(relay.url)).query({})).toEqual([])
  })
})

describe('size', () => {
  const AUTHORS = Array.from({ length: 20 }, (_, i) => i.toString(16).padStart(64, '0'))

  /** Events as the file keeps them; what is in the file was verified before it was written. */
  const lines = Array.from({ length: 10_000 }, (_, i) => ({
    id: i.toString(16).padStart(64, '0'),
    pubkey: AUTHORS[i % AUTHORS.length],
    created_at: 1_700_000_000 + i,
    kind: 30018,
    tags: [
      ['d', `product ${i}`],
      ['t', `category ${i % 100}`],
    ],
    content: JSON.stringify({ name: `Product ${i}`, description: 'x'.repeat(400) }),
    sig: '0'.repeat(128),
  }))

  it('serves 10,000 products, whole and in parts', async () => {
    const file = join(temporaryFolder(), 'products.jsonl')
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const client = await connect((await start({ file })).url)
    expect(await client.query({ kinds: [30018] })).toHaveLength(10_000)
    expect(await client.query({ authors: [AUTHORS[3]!], kinds: [30018] })).toHaveLength(500)
    expect(await client.query({ '#t': ['category 7'] })).toHaveLength(100)
    expect(await client.query({ search: 'product 1234' })).toHaveLength(1)
    expect(await client.query({ limit: 1 })).toEqual([lines.at(-1)])
  })

  it('returns no more than its own limit', async () => {
    const { url } = await start({ maxLimit: 3 })
    const client = await connect(url)
    const author = createAuthor()
    for (let i = 0; i < 5; i++) await client.publish(author.sign({ content: String(i) }))
    expect(await client.query({ limit: 100 })).toHaveLength(3)
  })
})
