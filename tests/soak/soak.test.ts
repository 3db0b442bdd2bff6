/** The short soak: see `npm run soak` for the long one. */
import { describe, expect, it } from 'vitest'
import { soak } from './soak'

describe('orders through three faulty relays, with a client that dies', () => {
  it.each([1, 2])(
    'seed %i: none lost, none doubled, none falsely sent',
    async (seed) => {
      const figures = await soak({ orders: 30, seed, writesPerLife: 120, answerEvery: 5 })
      expect(figures).toMatchObject({
        lost: 0,
        doubled: 0,
        falselySent: 0,
        altered: 0,
        unseenAnswers: 0,
      })
      expect(figures.deaths).toBeGreaterThan(0)
      expect(figures.spoiltShare).toBeGreaterThan(0.2)
    },
    120_000,
  )
})
