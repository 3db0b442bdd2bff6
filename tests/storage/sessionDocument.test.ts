import { describe, expect, it } from 'vitest'
import { createSessionDocument, type SessionRecord } from '@/storage/sessionDocument'
import { createFakeBrowser } from './fakeBrowser'
import { customer, merchant } from './samples'

const extension: SessionRecord = { method: 'extension', pubkey: customer, label: 'me' }
const guest: SessionRecord = { method: 'local', pubkey: merchant }
const locked: SessionRecord = { method: 'local', pubkey: merchant, ncryptsec: 'ncryptsec1qqqq' }

function open(browser = createFakeBrowser()) {
  const { storage, events } = browser.openTab()
  const tabStorage = createFakeBrowser().openTab().storage
  return { storage, tabStorage, session: createSessionDocument({ storage, events, tabStorage }) }
}

describe('the stored session', () => {
  it.each([extension, locked])('is shared by all tabs: $method', (record) => {
    const { session, storage } = open()
    session.write(record)
    const otherTab = createFakeBrowser().openTab().storage
    expect(createSessionDocument({ storage, tabStorage: otherTab }).read()).toEqual(record)
  })

  it('of a guest is for one tab, over a reload', () => {
    const { session, storage, tabStorage } = open()
    session.write(guest)
    expect(storage.length).toBe(0)
    expect(createSessionDocument({ storage, tabStorage }).read()).toEqual(guest)
  })

  it('of a guest comes before the shared one, until the tab signs in otherwise', () => {
    const { session } = open()
    session.write(extension)
    session.write(guest)
    expect(session.read()).toEqual(guest)
    session.write(locked)
    expect(session.read()).toEqual(locked)
  })

  it.each([
    ['of the tab', [guest]],
    ['of all tabs', [extension]],
    ['of one identity, kept and not', [locked, guest]],
  ])('ends with signing out: %s', (_whose, records) => {
    const { session, storage, tabStorage } = open()
    records.forEach(session.write)
    session.remove()
    expect(session.read()).toBeNull()
    expect(storage.length + tabStorage.length).toBe(0)
  })

  it('that other tabs share stays when a guest signs out', () => {
    const { session } = open()
    session.write(extension)
    session.write(guest)
    session.remove()
    expect(session.read()).toEqual(extension)
  })

  it('tells when somebody else’s kept key would be replaced', () => {
    const { session } = open()
    expect(session.wouldReplaceKey(extension)).toBe(false)
    session.write(locked)
    expect(session.wouldReplaceKey(extension)).toBe(true)
    expect(session.wouldReplaceKey(locked)).toBe(false)
    expect(session.wouldReplaceKey({ ...guest, pubkey: customer })).toBe(false)
  })

  it('never takes a secret key', () => {
    const { session, storage, tabStorage } = open()
    const nsec = 'nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5'
    expect(() => session.write({ ...guest, ncryptsec: nsec })).toThrow(TypeError)
    session.write({ ...guest, secretKey: '7'.repeat(64) } as SessionRecord)
    const dump = JSON.stringify([tabStorage.getItem('souk:session:current'), storage.length])
    expect(dump).not.toContain('777')
  })

  it('is followed in other tabs, except by a guest', () => {
    const browser = createFakeBrowser()
    const [first, second, third] = [open(browser), open(browser), open(browser)]
    const heard: unknown[] = []
    second.session.onChange((record) => heard.push(record))
    third.session.write(guest)
    third.session.onChange(() => heard.push('the guest heard'))
    first.session.write(extension)
    browser.settle()
    first.session.remove()
    browser.settle()
    expect(heard).toEqual([extension, null])
  })
})
