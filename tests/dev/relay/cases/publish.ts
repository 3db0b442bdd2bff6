/** EVENT and OK (NIP-01): what is taken in and what is refused, in which words. */
import { expect } from 'vitest'
import { unixNow } from '../client'
import { openCase } from './case'

const REFUSED = { accepted: false, message: expect.stringMatching(/^invalid: ./) }

export const publishCases = [
  openCase('accepts a valid event and returns it unchanged', async ({ client, author }) => {
    const event = author.sign({ content: 'tea, £3 "loose" \u2028 \u0007', tags: [['p', 'x'], []] })
    expect((await client.publish(event)).accepted).toBe(true)
    expect(await client.query({ ids: [event.id] })).toEqual([event])
  }),
  openCase('a query right after a publish sees the event', async ({ client, author }) => {
    const filter = { authors: [author.pubkey] }
    expect(await client.query(filter)).toEqual([])
    const event = author.sign({})
    await client.publish(event)
    expect(await client.query(filter)).toEqual([event])
  }),
  openCase('answers a second publish with OK true and "duplicate:"', async ({ client, author }) => {
    const event = author.sign({})
    await client.publish(event)
    const answer = await client.publish(event)
    expect(answer).toEqual({ accepted: true, message: expect.stringMatching(/^duplicate:/) })
    expect(await client.query({ ids: [event.id] })).toHaveLength(1)
  }),
  openCase('refuses a wrong signature as "invalid:"', async ({ client, author }) => {
    const forged = { ...author.sign({}), sig: author.sign({ content: 'another' }).sig }
    expect(await client.publish(forged)).toEqual(REFUSED)
    expect(await client.query({ authors: [author.pubkey] })).toEqual([])
  }),
  openCase('refuses an id that does not fit the content', async ({ client, author }) => {
    const changed = { ...author.sign({ content: 'pay 10' }), content: 'pay 1000' }
    expect(await client.publish(changed)).toEqual(REFUSED)
  }),
  openCase('refuses another author under a genuine signature', async ({ client, author }) => {
    const stolen = { ...author.sign({}), pubkey: 'f'.repeat(64) }
    expect(await client.publish(stolen)).toEqual(REFUSED)
  }),
  openCase('accepts an event after its bad-signature twin', async ({ client, author }) => {
    const event = author.sign({})
    await client.publish({ ...event, sig: '0'.repeat(128) })
    expect((await client.publish(event)).accepted).toBe(true)
    expect(await client.query({ ids: [event.id] })).toEqual([event])
  }),
  openCase('refuses the bad-signature twin of a stored event', async ({ client, author }) => {
    const event = author.sign({})
    await client.publish(event)
    expect(await client.publish({ ...event, sig: '0'.repeat(128) })).toEqual(REFUSED)
    expect(await client.query({ ids: [event.id] })).toEqual([event])
  }),
  openCase('refuses an event more than 15 minutes in the future', async ({ client, author }) => {
    const late = author.sign({ created_at: unixNow() + 1_000 })
    expect(await client.publish(late)).toEqual(REFUSED)
    const soon = author.sign({ created_at: unixNow() + 600 })
    expect((await client.publish(soon)).accepted).toBe(true)
  }),
  openCase('accepts an event dated years ago', async ({ client, author }) => {
    const event = author.sign({ created_at: 1_600_000_000 })
    expect((await client.publish(event)).accepted).toBe(true)
    expect(await client.query({ ids: [event.id] })).toEqual([event])
  }),
  openCase('refuses a malformed event and keeps the connection', async ({ client, author }) => {
    const event = author.sign({})
    expect(await client.publish({ ...event, tags: null })).toEqual(REFUSED)
    expect(await client.publish({ ...event, kind: 'x' })).toEqual(REFUSED)
    expect((await client.publish(event)).accepted).toBe(true)
  }),
  openCase('answers garbage with NOTICE and keeps the connection', async ({ client, author }) => {
    for (const garbage of ['', 'hello', '{}', 'null', '[]', '[["EVENT"]]', '["EVENT"]']) {
      client.say(garbage)
      await client.take('NOTICE')
    }
    expect((await client.publish(author.sign({}))).accepted).toBe(true)
  }),
  openCase('answers an unknown message type with NOTICE', async ({ client }) => {
    client.send('SING', 'a song')
    await client.take('NOTICE')
    expect(await client.query({ ids: ['0'.repeat(64)] })).toEqual([])
  }),
  openCase('answers an oversized message with NOTICE', async ({ client, author }) => {
    client.send('EVENT', author.sign({ content: 'x'.repeat(1024 * 1024) }))
    await client.take('NOTICE')
    expect(await client.query({ authors: [author.pubkey] })).toEqual([])
  }),
]
