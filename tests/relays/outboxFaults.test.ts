/** The outbox against relays that refuse in every way, fall silent or lie, and beside other tabs. */
import { describe, expect, it } from 'vitest'
import { deliverySummary } from '@/components/order/relayDelivery'
import type { OutboxItem } from '@/protocol/relay'
import { createHoldLock } from '@/relays/itemLock'
import { createOutbox, type OutboxOptions } from '@/relays/outbox'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { startRelay } from '../../dev/relay/relay'
import { createFaultyRelay } from '../faults/faultyRelay'
import type { Fault } from '../faults/fault'
import { blackHole, onType, drop, when } from '../faults/frameFaults'
import { answerNothing, refuse, REFUSALS, requireAuth } from '../faults/relayFaults'
import { createFakeBrowser, type FakeTab } from '../storage/fakeBrowser'
import { later, NOW, openPool, pause, signed, until } from './support'

const event = signed({ kind: 4, content: 'an order' })
const RETRY_TIMES = { min: 5, max: 20 }
const noLocks = createHoldLock(undefined)

async function relayWith(...faults: readonly Fault[]) {
  const upstream = later(await startRelay(), (one) => one.close())
  const faulty = later(await createFaultyRelay({ upstream: upstream.url, faults }), (one) =>
    one.close(),
  )
  return { upstream, faulty, url: faulty.url, stored: () => upstream.events().length }
}

function open(
  urls: readonly string[],
  tab: FakeTab = createFakeBrowser().openTab(),
  options: Partial<OutboxOptions> = {},
  pool = openPool(urls, { timeouts: { ok: 500, publishConnect: 500, connect: 500 } }),
) {
  const outbox = createOutbox({
    pool,
    storage: createOutboxDocuments(tab),
    random: () => 0,
    retryTimes: RETRY_TIMES,
    holdLock: noLocks,
    ...options,
  })
  return later(outbox, (one) => one.close())
}

const stateOf = ({ items }: { items(): readonly OutboxItem[] }) => items()[0]!.deliveries[0]!

describe('a refusal', () => {
  const FINAL = ['restricted', 'pow', 'blocked', 'invalid', 'mute', 'too-large'] as const

  it.each(FINAL)('%s is final, and is kept with the words of the relay', async (name) => {
    const { url, faulty } = await relayWith(refuse(REFUSALS[name]))
    const outbox = open([url])
    outbox.enqueue(event)
    await until(() => stateOf(outbox).outcome === 'refused')
    await pause(40)
    expect(stateOf(outbox).nextAttemptAt).toBeNull()
    expect(stateOf(outbox).reason).toContain(REFUSALS[name])
    const heard = faulty.heardOf('EVENT').length
    await pause(60)
    expect(faulty.heardOf('EVENT')).toHaveLength(heard)
  })

  const PASSING = ['rate-limited', 'error', 'unclear', 'wordless'] as const

  it.each(PASSING)('%s is tried again with identical bytes', async (name) => {
    const { url, faulty, stored } = await relayWith(refuse(REFUSALS[name]))
    const outbox = open([url])
    outbox.enqueue(event)
    await until(() => faulty.heardOf('EVENT').length >= 4, 'four attempts')
    faulty.setFaults([])
    await until(() => stored() === 1)
    const bytes = JSON.stringify(['EVENT', event])
    expect(new Set(faulty.heardOf('EVENT'))).toEqual(new Set([bytes]))
  })

  it.each(['unclear', 'wordless'] as const)('%s is final after eight attempts', async (name) => {
    const { url, faulty } = await relayWith(refuse(REFUSALS[name]))
    const outbox = open([url])
    outbox.enqueue(event)
    await until(() => stateOf(outbox).nextAttemptAt === null && stateOf(outbox).attempts > 0)
    await pause(40)
    expect(faulty.heardOf('EVENT')).toHaveLength(8)
  })

  it.each(['auth-required', 'restricted'])(
    '%s is answered once, and then it is taken',
    async (prefix) => {
      const { url, faulty, stored } = await relayWith(requireAuth({ prefix }))
      const pool = openPool([url], {
        authenticate: async (template) => ({
          ok: true,
          value: signed({ ...template, tags: template.tags.map((tag) => [...tag]) }),
        }),
      })
      open([url], undefined, {}, pool).enqueue(event)
      await until(() => stored() === 1)
      expect(faulty.heardOf('EVENT')).toHaveLength(2)
      expect(faulty.heardOf('AUTH')).toHaveLength(1)
    },
  )

  it('that comes again after the authentication is final, with its reason', async () => {
    const { url, faulty } = await relayWith(requireAuth({ andThen: REFUSALS.restricted }))
    const pool = openPool([url], {
      authenticate: async (template) => ({
        ok: true,
        value: signed({ ...template, tags: template.tags.map((tag) => [...tag]) }),
      }),
    })
    const outbox = open([url], undefined, {}, pool)
    outbox.enqueue(event)
    await until(() => stateOf(outbox).outcome === 'refused')
    await pause(40)
    expect(stateOf(outbox)).toMatchObject({ reason: REFUSALS.restricted, nextAttemptAt: null })
    expect(faulty.heardOf('EVENT')).toHaveLength(2)
  })

  it('is no last word while nobody could be asked to sign: the event goes out after signing in', async () => {
    const { url, stored } = await relayWith(requireAuth())
    let signedIn = false
    const pool = openPool([url], {
      authenticate: async (template) =>
        signedIn
          ? { ok: true, value: signed({ ...template, tags: template.tags.map((tag) => [...tag]) }) }
          : { ok: false, reason: { code: 'unavailable', message: 'Sign in first.' } },
    })
    const outbox = open([url], undefined, {}, pool)
    outbox.enqueue(event)
    await until(() => stateOf(outbox).attempts >= 2, 'two attempts')
    expect(stateOf(outbox).reason).toContain('Sign in first')
    signedIn = true
    await until(() => stored() === 1, 'the event after signing in')
  })
})

describe('a relay that says nothing', () => {
  it.each([
    ['a black hole', [blackHole()]],
    ['silence', [answerNothing()]],
    ['lost frames', [onType(['EVENT'], drop())]],
  ])('%s is put into words soon, and never counts as sent', async (_name, faults) => {
    const { url } = await relayWith(...faults)
    const outbox = open([url])
    outbox.enqueue(event)
    expect(deliverySummary(outbox.items()[0]!.deliveries)).toBe('Saved, not sent yet')
    await until(() => stateOf(outbox).outcome !== 'pending', 'words', 4_000)
    expect(stateOf(outbox).reason).not.toBe('')
    expect(stateOf(outbox).nextAttemptAt).not.toBeNull()
    expect(deliverySummary(outbox.items()[0]!.deliveries)).toBe('Saved, not sent yet')
  })

  it('does not hold up the others', async () => {
    const [mute, good] = [await relayWith(blackHole()), await relayWith()]
    const outbox = open([mute.url, good.url])
    outbox.enqueue(event)
    await until(() => good.stored() === 1)
    await until(() =>
      deliverySummary(outbox.items()[0]!.deliveries).startsWith('Sent to 1 of 2 relays'),
    )
  })

  it('about an event that it did store is asked again, and duplicate is success', async () => {
    const { url, stored } = await relayWith(
      when(({ text }, n) => text.startsWith('["OK"') && n < 4, drop()),
    )
    const outbox = open([url])
    outbox.enqueue(event)
    await until(() => stateOf(outbox).outcome === 'accepted')
    expect(stored()).toBe(1)
  })
})

describe('answers', () => {
  it('are kept until somebody says that they are recorded', async () => {
    const { url } = await relayWith()
    const tab = createFakeBrowser().openTab()
    const first = open([url], tab)
    first.enqueue(event)
    await until(() => stateOf(first).outcome === 'accepted')
    first.close()
    const second = open([url], tab)
    expect(stateOf(second)).toMatchObject({ outcome: 'accepted', nextAttemptAt: null })
    second.acknowledge(event.id)
    expect(second.items()).toEqual([])
    expect(createOutboxDocuments(tab).load()).toEqual([])
  })

  it('that are still to come are not forgotten by it', async () => {
    const { url } = await relayWith(answerNothing())
    const outbox = open([url])
    outbox.enqueue(event)
    outbox.acknowledge(event.id)
    expect(outbox.items()).toHaveLength(1)
  })
})

describe('versions of a stall', () => {
  const stall = (created_at: number, d = 'one') =>
    signed({ kind: 30017, created_at, tags: [['d', d]], content: `${created_at}` })
  const ids = ({ items }: { items(): readonly OutboxItem[] }) =>
    items().map((item) => item.event.id)

  it('that are outdone leave the outbox, whichever came first', async () => {
    const { url } = await relayWith(answerNothing())
    const outbox = open([url])
    const [old, middle, young, other] = [
      stall(NOW - 9),
      stall(NOW - 5),
      stall(NOW),
      stall(NOW, 'two'),
    ]
    outbox.enqueue(middle)
    outbox.enqueue(other)
    outbox.enqueue(young)
    expect(outbox.enqueue(old).event.id).toBe(young.id)
    expect(ids(outbox)).toEqual([other.id, young.id])
  })

  it('that an earlier page left are sorted out when it opens', async () => {
    const { url } = await relayWith(answerNothing())
    const tab = createFakeBrowser().openTab()
    const documents = createOutboxDocuments(tab)
    const [old, young] = [stall(NOW - 9), stall(NOW)]
    for (const [n, one] of [young, old].entries()) {
      documents.save({ event: one, deliveries: [], queuedAt: NOW + n })
    }
    expect(ids(open([url], tab))).toEqual([young.id])
    expect(documents.load()).toHaveLength(1)
  })

  it('are no matter between orders', async () => {
    const { url } = await relayWith(answerNothing())
    const outbox = open([url])
    outbox.enqueue(event)
    outbox.enqueue(signed({ kind: 4, created_at: NOW + 1, content: 'another' }))
    expect(outbox.items()).toHaveLength(2)
  })
})

describe('taking back', () => {
  it('is for what no relay has taken and none is asked about', async () => {
    const { url, faulty } = await relayWith(refuse(REFUSALS.blocked))
    const outbox = open([url])
    outbox.enqueue(event)
    expect(outbox.withdraw('f'.repeat(64))).toBe(false)
    await until(() => stateOf(outbox).outcome === 'refused')
    expect(outbox.withdraw(event.id)).toBe(true)
    expect(outbox.items()).toEqual([])
    faulty.setFaults([])
    outbox.enqueue(event)
    await until(() => stateOf(outbox).outcome === 'accepted')
    expect(outbox.withdraw(event.id)).toBe(false)
  })

  it('is not possible while a relay is asked', async () => {
    const { url, faulty } = await relayWith(answerNothing())
    const pool = openPool([url])
    const outbox = open([url], undefined, {}, pool)
    outbox.enqueue(event)
    await until(() => faulty.heardOf('EVENT').length === 1)
    expect(outbox.withdraw(event.id)).toBe(false)
  })

  it('of all that an author had to send leaves what others have', async () => {
    const { url } = await relayWith(answerNothing())
    const outbox = open([url])
    const others = signed({ kind: 4 }, new Uint8Array(32).fill(9))
    outbox.enqueue(event)
    outbox.enqueue(others)
    outbox.forget(event.pubkey)
    expect(outbox.items().map((item) => item.event.id)).toEqual([others.id])
  })
})

describe('two tabs', () => {
  it('see what the other one has to send, how it goes, and when it is done', async () => {
    const { url, stored } = await relayWith()
    const browser = createFakeBrowser()
    const [mine, theirs] = [browser.openTab(), browser.openTab()]
    const never = () => () => undefined
    const watching = open([url], theirs, { holdLock: never })
    const sending = open([url], mine)
    sending.enqueue(event)
    browser.settle()
    expect(watching.items()).toHaveLength(1)
    await until(() => stateOf(sending).outcome === 'accepted')
    browser.settle()
    expect(stateOf(watching).outcome).toBe('accepted')
    const told: number[] = []
    watching.onChange(() => told.push(watching.items().length))
    sending.acknowledge(event.id)
    browser.settle()
    expect(told).toEqual([0])
    expect(stored()).toBe(1)
  })
})
