/** Times in words. */
import { describe, expect, it } from 'vitest'
import { relativeTime } from '@/components/ui/relativeTime'

const NOW = 1_800_000_000
const say = (ago: number) => relativeTime(NOW - ago, NOW, 'en')

describe('relativeTime', () => {
  it.each([
    [0, 'just now'],
    [44, 'just now'],
    [50, '1 minute ago'],
    [4 * 60 + 59, '4 minutes ago'],
    [2 * 3600, '2 hours ago'],
    [30 * 3600, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [-120, 'in 2 minutes'],
  ])('%d seconds ago is %j', (ago, words) => {
    expect(say(ago)).toBe(words)
  })

  it('names the date beyond a week', () => {
    expect(say(30 * 86_400)).toMatch(/\d{4}/)
  })
})
