/** Proving a key to the relay (NIP-42), where it asks for that. */
import { expect } from 'vitest'
import { createAuthor, TestClient, unixNow, type TestAuthor } from '../client'
import { caseFor } from './case'

const AUTH_REQUIRED = expect.stringMatching(/^auth-required: ./)
const REFUSED = { accepted: false, message: expect.stringMatching(/^invalid: ./) }

const messageCase = caseFor('read-dm')
const closedCase = caseFor('all')

const messageTo = (author: TestAuthor, reader: TestAuthor) =>
  author.sign({ kind: 4, tags: [['p', reader.pubkey]], content: 'ciphertext' })

const asked = (reader: TestAuthor) => ({ kinds: [4], '#p': [reader.pubkey] })

export const authCases = [
  messageCase('sends a fresh challenge to each connection', async ({ url, client }) => {
    const [, first] = await client.take('AUTH')
    const [, second] = await TestClient.with(url, (other) => other.take('AUTH'))
    expect(first).toEqual(expect.stringMatching(/.{16}/))
    expect(second).not.toBe(first)
  }),
  messageCase('closes a request for messages without AUTH', async ({ client, author }) => {
    client.send('REQ', 'dm', asked(author))
    expect(await client.take('CLOSED', 'dm')).toEqual(['CLOSED', 'dm', AUTH_REQUIRED])
  }),
  messageCase('serves everything else without AUTH', async ({ client, author }) => {
    const note = author.sign({})
    await client.publish(note)
    await client.publish(messageTo(author, createAuthor()))
    expect(await client.query({ authors: [author.pubkey] })).toEqual([note])
  }),
  messageCase('shows a message to its recipient', async ({ url, client, author }) => {
    const reader = createAuthor()
    const message = messageTo(author, reader)
    await client.publish(message)
    expect((await client.authenticate(reader, url)).accepted).toBe(true)
    expect(await client.query(asked(reader))).toEqual([message])
  }),
  messageCase('shows a message to its author', async ({ url, client, author }) => {
    const message = messageTo(author, createAuthor())
    await client.publish(message)
    await client.authenticate(author, url)
    expect(await client.query({ kinds: [4], authors: [author.pubkey] })).toEqual([message])
  }),
  messageCase('shows a message to nobody else, stored or live', async ({ url, client, author }) => {
    const reader = createAuthor()
    await client.authenticate(createAuthor(), url)
    const { id } = await client.subscribe({ authors: [author.pubkey] })
    await client.publish(messageTo(author, reader))
    const note = author.sign({})
    await client.publish(note)
    expect(await client.nextEvent(id)).toEqual(note)
    expect(await client.query({ authors: [author.pubkey] })).toEqual([note])
  }),
  messageCase('refuses an answer to another challenge', async ({ url, client, author }) => {
    const tags = [
      ['relay', url],
      ['challenge', 'made up'],
    ]
    expect(await client.authenticate(author, url, { tags })).toEqual(REFUSED)
    client.send('REQ', 'dm', asked(author))
    await client.take('CLOSED', 'dm')
  }),
  messageCase('refuses an answer meant for another relay', async ({ client, author }) => {
    expect(await client.authenticate(author, 'wss://relay.example')).toEqual(REFUSED)
  }),
  messageCase('refuses an answer older than ten minutes', async ({ url, client, author }) => {
    const created_at = unixNow() - 700
    expect(await client.authenticate(author, url, { created_at })).toEqual(REFUSED)
  }),
  messageCase('refuses an answer of another kind', async ({ url, client, author }) => {
    expect(await client.authenticate(author, url, { kind: 1 })).toEqual(REFUSED)
  }),
  closedCase('refuses to store without AUTH', async ({ url, client, author }) => {
    const note = author.sign({})
    expect(await client.publish(note)).toEqual({ accepted: false, message: AUTH_REQUIRED })
    await client.authenticate(author, url)
    expect((await client.publish(note)).accepted).toBe(true)
  }),
  closedCase('closes every request without AUTH', async ({ url, client, author }) => {
    client.send('REQ', 'q', { kinds: [1] })
    expect(await client.take('CLOSED', 'q')).toEqual(['CLOSED', 'q', AUTH_REQUIRED])
    client.send('COUNT', 'c', { kinds: [1] })
    expect(await client.take('CLOSED', 'c')).toEqual(['CLOSED', 'c', AUTH_REQUIRED])
    await client.authenticate(author, url)
    expect(await client.query({ authors: [author.pubkey] })).toEqual([])
  }),
  closedCase('refuses an AUTH event sent as EVENT', async ({ url, client, author }) => {
    await client.authenticate(author, url)
    expect(await client.publish(author.sign({ kind: 22_242 }))).toEqual(REFUSED)
  }),
]
