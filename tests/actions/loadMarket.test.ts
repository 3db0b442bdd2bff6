/** A market is described by its newest event. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadMarket } from '@/actions/loadMarket'
import { encodeMarket } from '@/protocol/market'
import { eventId, T0, unsigned } from '../factories/events'
import { MERCHANT } from '../factories/people'
import type { VerifiedEvent } from '@/protocol/event'
import { memoryMarks } from '../factories/marks'
import { settled, testPool } from '../factories/ports'

const address = { pubkey: MERCHANT.pubkey, identifier: 'bazaar' }
const market = (name: string, time: number) =>
  unsigned({
    ...encodeMarket(
      { id: 'bazaar', name, about: '', merchants: [], ui: { picture: '', banner: '', theme: '' } },
      time,
    ),
    id: eventId(time),
  })

const RELAYS = ['wss://one.example', 'wss://two.example'] as const
type Told = Parameters<Parameters<typeof loadMarket>[2]>[0]
type Ports = Omit<Parameters<typeof loadMarket>[0], 'pool'>

/** Writes down what is told of the market, and lets relays answer one after the other. */
function load(ports: Ports = {}, urls: readonly string[] = RELAYS) {
  const pool = testPool(urls)
  const told: Told[] = []
  const names = () => told.map((market) => (market.ok ? market.value.name : market.reason))
  const end = loadMarket({ ...ports, pool }, address, (market) => told.push(market))
  /** One relay's whole answer. */
  async function answer(at: number, ...events: VerifiedEvent[]) {
    await settled()
    for (const event of events) pool.deliver(event)
    pool.stored(urls[at])
    await settled()
  }
  return { pool, names, end, answer }
}

afterEach(() => void vi.useRealTimers())

describe('loading a market', () => {
  it('takes the first description, then only a newer one', async () => {
    const { pool, names, end, answer } = load({}, [...RELAYS, 'wss://three.example'])
    await answer(0, market('Bazaar', T0))
    expect(names()).toEqual(['Bazaar'])
    await answer(1, market('Old', T0 - 1))
    await answer(2, market('New', T0 + 1))
    await end
    expect(names()).toEqual(['Bazaar', 'New'])
    expect(pool.closed()).toBe(true)
  })

  it('does not wait for a relay that stays silent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { pool, names, end, answer } = load()
    await answer(0, market('Bazaar', T0))
    expect([names(), pool.closed()]).toEqual([['Bazaar'], false])
    vi.advanceTimersByTime(8_000)
    await end
    expect([names(), pool.closed()]).toEqual([['Bazaar'], true])
  })

  it('does not take a description from 2100 while there is another', async () => {
    const { names, end, answer } = load({ now: () => T0 }, [RELAYS[0]])
    await answer(0, market('Far', 4_102_444_800), market('Today', T0))
    await end
    expect(names()).toEqual(['Today'])
  })

  it('shows what is kept at once, and lets no relay bring back an older one', async () => {
    const marks = memoryMarks()
    const kept: VerifiedEvent[] = []
    const cache = {
      putAll: async (events: readonly VerifiedEvent[]) => void kept.push(...events),
      readAll: async () => kept,
    }
    const first = load({ marks, cache, now: () => T0 }, [RELAYS[0]])
    await first.answer(0, market('Second', T0))
    await first.end
    const again = load({ marks, cache, now: () => T0 }, [RELAYS[0]])
    await settled()
    expect(again.names()).toEqual(['Second'])
    await again.answer(0, market('First', T0 - 9))
    await again.end
    expect(again.names()).toEqual(['Second'])
    const bare = load({ marks, now: () => T0 }, [RELAYS[0]])
    await bare.answer(0, market('First', T0 - 9))
    await bare.end
    expect(bare.names()).toEqual([expect.stringContaining('older')])
  })

  it('says once when no relay has it', async () => {
    const { names, end, answer } = load()
    await answer(0)
    expect(names()).toEqual([])
    await answer(1)
    await end
    expect(names()).toEqual([expect.stringContaining('No relay')])
  })
})
