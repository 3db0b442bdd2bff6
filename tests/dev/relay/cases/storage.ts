/** Replaceable, addressable, ephemeral and expiring events (NIP-01, NIP-40). */
import type { Event } from 'nostr-tools/pure'
import { expect } from 'vitest'
import { unixNow, type TestAuthor, type TestClient } from '../client'
import { openCase } from './case'

const START = 1_700_000_000

async function publishAll(client: TestClient, events: readonly Event[]): Promise<void> {
  for (const event of events) await client.publish(event)
}

const stored = (client: TestClient, author: TestAuthor) =>
  client.query({ authors: [author.pubkey] })

const profile = (author: TestAuthor, content: string, created_at: number) =>
  author.sign({ kind: 0, content, created_at })

const product = (author: TestAuthor, d: string, content: string, created_at: number) =>
  author.sign({ kind: 30018, tags: [['d', d]], content, created_at })

/** Six versions of one date, lowest id first. */
const tied = (author: TestAuthor): Event[] =>
  Array.from({ length: 6 }, (_, i) => product(author, 'x', `version ${i}`, START)).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  )

export const storageCases = [
  openCase('keeps only the newest replaceable event', async ({ client, author }) => {
    const [old, fresh] = [profile(author, 'old', START), profile(author, 'new', START + 1)]
    await publishAll(client, [old, fresh])
    expect(await stored(client, author)).toEqual([fresh])
  }),
  openCase('lets no older replaceable event win by coming later', async ({ client, author }) => {
    const [old, fresh] = [profile(author, 'old', START), profile(author, 'new', START + 1)]
    await publishAll(client, [fresh, old])
    expect(await stored(client, author)).toEqual([fresh])
  }),
  openCase('keeps the lowest id of one date, lowest first', async ({ client, author }) => {
    const versions = tied(author)
    await publishAll(client, versions)
    expect(await stored(client, author)).toEqual([versions[0]])
  }),
  openCase('keeps the lowest id of one date, lowest last', async ({ client, author }) => {
    const versions = tied(author)
    await publishAll(client, versions.toReversed())
    expect(await stored(client, author)).toEqual([versions[0]])
  }),
  openCase('keeps one addressable event for each d', async ({ client, author }) => {
    const tea = product(author, 'tea', 'old tea', START)
    const newTea = product(author, 'tea', 'new tea', START + 2)
    const pot = product(author, 'pot', 'pot', START + 1)
    await publishAll(client, [tea, pot, newTea])
    expect(await stored(client, author)).toEqual([newTea, pot])
  }),
  openCase('keeps one d of different kinds apart', async ({ client, author }) => {
    const stall = author.sign({ kind: 30017, tags: [['d', 'x']], created_at: START })
    const item = product(author, 'x', 'item', START + 1)
    await publishAll(client, [stall, item])
    expect(await stored(client, author)).toEqual([item, stall])
  }),
  openCase('treats a missing d as an empty one', async ({ client, author }) => {
    const bare = author.sign({ kind: 30018, created_at: START })
    const empty = product(author, '', 'empty', START + 1)
    await publishAll(client, [bare, empty])
    expect(await stored(client, author)).toEqual([empty])
  }),
  openCase('keeps every event of an ordinary kind', async ({ client, author }) => {
    const events = [4, 4, 1059, 1].map((kind, i) => author.sign({ kind, created_at: START + i }))
    await publishAll(client, events)
    expect(await stored(client, author)).toEqual(events.toReversed())
  }),
  openCase('passes on ephemeral events without storing them', async ({ client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey] })
    const event = author.sign({ kind: 23194, content: 'pay' })
    expect((await client.publish(event)).accepted).toBe(true)
    expect(await client.nextEvent(id)).toEqual(event)
    expect(await stored(client, author)).toEqual([])
  }),
  openCase('refuses an event that has expired (NIP-40)', async ({ client, author }) => {
    const expired = author.sign({ tags: [['expiration', String(unixNow() - 60)]] })
    expect((await client.publish(expired)).accepted).toBe(false)
    expect(await stored(client, author)).toEqual([])
  }),
  openCase('returns an event until it expires (NIP-40)', async ({ client, author }) => {
    const event = author.sign({ tags: [['expiration', String(unixNow() + 3)]] })
    await client.publish(event)
    expect(await stored(client, author)).toEqual([event])
    await expect.poll(() => stored(client, author), { timeout: 6_000 }).toEqual([])
  }),
]
