/** The pure rules: addresses, frames, filters, retries. */
import { describe, expect, it } from 'vitest'
import { matchesFilter, resumeFilters } from '@/relays/filters'
import { MAX_FRAME, parseFrame } from '@/relays/frames'
import { distinctRelays, normaliseRelayUrl } from '@/relays/relayUrl'
import { classifyAnswer, retryDelay } from '@/relays/retryPolicy'
import { signed } from './support'

describe('relay addresses', () => {
  it.each([
    ['wss://Relay.Example.com', 'wss://relay.example.com'],
    [' wss://relay.example.com/ ', 'wss://relay.example.com'],
    ['wss://relay.example.com:443/', 'wss://relay.example.com'],
    ['wss://relay.example.com/path/', 'wss://relay.example.com/path/'],
    ['wss://relay.example.com/?key=1#x', 'wss://relay.example.com/?key=1'],
    ['ws://127.0.0.1:7777', 'ws://127.0.0.1:7777'],
  ])('%s is %s', (text, normal) => {
    expect(normaliseRelayUrl(text)).toEqual({ ok: true, value: normal })
  })

  it.each(['', 'relay', 'https://relay.example.com', 'javascript:alert(1)', 'wss://a:b@c.d'])(
    '"%s" is none',
    (text) => {
      expect(normaliseRelayUrl(text).ok).toBe(false)
    },
  )

  it('are kept once each', () => {
    expect(distinctRelays(['wss://a.b', 'wss://A.b/', 'odd', 'odd'])).toEqual(['wss://a.b', 'odd'])
  })
})

describe('frames', () => {
  it.each([
    ['["EVENT","s",{"a":1}]', { type: 'EVENT', subscription: 's', event: { a: 1 } }],
    ['["EOSE","s"]', { type: 'EOSE', subscription: 's' }],
    ['["CLOSED","s"]', { type: 'CLOSED', subscription: 's', reason: '' }],
    ['["OK","i",true,"fine"]', { type: 'OK', eventId: 'i', accepted: true, reason: 'fine' }],
    ['["OK","i","true",3]', { type: 'OK', eventId: 'i', accepted: false, reason: '' }],
    ['["NOTICE","hm"]', { type: 'NOTICE', text: 'hm' }],
    ['["AUTH","c"]', { type: 'AUTH', challenge: 'c' }],
  ])('%s', (text, frame) => {
    expect(parseFrame(text)).toEqual({ ok: true, value: frame })
  })

  it.each(['', 'null', '[]', '["EOSE"]', '["EVENT",1,{}]', '["WHAT","s"]', '{"0":"EOSE"}', '[['])(
    '%s is refused',
    (text) => {
      expect(parseFrame(text).ok).toBe(false)
    },
  )

  it('are measured before they are parsed', () => {
    const text = JSON.stringify(['NOTICE', 'x'.repeat(MAX_FRAME)])
    expect(parseFrame(text)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('too large'),
    })
    expect(parseFrame(new Uint8Array(3)).ok).toBe(false)
  })

  it('keep only so many words', () => {
    const frame = parseFrame(JSON.stringify(['OK', 'i', false, 'x'.repeat(5_000)]))
    expect(frame.ok && frame.value.type === 'OK' && frame.value.reason.length).toBe(500)
  })
})

describe('filters', () => {
  const event = signed({
    kind: 4,
    created_at: 100,
    tags: [
      ['p', 'x'],
      ['e', 'y'],
    ],
  })

  it.each([
    [{}, true],
    [{ ids: [event.id] }, true],
    [{ ids: [] }, false],
    [{ authors: [event.pubkey], kinds: [1, 4] }, true],
    [{ authors: ['0'.repeat(64)] }, false],
    [{ since: 100, until: 100 }, true],
    [{ since: 101 }, false],
    [{ until: 99 }, false],
    [{ '#p': ['w', 'x'], '#e': ['y'] }, true],
    [{ '#p': ['x'], '#e': ['z'] }, false],
    [{ '#d': [''] }, false],
    [{ search: 'anything', limit: 0 }, true],
  ])('%j matches: %s', (filter, matches) => {
    expect(matchesFilter(filter, event)).toBe(matches)
  })

  it('of a closed past are not asked again after a gap', () => {
    expect(resumeFilters([{ kinds: [1], until: 50 }, { kinds: [4] }], 10_000, 600)).toEqual([
      { kinds: [4], since: 9_400 },
    ])
  })
})

describe('what an answer means', () => {
  const refused = (reason: string, attempts = 1) =>
    classifyAnswer({ outcome: 'refused', reason }, attempts)

  it.each([
    ['rate-limited: slow down', 'retry'],
    ['error: could not connect', 'retry'],
    ['error: event too large', 'permanent'],
    ['auth-required: who', 'permanent'],
    ['restricted: members', 'permanent'],
    ['blocked: spam', 'permanent'],
    ['invalid: bad', 'permanent'],
    ['pow: 25 bits', 'permanent'],
    ['mute: nobody', 'permanent'],
    ['something went wrong', 'retry'],
  ])('%s: %s', (reason, verdict) => {
    expect(refused(reason)).toBe(verdict)
  })

  it('that asks who is there is tried again while nobody could answer', () => {
    const answer = { outcome: 'refused', reason: 'auth-required: who' } as const
    expect(classifyAnswer({ ...answer, passing: true }, 99)).toBe('retry')
  })

  it('an unclear refusal is final at last', () => {
    expect(refused('something went wrong', 8)).toBe('permanent')
    expect(refused('rate-limited: slow down', 800)).toBe('retry')
  })

  it('no answer is tried again', () => {
    expect(classifyAnswer({ outcome: 'timed-out', reason: '' })).toBe('retry')
    expect(classifyAnswer({ outcome: 'unreachable', reason: '' }, 99)).toBe('retry')
    expect(classifyAnswer({ outcome: 'accepted', reason: '' })).toBe('accepted')
  })

  it('waits 2^n seconds with jitter, five minutes at most', () => {
    expect([1, 2, 3, 20].map((n) => retryDelay(n, () => 1))).toEqual([2_000, 4_000, 8_000, 300_000])
    expect(retryDelay(3, () => 0)).toBe(4_000)
  })
})
