/** Filters of stored events (NIP-01): every condition, alone and together. */
import type { Event } from 'nostr-tools/pure'
import { expect } from 'vitest'
import { createAuthor, type TestAuthor, type TestClient } from '../client'
import { openCase } from './case'

const START = 1_700_000_000
const contents = (events: readonly Event[]) => events.map(({ content }) => content)

/** Publishes one event for each set of fields, dated one second apart, named a, b, c ... */
async function publishRow(client: TestClient, author: TestAuthor, row: Partial<Event>[]) {
  const events = row.map((fields, i) =>
    author.sign({ created_at: START + i, content: 'abcdefgh'[i]!, ...fields }),
  )
  for (const event of events) await client.publish(event)
  return events
}

export const filterCases = [
  openCase('finds by ids', async ({ client, author }) => {
    const [a, , c] = await publishRow(client, author, [{}, {}, {}])
    expect(contents(await client.query({ ids: [a!.id, c!.id] }))).toEqual(['c', 'a'])
  }),
  openCase('finds by authors', async ({ client, author }) => {
    const other = createAuthor()
    await publishRow(client, author, [{}])
    await publishRow(client, other, [{ content: 'theirs' }])
    expect(contents(await client.query({ authors: [author.pubkey] }))).toEqual(['a'])
    expect(await client.query({ authors: [author.pubkey, other.pubkey] })).toHaveLength(2)
  }),
  openCase('finds by kinds', async ({ client, author }) => {
    await publishRow(client, author, [{ kind: 1 }, { kind: 4 }, { kind: 1234 }])
    const filter = { authors: [author.pubkey], kinds: [4, 1234] }
    expect(contents(await client.query(filter))).toEqual(['c', 'b'])
  }),
  openCase('finds by dates, both ends included', async ({ client, author }) => {
    await publishRow(client, author, [{}, {}, {}, {}])
    const filter = { authors: [author.pubkey], since: START + 1, until: START + 2 }
    expect(contents(await client.query(filter))).toEqual(['c', 'b'])
  }),
  openCase('finds by a tag, with any of its values', async ({ client, author }) => {
    const rows = [[['p', 'one']], [['p', 'two']], [['p', 'three']], [['t', 'one']]]
    await publishRow(
      client,
      author,
      rows.map((tags) => ({ tags })),
    )
    const filter = { authors: [author.pubkey], '#p': ['one', 'three'] }
    expect(contents(await client.query(filter))).toEqual(['c', 'a'])
  }),
  openCase('finds by two tags at once', async ({ client, author }) => {
    const both = [
      ['t', 'tea'],
      ['d', 'x'],
    ]
    await publishRow(client, author, [{ tags: [['t', 'tea']] }, { tags: both }])
    const filter = { authors: [author.pubkey], '#t': ['tea'], '#d': ['x'] }
    expect(contents(await client.query(filter))).toEqual(['b'])
  }),
  openCase('looks only at the first value of a tag', async ({ client, author }) => {
    await publishRow(client, author, [{ tags: [['t', 'tea', 'green']] }])
    expect(await client.query({ authors: [author.pubkey], '#t': ['green'] })).toEqual([])
  }),
  openCase('joins several filters, each event once', async ({ client, author }) => {
    await publishRow(client, author, [{ kind: 1 }, { kind: 4 }, { kind: 7 }])
    const authors = [author.pubkey]
    const found = await client.query({ authors, kinds: [1, 4] }, { authors, kinds: [4, 7] })
    expect(contents(found).sort()).toEqual(['a', 'b', 'c'])
  }),
  openCase('returns the newest first', async ({ client, author }) => {
    const dates = [3, 1, 2].map((second) => ({ created_at: START + second }))
    await publishRow(client, author, dates)
    expect(contents(await client.query({ authors: [author.pubkey] }))).toEqual(['a', 'c', 'b'])
  }),
  openCase('orders events of one date by the lowest id', async ({ client, author }) => {
    const row = Array.from({ length: 6 }, () => ({ created_at: START }))
    const ids = (await publishRow(client, author, row)).map(({ id }) => id)
    const found = await client.query({ authors: [author.pubkey] })
    expect(found.map(({ id }) => id)).toEqual(ids.sort())
  }),
  openCase('returns the newest up to the limit', async ({ client, author }) => {
    await publishRow(client, author, [{}, {}, {}, {}])
    const filter = { authors: [author.pubkey], limit: 2 }
    expect(contents(await client.query(filter))).toEqual(['d', 'c'])
  }),
  openCase('limits each filter by itself', async ({ client, author }) => {
    await publishRow(client, author, [{ kind: 1 }, { kind: 1 }, { kind: 4 }, { kind: 4 }])
    const authors = [author.pubkey]
    const found = await client.query(
      { authors, kinds: [1], limit: 1 },
      { authors, kinds: [4], limit: 1 },
    )
    expect(contents(found).sort()).toEqual(['b', 'd'])
  }),
  openCase('returns nothing stored for limit 0', async ({ client, author }) => {
    await publishRow(client, author, [{}])
    expect(await client.query({ authors: [author.pubkey], limit: 0 })).toEqual([])
  }),
  openCase('returns 150 events to a filter without limit', async ({ client, author }) => {
    const events = Array.from({ length: 150 }, (_, i) => author.sign({ created_at: START + i }))
    await Promise.all(events.map((event) => client.publish(event)))
    expect(await client.query({ authors: [author.pubkey] })).toHaveLength(150)
    expect(await client.query({ ids: events.map(({ id }) => id) })).toHaveLength(150)
  }),
]
