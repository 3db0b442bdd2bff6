/** Lengths of time as figures and as words. */
import { describe, expect, it } from 'vitest'
import { clockTime, spokenTime, waitedFor } from '@/components/payment/duration'

describe('durations', () => {
  it('counts down as a clock', () => {
    expect([0, 9, 75, 3725, -5].map(clockTime)).toEqual(['0:00', '0:09', '1:15', '1:02:05', '0:00'])
  })
  it('is spoken in one unit', () => {
    expect([1, 59, 60, 7200, 90_000].map(spokenTime)).toEqual([
      '1 second',
      '59 seconds',
      '1 minute',
      '2 hours',
      '1 day',
    ])
  })
  it('says how long somebody waited', () => {
    expect([20, 240, 7200, 200_000].map(waitedFor)).toEqual([
      'under a minute',
      '4 min',
      '2 h',
      '2 days',
    ])
  })
})
