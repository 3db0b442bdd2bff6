/** The connection in words. */
import { describe, expect, it } from 'vitest'
import { relaySummary, relayWords, type RelayLine } from '@/components/layout/relayWords'

const relay = (status: RelayLine['status'], problem = ''): RelayLine => ({
  url: 'wss://relay.example',
  status,
  problem,
})

describe('relaySummary', () => {
  it.each([
    [
      'all connected',
      [relay('connected'), relay('connected')],
      'success',
      '2 of 2 relays connected',
    ],
    ['one', [relay('connected')], 'success', '1 of 1 relay connected'],
    ['first tries', [relay('connected'), relay('connecting')], 'neutral', 'Connecting to 2 relays'],
    [
      'trouble',
      [relay('connected'), relay('waiting', 'refused')],
      'warning',
      '1 of 2 relays connected',
    ],
    ['retries', [relay('connecting', 'refused')], 'warning', '0 of 1 relay connected'],
    ['none', [], 'warning', 'No relays are set'],
  ] as const)('%s', (_, relays, tone, words) => {
    expect(relaySummary(relays)).toEqual({ tone, words })
  })
})

describe('relayWords', () => {
  it('names the trouble', () => {
    expect(relayWords(relay('waiting', 'refused'))).toBe(
      'Not connected, trying again soon: refused',
    )
  })

  it('forgets old trouble once connected', () => {
    expect(relayWords(relay('connected', 'refused'))).toBe('Connected')
  })
})
