/** A market is described by its newest event. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadMarket } from '@/actions/loadMarket'
import { encodeMarket } from '@/protocol/market'
import { eventId, T0, unsigned } from '../factories/events'
import { MERCHANT } from '../factories/people'
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
    const loading = loadMarket(pool, address)
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
    const loading = loadMarket(pool, address, 1000)
    pool.deliver(market('Bazaar', T0))
    pool.stored('wss://one.example')
    vi.advanceTimersByTime(1001)
    expect(await loading).toMatchObject({ ok: true, value: { name: 'Bazaar' } })
  })

  it('says when no relay has it', async () => {
    const pool = testPool()
    const loading = loadMarket(pool, address)
    pool.stored()
    expect(await loading).toEqual({ ok: false, reason: expect.stringContaining('No relay') })
  })
})
