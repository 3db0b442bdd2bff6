import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderKey, type OrderKey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createOrderDocuments } from '@/storage/orderDocuments'
import type { StorageProblem } from '@/storage/storageProblems'
import { sealedFor } from '../factories/storage'
import { createFakeBrowser, type FakeTab } from './fakeBrowser'
import { allFacts, facts, ref } from './samples'

const key = orderKey(ref)
const storageKey = `souk:sealed:${ref.customer}:order:${key}`
const sealed = sealedFor(ref.customer)

/** The text of a record of this version, whatever its data. */
const recordText = (data: unknown) =>
  JSON.stringify({
    version: 2,
    data: sealed.seal.close(`${storageKey.replace(key, '')}2 ${key}`, JSON.stringify(data)),
  })

const dataOf = (text: string | null) => {
  const { data } = JSON.parse(text!) as { data: string }
  const opened = sealed.seal.open(`${storageKey.replace(key, '')}2 ${key}`, data)
  return opened.ok ? JSON.parse(opened.value) : null
}

function open(tab: FakeTab = createFakeBrowser().openTab()) {
  const problems: StorageProblem[] = []
  const orders = createOrderDocuments({
    ...sealed,
    storage: tab.storage,
    events: tab.events,
    onProblem: (problem) => problems.push(problem),
  })
  return { orders, problems, storage: tab.storage }
}

const idsOf = (list: readonly Fact[] = []) => list.map(({ id }) => id).sort()

describe('stored orders', () => {
  it('keep a fact of every type as it was', () => {
    const { orders, storage, problems } = open()
    orders.mergeFacts(key, allFacts)
    const again = open({ storage, events: new EventTarget(), view: new Map() }).orders.read(key)
    expect(again).toEqual({ ref, facts: allFacts, unreadable: [] })
    expect(problems).toEqual([])
  })

  it('gain the facts that they lack, each once', () => {
    const { orders } = open()
    orders.mergeFacts(key, [facts.intended, facts.intended])
    orders.mergeFacts(key, [facts.placed, facts.intended])
    const merged = orders.mergeFacts(key, [facts.placed])
    expect(merged.facts).toEqual([facts.intended, facts.placed])
    expect(orders.readAll()).toEqual(new Map([[key, merged]]))
  })

  it('are not written again when nothing is new', () => {
    const tab = createFakeBrowser().openTab()
    const { orders } = open(tab)
    orders.mergeFacts(key, allFacts)
    tab.storage.setItem = () => {
      throw new Error('written again')
    }
    expect(() => orders.mergeFacts(key, allFacts)).not.toThrow()
  })

  it('nested deeper than can be followed are moved aside, and new facts find their place', () => {
    const { orders, storage, problems } = open()
    const deep: unknown = JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`)
    storage.setItem(storageKey, recordText({ ref, facts: [facts.intended, deep] }))
    expect(orders.mergeFacts(key, [facts.placed]).facts).toEqual([facts.placed])
    expect(problems.map(({ code }) => code)).toEqual(['moved-aside'])
    expect(storage.getItem(`souk:aside:${storageKey}:1`)).not.toBeNull()
  })

  it('set an unreadable fact aside within the record: reported, kept, not shown', () => {
    const { orders, storage, problems } = open()
    const strange = { id: 'x', type: 'teleported', time: 1, extra: { deep: true } }
    const broken = { ...facts.placed, time: 'yesterday' }
    const data = { ref, facts: [strange, facts.intended, broken, null] }
    storage.setItem(storageKey, recordText(data))
    expect(orders.read(key)?.facts).toEqual([facts.intended])
    orders.mergeFacts(key, [facts.noted])
    const stored = dataOf(storage.getItem(storageKey)).facts
    expect(stored).toEqual([facts.intended, facts.noted, strange, broken, null])
    expect(problems).toMatchObject([{ code: 'partly-unreadable', key: storageKey }])
    expect(problems[0]!.message).toContain('3 of')
  })

  it('of another order under this key are moved aside', () => {
    const { orders, storage, problems } = open()
    const data = { ref: { ...ref, orderId: 'another' }, facts: [] }
    storage.setItem(storageKey, recordText(data))
    expect(orders.read(key)).toBeNull()
    orders.mergeFacts(key, [facts.intended])
    expect(problems).toMatchObject([{ code: 'moved-aside' }])
    expect(storage.getItem(`souk:aside:${storageKey}:1`)).not.toBeNull()
  })

  it('refuse a key that is none', () => {
    expect(() => open().orders.mergeFacts('nonsense' as OrderKey, [])).toThrow(TypeError)
  })
})

describe('orders in several tabs', () => {
  it('reach the other tab', () => {
    const browser = createFakeBrowser()
    const [mine, theirs] = [open(browser.openTab()), open(browser.openTab())]
    const heard: (readonly string[] | null)[] = []
    theirs.orders.onChange((_key, record) => heard.push(record && idsOf(record.facts)))
    mine.orders.mergeFacts(key, [facts.intended])
    browser.settle()
    mine.orders.remove(key)
    browser.settle()
    expect(heard).toEqual([[facts.intended.id], null])
  })

  it('lose nothing when two tabs write at the same moment', () => {
    const browser = createFakeBrowser()
    const [mine, theirs] = [open(browser.openTab()), open(browser.openTab())]
    mine.orders.mergeFacts(key, [facts.intended])
    browser.settle()
    mine.orders.mergeFacts(key, [facts.placed])
    theirs.orders.mergeFacts(key, [facts.noted])
    browser.settle()
    const wanted = idsOf([facts.intended, facts.placed, facts.noted])
    expect(idsOf(mine.orders.read(key)?.facts)).toEqual(wanted)
    expect(idsOf(theirs.orders.read(key)?.facts)).toEqual(wanted)
  })

  it('agree after any mixture of writes and deliveries', () => {
    const operation = fc.record({
      tab: fc.nat(2),
      fact: fc.nat(allFacts.length - 1),
      then: fc.constantFrom('nothing', 'propagate', 'settle'),
    })
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 60 }), (operations) => {
        const browser = createFakeBrowser()
        const tabs = [open(browser.openTab()), open(browser.openTab()), open(browser.openTab())]
        for (const { tab, fact, then } of operations) {
          tabs[tab]!.orders.mergeFacts(key, [allFacts[fact]!])
          if (then !== 'nothing') browser[then as 'propagate' | 'settle']()
        }
        browser.settle()
        const wanted = [...new Set(operations.map(({ fact }) => allFacts[fact]!.id))].sort()
        for (const { orders } of tabs) expect(idsOf(orders.read(key)?.facts)).toEqual(wanted)
      }),
      { numRuns: 40 },
    )
  })

  it('are not brought back by a tab that had them after another removed them', () => {
    const browser = createFakeBrowser()
    const [mine, theirs] = [open(browser.openTab()), open(browser.openTab())]
    mine.orders.mergeFacts(key, [facts.intended])
    browser.settle()
    theirs.orders.remove(key)
    browser.settle()
    expect(mine.orders.read(key)).toBeNull()
    theirs.orders.mergeFacts(key, [facts.noted])
    browser.settle()
    expect(idsOf(mine.orders.read(key)?.facts)).toEqual([facts.noted.id])
  })
})
