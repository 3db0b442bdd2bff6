/** What the relay says of itself (NIP-11), counting (NIP-45) and search (NIP-50). */
import { expect } from 'vitest'
import type { TestAuthor, TestClient } from '../client'
import { openCase } from './case'

async function publishContents(client: TestClient, author: TestAuthor, contents: string[]) {
  for (const content of contents) await client.publish(author.sign({ content }))
}

const search = async (client: TestClient, author: TestAuthor, words: string) => {
  const found = await client.query({ authors: [author.pubkey], search: words })
  return found.map(({ content }) => content).sort()
}

const information = (url: string) =>
  fetch(url.replace(/^ws/, 'http'), {
    headers: { Accept: 'application/nostr+json', Origin: 'http://shop.example' },
  })

export const extensionCases = [
  openCase('describes itself over HTTP (NIP-11)', async ({ url }) => {
    const response = await information(url)
    expect(response.headers.get('content-type')).toMatch(/^application\/nostr\+json/)
    const document = (await response.json()) as { name: string; supported_nips: number[] }
    expect(document.name).not.toBe('')
    expect(document.supported_nips).toEqual(expect.arrayContaining([1, 11]))
  }),
  openCase('lets any page read its description (NIP-11)', async ({ url }) => {
    expect((await information(url)).headers.get('access-control-allow-origin')).toBe('*')
  }),
  openCase('counts what filters match (NIP-45)', async ({ client, author }) => {
    await publishContents(client, author, ['a', 'b', 'c'])
    const authors = [author.pubkey]
    client.send('COUNT', 'all', { authors }, { authors, kinds: [1] })
    expect(await client.take('COUNT', 'all')).toEqual(['COUNT', 'all', { count: 3 }])
    client.send('COUNT', 'none', { authors, kinds: [4] })
    expect(await client.take('COUNT', 'none')).toEqual(['COUNT', 'none', { count: 0 }])
  }),
  openCase('answers a bad count with CLOSED (NIP-45)', async ({ client }) => {
    client.send('COUNT', 'bad', { kinds: 'all' })
    expect((await client.take('CLOSED', 'bad'))[2]).toMatch(/^invalid: ./)
  }),
  openCase('finds words in any case (NIP-50)', async ({ client, author }) => {
    await publishContents(client, author, ['Green tea', 'black TEA', 'a pot'])
    expect(await search(client, author, 'tea')).toEqual(['Green tea', 'black TEA'])
  }),
  openCase('finds only what has all words (NIP-50)', async ({ client, author }) => {
    await publishContents(client, author, ['green tea', 'black tea', 'green pot'])
    expect(await search(client, author, 'tea green')).toEqual(['green tea'])
  }),
  openCase('finds parts of words (NIP-50)', async ({ client, author }) => {
    await publishContents(client, author, ['green teapot', 'kettle'])
    expect(await search(client, author, 'eapo')).toEqual(['green teapot'])
  }),
]
