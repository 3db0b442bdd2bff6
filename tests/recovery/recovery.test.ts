/** An empty device gets all orders back from relays; `npm run recovery` does it for a thousand. */
import { describe, expect, it } from 'vitest'
import { recover } from './recover'

const WHOLE = { missing: 0, different: 0, invented: 0 }

describe('a device that knows nothing but the key', { timeout: 90_000 }, () => {
  it.each(['customer', 'merchant'] as const)(
    'gives a %s 100 orders back in their last states, with one of three relays empty',
    async (side) => {
      const figures = await recover({ orders: 100, side, seed: 1 })
      expect(figures).toMatchObject({ same: 100, ...WHOLE, named: [] })
    },
  )

  it('gives a merchant without a stall in the catalogue its orders back, and names a silent relay', async () => {
    const figures = await recover({
      orders: 24,
      side: 'merchant',
      seed: 2,
      third: 'silent',
      stalls: 'never',
      patience: 4_000,
    })
    expect(figures).toMatchObject({ same: 24, ...WHOLE, named: [figures.thirdRelay] })
  })
})
