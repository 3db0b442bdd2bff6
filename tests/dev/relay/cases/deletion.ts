/** Deletion requests (NIP-09): what they remove, what they must leave, and for how long. */
import { expect } from 'vitest'
import { createAuthor, type TestAuthor } from '../client'
import { openCase } from './case'

const START = 1_700_000_000

const product = (author: TestAuthor, content: string, created_at: number) =>
  author.sign({ kind: 30018, tags: [['d', 'tea']], content, created_at })

const addressTag = (author: TestAuthor) => ['a', `30018:${author.pubkey}:tea`]

const deletion = (author: TestAuthor, tags: string[][], created_at = START + 10) =>
  author.sign({ kind: 5, tags, created_at })

export const deletionCases = [
  openCase('deletes an event by its id', async ({ client, author }) => {
    const event = author.sign({ created_at: START })
    await client.publish(event)
    await client.publish(deletion(author, [['e', event.id]]))
    expect(await client.query({ ids: [event.id] })).toEqual([])
  }),
  openCase('deletes an addressable event by its address', async ({ client, author }) => {
    await client.publish(product(author, 'tea', START))
    await client.publish(deletion(author, [addressTag(author)]))
    expect(await client.query({ authors: [author.pubkey], kinds: [30018] })).toEqual([])
  }),
  openCase('leaves a version newer than the deletion', async ({ client, author }) => {
    const newer = product(author, 'new tea', START + 11)
    await client.publish(newer)
    await client.publish(deletion(author, [addressTag(author)]))
    expect(await client.query({ ids: [newer.id] })).toEqual([newer])
  }),
  openCase('accepts a version newer than the deletion', async ({ client, author }) => {
    await client.publish(deletion(author, [addressTag(author)]))
    const newer = product(author, 'tea again', START + 11)
    expect((await client.publish(newer)).accepted).toBe(true)
    expect(await client.query({ ids: [newer.id] })).toEqual([newer])
  }),
  openCase('leaves the events of other authors', async ({ client, author }) => {
    const thief = createAuthor()
    const note = author.sign({ created_at: START })
    const tea = product(author, 'tea', START)
    await client.publish(note)
    await client.publish(tea)
    await client.publish(deletion(thief, [['e', note.id], ['e', tea.id], addressTag(author)]))
    expect(await client.query({ ids: [note.id, tea.id] })).toHaveLength(2)
  }),
  openCase('stores the deletion and passes it on', async ({ client, author }) => {
    const event = author.sign({ created_at: START })
    await client.publish(event)
    const { id } = await client.subscribe({ authors: [author.pubkey], kinds: [5] })
    const request = deletion(author, [['e', event.id]])
    await client.publish(request)
    expect(await client.nextEvent(id)).toEqual(request)
    expect(await client.query({ ids: [request.id] })).toEqual([request])
  }),
  openCase('accepts a deleted event no more', async ({ client, author }) => {
    const event = author.sign({ created_at: START })
    const tea = product(author, 'tea', START)
    await client.publish(event)
    await client.publish(tea)
    await client.publish(deletion(author, [['e', event.id], addressTag(author)]))
    expect((await client.publish(event)).accepted).toBe(false)
    expect((await client.publish(tea)).accepted).toBe(false)
    expect(await client.query({ ids: [event.id, tea.id] })).toEqual([])
  }),
  openCase('accepts no event whose deletion came first', async ({ client, author }) => {
    const event = author.sign({ created_at: START })
    await client.publish(deletion(author, [['e', event.id]]))
    expect((await client.publish(event)).accepted).toBe(false)
  }),
  openCase('deletes no deletion', async ({ client, author }) => {
    const first = deletion(author, [['e', '0'.repeat(64)]])
    await client.publish(first)
    await client.publish(deletion(author, [['e', first.id]], START + 20))
    expect(await client.query({ ids: [first.id] })).toEqual([first])
  }),
]
