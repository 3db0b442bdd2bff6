/** REQ, EOSE, CLOSE and CLOSED (NIP-01): what subscribers hear, and when no longer. */
import { expect } from 'vitest'
import { createAuthor, TestClient } from '../client'
import { openCase } from './case'

export const subscriptionCases = [
  openCase('sends new events to other connections', async ({ url, client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey] })
    const event = author.sign({})
    await TestClient.with(url, (other) => other.publish(event))
    expect(await client.nextEvent(id)).toEqual(event)
  }),
  openCase('sends new events to their own sender too', async ({ client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey] })
    const event = author.sign({})
    await client.publish(event)
    expect(await client.nextEvent(id)).toEqual(event)
  }),
  openCase('sends new events whatever the limit was', async ({ client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey], limit: 0 })
    const event = author.sign({})
    await client.publish(event)
    expect(await client.nextEvent(id)).toEqual(event)
  }),
  openCase('sends no new event of another kind or author', async ({ client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey], kinds: [4] })
    await client.publish(author.sign({ kind: 1 }))
    await client.publish(createAuthor().sign({ kind: 4 }))
    const wanted = author.sign({ kind: 4 })
    await client.publish(wanted)
    expect(await client.nextEvent(id)).toEqual(wanted)
  }),
  openCase('sends no new event that misses a tag filter', async ({ client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey], '#p': ['me'] })
    await client.publish(author.sign({ tags: [['p', 'someone else']] }))
    const wanted = author.sign({ tags: [['p', 'me']] })
    await client.publish(wanted)
    expect(await client.nextEvent(id)).toEqual(wanted)
  }),
  openCase('sends a duplicate to nobody', async ({ client, author }) => {
    const first = author.sign({ content: 'first' })
    await client.publish(first)
    const { id } = await client.subscribe({ authors: [author.pubkey], limit: 0 })
    await client.publish(first)
    const second = author.sign({ content: 'second' })
    await client.publish(second)
    expect(await client.nextEvent(id)).toEqual(second)
  }),
  openCase('replaces a subscription of the same id', async ({ client, author }) => {
    const authors = [author.pubkey]
    const { id } = await client.subscribe({ authors, kinds: [1] })
    await client.resubscribe(id, { authors, kinds: [4] })
    await client.publish(author.sign({ kind: 1 }))
    const wanted = author.sign({ kind: 4 })
    await client.publish(wanted)
    expect(await client.nextEvent(id)).toEqual(wanted)
  }),
  openCase('sends nothing more after CLOSE', async ({ client, author }) => {
    const { id } = await client.subscribe({ authors: [author.pubkey] })
    client.send('CLOSE', id)
    const later = await client.subscribe({ authors: [author.pubkey] })
    await client.publish(author.sign({}))
    await client.nextEvent(later.id)
    // Whatever the closed one still got would come in before the end of another request.
    expect(await client.resubscribe('last', { ids: ['0'.repeat(64)] })).toEqual([])
    expect(client.pending('EVENT', id)).toEqual([])
  }),
  openCase('keeps subscriptions of one id apart by connection', async ({ url, client, author }) => {
    await client.resubscribe('same', { authors: [author.pubkey] })
    await TestClient.with(url, async (other) => {
      await other.resubscribe('same', { kinds: [1], authors: [createAuthor().pubkey] })
      other.send('CLOSE', 'same')
      await other.publish(author.sign({}))
    })
    expect((await client.nextEvent('same')).pubkey).toBe(author.pubkey)
  }),
  openCase('serves 30 subscriptions of one connection', async ({ client, author }) => {
    const ids = Array.from({ length: 30 }, (_, i) => `many${i}`)
    for (const id of ids) await client.resubscribe(id, { authors: [author.pubkey] })
    const event = author.sign({})
    await client.publish(event)
    for (const id of ids) expect(await client.nextEvent(id)).toEqual(event)
  }),
  openCase('answers a bad filter with CLOSED "invalid:"', async ({ client }) => {
    const bad = [{ kinds: 'all' }, { authors: ['me'] }, { since: 'now' }, { '#p': 'x' }, 'x', null]
    for (const filter of bad) {
      client.send('REQ', 'bad', filter)
      expect((await client.take('CLOSED', 'bad'))[2]).toMatch(/^invalid: ./)
    }
  }),
  openCase('answers a request without filters with CLOSED', async ({ client }) => {
    client.send('REQ', 'empty')
    expect((await client.take('CLOSED', 'empty'))[2]).toMatch(/^invalid: ./)
  }),
]
