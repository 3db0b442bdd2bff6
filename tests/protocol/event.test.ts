/** Verified events: genuine, frozen copies, in the order of NIP-01. */
import { describe, expect, it } from 'vitest'
import { KIND, newerFirst, parseEvent, tagValue } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { hex64, signed, T0, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT } from '../factories/people'

const genuine = signed(MERCHANT, {
  kind: KIND.stall,
  created_at: T0,
  tags: [['d', 'stall']],
  content: '{}',
})
const wire = () => structuredClone({ ...genuine, tags: genuine.tags.map((tag) => [...tag]) })

describe('verifying', () => {
  it('accepts what its author signed', () => {
    expect(verifyEvent(wire())).toEqual({ ok: true, value: genuine })
  })

  it.each([
    ['content', { content: '{"name":"x"}' }],
    ['author', { pubkey: CUSTOMER.pubkey }],
    ['date', { created_at: T0 + 1 }],
    ['kind', { kind: KIND.product }],
    ['tags', { tags: [['d', 'other']] }],
    ['id', { id: hex64(1) }],
    ['signature', { sig: '0'.repeat(128) }],
  ])('refuses another %s', (_, forged) => {
    expect(verifyEvent({ ...wire(), ...forged }).ok).toBe(false)
  })

  it('is not fooled by marks that a sender puts on an event', () => {
    const marked = { ...wire(), content: 'x', [Symbol.for('verified')]: true, verified: true }
    expect(verifyEvent(marked).ok).toBe(false)
  })

  it('gives a frozen copy of the seven fields', () => {
    const raw = { ...wire(), extra: 1 }
    const event = verifyEvent(raw)
    raw.tags[0]![1] = 'changed'
    expect(event).toEqual({ ok: true, value: genuine })
    expect(() => Object.assign(genuine, { content: 'x' })).toThrow(TypeError)
    expect(() => (genuine.tags[0] as string[]).push('x')).toThrow(TypeError)
  })
})

describe('the shape of an event', () => {
  it.each([
    ['id', 'A'.repeat(64)],
    ['pubkey', 'abc'],
    ['created_at', 1.5],
    ['kind', 70_000],
    ['tags', [['d', 1]]],
    ['content', null],
    ['sig', 'zz'],
  ])('names the field that is wrong: %s', (field, value) => {
    expect(parseEvent({ ...wire(), [field]: value })).toEqual({
      ok: false,
      reason: expect.stringContaining(field),
    })
  })
})

it('sorts newer events first, and the lower id first within a second', () => {
  const a = { created_at: T0, id: hex64(1) }
  const b = { created_at: T0, id: hex64(2) }
  const c = { created_at: T0 + 1, id: hex64(3) }
  expect([b, a, c].toSorted(newerFirst)).toEqual([c, a, b])
})

it('takes the first tag of a name', () => {
  const event = unsigned({ tags: [['x'], ['p', 'one'], ['p', 'two']] })
  expect([tagValue(event, 'p'), tagValue(event, 'x'), tagValue(event, 'y')]).toEqual([
    'one',
    undefined,
    undefined,
  ])
})
