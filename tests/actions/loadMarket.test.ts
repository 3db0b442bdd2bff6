/** A market is described by its newest event. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadMarket } from '@/actions/loadMarket'
import { encodeMarket } from '@/protocol/market'
import { eventId, T0, unsigned } from '../factories/events'
import { MERCHANT } from '../factories/people'
import type { VerifiedEvent } from '@/protocol/event'
import { memoryMarks } from '../factories/marks'
import { testPool } from '../factories/ports'

const address = { pubkey: MERCHANT.pubkey, identifier: 'bazaar' }
const market = (name: string, time: number) =>
  unsigned({
    ...encodeMarket(
      { id: 'bazaar', name, about: '', merchants: [], ui: { picture: '', banner: '', theme: '' } },
      time,
    ),
    id: eventId(time),
  })

afterEach(() => void vi.useRealTimers())

describe('loading a market', () => {
  it('waits for every relay and takes the newest description', async () => {
    const pool = testPool(['wss://one.example', 'wss://two.example'])
    const loading = loadMarket({ pool }, address)
    pool.deliver(market('New', T0 + 1))
    pool.stored('wss://one.example')
    pool.deliver(market('Old', T0))
    pool.stored('wss://two.example')
    expect(await loading).toMatchObject({ ok: true, value: { name: 'New' } })
    expect(pool.closed()).toBe(true)
  })

  it('takes what there is when a relay stays silent', async () => {
    vi.useFakeTimers()
    const pool = testPool(['wss://one.example', 'wss://two.example'])
    const loading = loadMarket({ pool }, address, 1000)
    pool.deliver(market('Bazaar', T0))
    pool.stored('wss://one.example')
    vi.advanceTimersByTime(1001)
    expect(await loading).toMatchObject({ ok: true, value: { name: 'Bazaar' } })
  })

  it('does not take a description from 2100 while there is another', async () => {
    const pool = testPool()
    const loading = loadMarket({ pool, now: () => T0 }, address)
    pool.deliver(market('Far', 4_102_444_800))
    pool.deliver(market('Today', T0))
    pool.stored()
    expect(await loading).toMatchObject({ ok: true, value: { name: 'Today' } })
  })

  it('keeps the newest and does not let a relay bring back an older one', async () => {
    const marks = memoryMarks()
    const kept: VerifiedEvent[] = []
    const cache = {
      putAll: async (events: readonly VerifiedEvent[]) => void kept.push(...events),
      readAll: async () => kept,
    }
    const load = (name: string, time: number, withCache = true) => {
      const pool = testPool()
      const ports = withCache ? { pool, marks, cache } : { pool, marks }
      const loading = loadMarket({ ...ports, now: () => T0 }, address)
      pool.deliver(market(name, time))
      pool.stored()
      return loading
    }
    expect(await load('Second', T0)).toMatchObject({ value: { name: 'Second' } })
    expect(await load('First', T0 - 9)).toMatchObject({ value: { name: 'Second' } })
    expect(await load('First', T0 - 9, false)).toMatchObject({
      reason: expect.stringContaining('older'),
    })
  })

  it('says when no relay has it', async () => {
    const pool = testPool()
    const loading = loadMarket({ pool }, address)
    pool.stored()
    expect(await loading).toEqual({ ok: false, reason: expect.stringContaining('No relay') })
  })
})
