/** Following messages: each once, one after another, strangers held, bad ones never in the way. */
import { describe, expect, it, vi } from 'vitest'
import { followMessages, type FollowMessagesPorts } from '@/actions/followMessages'
import { fail } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import { localSigner } from '@/signing/localKey'
import { KIND } from '@/protocol/event'
import { directMessage, signed, T0 } from '../factories/events'
import { CUSTOMER, MERCHANT, person, STRANGER } from '../factories/people'
import { settled, testJournal, testPool } from '../factories/ports'

function following(overrides: Partial<FollowMessagesPorts> = {}) {
  const pool = testPool()
  const journal = testJournal()
  const handlers = {
    onReceived: vi.fn(),
    onQuarantined: vi.fn(),
    onStored: vi.fn(),
    onHeld: vi.fn(),
  }
  const follower = followMessages(
    {
      pool,
      journal,
      signer: localSigner(CUSTOMER.secretKey),
      decodeInvoice,
      isKnown: () => false,
      mayOpen: () => true,
      ...overrides,
    },
    handlers,
  )
  const texts = () => journal.texts.map(({ text }) => text.text)
  return { pool, journal, follower, texts, ...handlers }
}

describe('following', () => {
  it('asks for messages from and to the own key', () => {
    expect(following().pool.filters).toEqual([
      { kinds: [4], authors: [CUSTOMER.pubkey] },
      { kinds: [4], '#p': [CUSTOMER.pubkey] },
    ])
  })

  it('opens messages in order, each once', async () => {
    const { pool, texts, onReceived } = following()
    const [one, two] = [directMessage('one'), directMessage('two')]
    for (const event of [one, two, one, two]) pool.deliver(event)
    await vi.waitFor(() => expect(texts()).toEqual(['one', 'two']))
    await settled()
    expect(onReceived).toHaveBeenCalledTimes(2)
  })

  it('does not open again what is known', async () => {
    const { pool, texts } = following({ isKnown: () => true })
    pool.deliver(directMessage('one'))
    await settled()
    expect(texts()).toEqual([])
  })

  it('tells that stored messages are read only after they are', async () => {
    const { pool, texts, onStored } = following()
    const seen: string[][] = []
    onStored.mockImplementation(() => seen.push(texts()))
    pool.deliver(directMessage('one'))
    pool.stored()
    await vi.waitFor(() => expect(seen).toEqual([['one']]))
  })

  it('stops when closed', async () => {
    const { pool, follower, texts } = following()
    pool.deliver(directMessage('one'))
    follower.close()
    await settled()
    expect(texts()).toEqual([])
    expect(pool.closed()).toBe(true)
  })
})

describe('a flood of strangers', () => {
  it('does not delay the parties of a trade', async () => {
    const { pool, texts } = following({ isParty: (peer) => peer === MERCHANT.pubkey })
    const flood = Array.from({ length: 9 }, (_, n) => `flood ${n}`)
    for (const text of flood) pool.deliver(directMessage(text, { from: STRANGER }))
    await vi.waitFor(() => expect(texts().length).toBeGreaterThan(0))
    const before = texts().length
    pool.deliver(directMessage('invoice'))
    pool.deliver(directMessage('paid'))
    await vi.waitFor(() => expect(texts()).toHaveLength(11))
    // One message may be under way already.
    expect(texts().indexOf('invoice')).toBeLessThanOrEqual(before + 1)
    expect(texts().indexOf('paid')).toBe(texts().indexOf('invoice') + 1)
    expect(texts().filter((text) => text.startsWith('flood'))).toEqual(flood)
  })

  it('is sorted when it arrives together', async () => {
    const { pool, texts } = following({ isParty: (peer) => peer === MERCHANT.pubkey })
    pool.deliver(directMessage('flood', { from: STRANGER }))
    pool.deliver(directMessage('invoice'))
    await vi.waitFor(() => expect(texts()).toEqual(['invoice', 'flood']))
  })
})

describe('a bad message', () => {
  it.each([
    ['unreadable', directMessage('{"type":2}')],
    [
      'endlessly nested',
      directMessage(`{"type":0,"id":"a","address":${'['.repeat(9000)}${']'.repeat(9000)}}`),
    ],
  ])('that is %s is told and does not stop the next', async (_, bad) => {
    const { pool, texts, onQuarantined } = following()
    pool.deliver(bad)
    pool.deliver(directMessage('after'))
    await vi.waitFor(() => expect(texts()).toEqual(['after']))
    expect(onQuarantined).toHaveBeenCalledOnce()
    expect(onQuarantined.mock.calls[0]![0]).toMatchObject({ eventId: bad.id })
  })

  it('that cannot be stored may come again', async () => {
    const { pool, journal, texts, onQuarantined } = following()
    const event = directMessage('one')
    journal.failure = new Error('The storage is full.')
    pool.deliver(event)
    await vi.waitFor(() => expect(onQuarantined).toHaveBeenCalledOnce())
    expect(onQuarantined.mock.calls[0]![0]).toMatchObject({
      reason: 'The storage is full.',
      retryable: true,
    })
    journal.failure = null
    pool.deliver(event)
    await vi.waitFor(() => expect(texts()).toEqual(['one']))
  })

  it('does not stop the next even when nobody can be told', async () => {
    const { pool, texts, onQuarantined } = following()
    onQuarantined.mockImplementation(() => {
      throw new Error('The page is broken.')
    })
    pool.deliver(directMessage('{"type":2}'))
    pool.deliver(directMessage('after'))
    await vi.waitFor(() => expect(texts()).toEqual(['after']))
  })
})

describe('quarantine', () => {
  it('does not open again what would only fail again, until it is asked to', async () => {
    const settled = new Set<string>()
    const nip04Decrypt = vi.fn(localSigner(CUSTOMER.secretKey).nip04Decrypt)
    const signer = { ...localSigner(CUSTOMER.secretKey), nip04Decrypt }
    const { pool, follower, onQuarantined } = following({
      signer,
      isSettled: (id) => settled.has(id),
    })
    const bad = directMessage('{"type":2}', { time: 77 })
    settled.add(bad.id)
    pool.deliver(bad)
    pool.deliver(directMessage('after'))
    await vi.waitFor(() => expect(nip04Decrypt).toHaveBeenCalledOnce())
    expect(onQuarantined).not.toHaveBeenCalled()
    follower.retry([bad.id])
    await vi.waitFor(() => expect(onQuarantined).toHaveBeenCalledOnce())
    expect(onQuarantined.mock.calls[0]![0]).toMatchObject({ eventId: bad.id, time: 77 })
  })

  it('asks the relays for what is no longer at hand, and reads it if it can be read now', async () => {
    const { pool, follower, texts } = following()
    const message = directMessage('readable now')
    follower.retry([message.id])
    expect(pool.filters.at(-1)).toEqual({ ids: [message.id] })
    pool.deliver(message)
    await vi.waitFor(() => expect(texts()).toEqual(['readable now']))
  })
})

describe('recovery', () => {
  it('opens own orders before the answers to them, and tells how far it is', async () => {
    const onOpened = vi.fn()
    const pool = testPool()
    const journal = testJournal()
    const signer = localSigner(CUSTOMER.secretKey)
    const ports = {
      pool,
      journal,
      signer,
      decodeInvoice,
      isKnown: () => false,
      mayOpen: () => true,
    }
    followMessages(ports, { onOpened })
    pool.deliver(directMessage('answer'))
    pool.deliver(directMessage('question', { from: CUSTOMER, to: MERCHANT }))
    await vi.waitFor(() =>
      expect(journal.texts.map(({ text }) => text.text)).toEqual(['question', 'answer']),
    )
    expect(onOpened.mock.calls).toEqual([
      [1, 1],
      [2, 0],
    ])
  })
})

describe('messages of strangers', () => {
  it('wait unopened until they may be opened', async () => {
    const friends = new Set([MERCHANT.pubkey])
    const nip04Decrypt = vi.fn(localSigner(CUSTOMER.secretKey).nip04Decrypt)
    const signer = { ...localSigner(CUSTOMER.secretKey), nip04Decrypt }
    const { pool, follower, texts, onHeld } = following({
      signer,
      mayOpen: (peer) => friends.has(peer),
    })
    const event = directMessage('offer', { from: STRANGER })
    pool.deliver(event)
    pool.deliver(event)
    pool.deliver(directMessage('hello'))
    await vi.waitFor(() => expect(texts()).toEqual(['hello']))
    expect(onHeld).toHaveBeenLastCalledWith(1)
    expect(nip04Decrypt).toHaveBeenCalledOnce()

    follower.openHeld()
    expect(onHeld).toHaveBeenLastCalledWith(1)
    friends.add(STRANGER.pubkey)
    follower.openHeld()
    await vi.waitFor(() => expect(texts()).toEqual(['hello', 'offer']))
    expect(onHeld).toHaveBeenLastCalledWith(0)
  })
  it('are held for those who wrote last; others are asked for again once they may be opened', async () => {
    const friends = new Set<string>()
    const { pool, follower, texts, onHeld } = following({ mayOpen: (peer) => friends.has(peer) })
    const first = directMessage('the first', { from: STRANGER, time: 1 })
    pool.deliver(first)
    for (let n = 2; n <= 60; n++) {
      pool.deliver(directMessage(`offer ${n}`, { from: STRANGER, time: n }))
    }
    expect(onHeld).toHaveBeenLastCalledWith(60)
    follower.openHeld()
    expect(pool.filters).toHaveLength(2)

    friends.add(STRANGER.pubkey)
    follower.openHeld()
    await vi.waitFor(() => expect(texts()).toHaveLength(50))
    expect(texts()).not.toContain('the first')
    expect(onHeld).toHaveBeenLastCalledWith(0)
    expect(pool.filters).toHaveLength(4)
    pool.deliver(first)
    await vi.waitFor(() => expect(texts()).toContain('the first'))
  })

  it('that found no room in the queue are asked for when it is empty, as long as some can be read', async () => {
    const { pool, texts } = following({ room: 1_200 })
    const all = ['a', 'b', 'c'].map((text) => directMessage(text, { from: STRANGER }))
    for (const event of all) pool.deliver(event)
    await vi.waitFor(() => expect(texts()).toEqual(['a', 'b']))
    await vi.waitFor(() => expect(pool.filters).toHaveLength(4))
    for (const event of all) pool.deliver(event)
    await vi.waitFor(() => expect(texts()).toEqual(['a', 'b', 'c']))
    expect(pool.filters).toHaveLength(4)
  })

  it('that cannot be read do not keep out what came after them', async () => {
    const { pool, texts, onQuarantined } = following({ room: 1_200 })
    const junk = Array.from({ length: 9 }, (_, n) =>
      signed(person(40 + n), {
        kind: KIND.directMessage,
        created_at: T0,
        tags: [['p', CUSTOMER.pubkey]],
        content: 'not encrypted',
      }),
    )
    const all = [...junk, directMessage('an order', { from: STRANGER })]
    for (let times = 0; times < 6; times++) {
      for (const event of all) pool.deliver(event)
      await settled()
    }
    expect(texts()).toEqual(['an order'])
    expect(onQuarantined).toHaveBeenCalledTimes(9)
  })

  it('are not asked for again while the signer opens nothing', async () => {
    const refuse = async () => fail({ code: 'declined' as const, message: 'No.' })
    const signer = { ...localSigner(CUSTOMER.secretKey), nip04Decrypt: refuse }
    const { pool, onQuarantined } = following({ room: 600, signer })
    pool.deliver(directMessage('a', { from: STRANGER }))
    pool.deliver(directMessage('b', { from: STRANGER }))
    await vi.waitFor(() => expect(onQuarantined).toHaveBeenCalledOnce())
    await settled()
    expect(pool.filters).toHaveLength(2)
  })
})
