import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { createFakeBrowser } from './fakeBrowser'
import { customer, eventId, merchant } from './samples'

const guest = 'e'.repeat(64) as Pubkey
const text = (n: number) => ({ eventId: eventId(n), author: merchant, time: n, text: `text ${n}` })

describe('stored conversations', () => {
  it('gain texts, each once, by own key and peer', () => {
    const { storage } = createFakeBrowser().openTab()
    const conversations = createConversationDocuments({ storage })
    conversations.addTexts(customer, merchant, [text(1), text(1)])
    conversations.addTexts(customer, merchant, [text(2), text(1)])
    conversations.addTexts(guest, merchant, [text(3)])
    const mine = { peer: merchant, texts: [text(1), text(2)] }
    expect(conversations.read(customer, merchant)).toEqual(mine)
    expect(conversations.readAll(customer)).toEqual(new Map([[merchant, mine]]))
    expect(storage.getItem(`souk:conversation:${customer}:${merchant}`)).not.toBeNull()
    conversations.remove(customer, merchant)
    expect(conversations.read(customer, merchant)).toBeNull()
    expect(conversations.readAll(guest).size).toBe(1)
  })

  it('follow other tabs', () => {
    const browser = createFakeBrowser()
    const [here, there] = [browser.openTab(), browser.openTab()]
    const heard: unknown[] = []
    createConversationDocuments(here).onChange((...change) => heard.push(change))
    createConversationDocuments(there).addTexts(customer, merchant, [text(1)])
    browser.settle()
    expect(heard).toEqual([[customer, merchant, { peer: merchant, texts: [text(1)] }]])
  })

  it.each([
    ['another peer', { peer: guest, texts: [] }],
    ['no texts', { peer: merchant }],
    ['a text without a date', { peer: merchant, texts: [{ ...text(1), time: null }] }],
  ])('with %s are moved aside', (_what, data) => {
    const { storage } = createFakeBrowser().openTab()
    const key = `souk:conversation:${customer}:${merchant}`
    storage.setItem(key, JSON.stringify({ version: 1, data }))
    expect(createConversationDocuments({ storage }).read(customer, merchant)).toBeNull()
    expect(storage.getItem(`souk:aside:${key}:1`)).not.toBeNull()
  })
})
