import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { sealedFor } from '../factories/storage'
import { createFakeBrowser } from './fakeBrowser'
import { customer, eventId, merchant } from './samples'

const guest = 'e'.repeat(64) as Pubkey
const keyOf = (own: Pubkey) => `souk:sealed:${own}:conversation:${merchant}`
const many = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => text(from + n))
const text = (n: number) => ({ eventId: eventId(n), author: merchant, time: n, text: `text ${n}` })

describe('stored conversations', () => {
  it('gain texts, each once, by own key and peer', () => {
    const { storage } = createFakeBrowser().openTab()
    const conversations = createConversationDocuments({ ...sealedFor(customer), storage })
    const theirs = createConversationDocuments({ ...sealedFor(guest, 8), storage })
    conversations.addTexts(merchant, [text(1), text(1)])
    conversations.addTexts(merchant, [text(2), text(1)])
    theirs.addTexts(merchant, [text(3)])
    const mine = { peer: merchant, texts: [text(1), text(2)] }
    expect(conversations.read(merchant)).toEqual(mine)
    expect(conversations.readAll()).toEqual(new Map([[merchant, mine]]))
    expect(storage.getItem(keyOf(customer))).not.toContain('text')
    expect(theirs.readAll()).toEqual(new Map([[merchant, { peer: merchant, texts: [text(3)] }]]))
  })

  it('follow other tabs', () => {
    const browser = createFakeBrowser()
    const [here, there] = [browser.openTab(), browser.openTab()]
    const heard: unknown[] = []
    const sealed = sealedFor(customer)
    createConversationDocuments({ ...sealed, ...here }).onChange((...change) => heard.push(change))
    createConversationDocuments({ ...sealed, ...there }).addTexts(merchant, [text(1)])
    browser.settle()
    expect(heard).toEqual([[merchant, { peer: merchant, texts: [text(1)] }]])
  })

  it('keep the newest texts of two tabs that write at once, and bring no older ones back', () => {
    const browser = createFakeBrowser()
    const sealed = sealedFor(customer)
    const tabs = [1, 2].map(() => createConversationDocuments({ ...sealed, ...browser.openTab() }))
    tabs[0]!.addTexts(merchant, many(1, 500))
    browser.settle()
    tabs[1]!.addTexts(merchant, [text(1)])
    tabs[0]!.addTexts(merchant, [text(501)])
    tabs[1]!.addTexts(merchant, [text(502)])
    browser.settle()
    for (const tab of tabs) {
      const times = tab.read(merchant)!.texts.map(({ time }) => time)
      expect([times.length, Math.min(...times), Math.max(...times)]).toEqual([500, 3, 502])
    }
  })

  it.each([
    ['another peer', { peer: guest, texts: [] }],
    ['no texts', { peer: merchant }],
    ['a text without a date', { peer: merchant, texts: [{ ...text(1), time: null }] }],
  ])('with %s are moved aside', (_what, data) => {
    const { storage } = createFakeBrowser().openTab()
    const sealed = sealedFor(customer)
    const key = keyOf(customer)
    const name = `${key.slice(0, -merchant.length)}2 ${merchant}`
    const text = JSON.stringify({
      version: 2,
      data: sealed.seal.close(name, JSON.stringify(data)),
    })
    storage.setItem(key, text)
    expect(createConversationDocuments({ ...sealed, storage }).read(merchant)).toBeNull()
    expect(storage.getItem(`souk:aside:${key}:1`)).not.toBeNull()
  })
})
