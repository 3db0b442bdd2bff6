/** What a relay answered, as a fact of the order. */
import { describe, expect, it } from 'vitest'
import { deliveryFact } from '@/actions/deliveryFact'
import type { Delivery } from '@/protocol/relay'
import { directMessage, T0 } from '../factories/events'
import { outboxItem } from '../factories/ports'

const relay = 'wss://one.example'
const item = outboxItem(directMessage('an order'))
const factOf = (fields: Partial<Delivery>, now = T0) =>
  deliveryFact(
    item,
    { relay, outcome: 'pending', reason: '', attempts: 1, nextAttemptAt: null, ...fields },
    now,
  )

describe('the answer of a relay', () => {
  it('is none while it is pending or was not asked', () => {
    expect(factOf({ outcome: 'pending' })).toBeNull()
    expect(factOf({ outcome: 'unreachable', attempts: 0 })).toBeNull()
  })

  it('accepted', () => {
    expect(factOf({ outcome: 'accepted' })).toMatchObject({
      type: 'accepted-by-relay',
      eventId: item.event.id,
      relay,
      time: T0,
      source: { kind: 'relay', url: relay },
    })
  })

  it.each([
    ['refused', 'blocked: not here', 'blocked: not here'],
    ['timed-out', '', 'It did not answer in time.'],
    ['unreachable', '', 'It cannot be reached.'],
    ['unreachable', 'Connection refused', 'Connection refused'],
  ] as const)('%s with "%s" is told as "%s"', (outcome, reason, told) => {
    expect(factOf({ outcome, reason })).toMatchObject({
      type: 'refused-by-relay',
      reason: told,
      retrying: false,
    })
  })

  it('says whether the relay will be tried again', () => {
    expect(factOf({ outcome: 'timed-out', nextAttemptAt: 5 })).toMatchObject({ retrying: true })
  })

  it('is one fact however often a relay is tried', () => {
    const again = { outcome: 'unreachable', nextAttemptAt: 5 } as const
    expect(factOf({ ...again, attempts: 2 }, T0 + 60)?.id).toBe(factOf(again)?.id)
    expect(factOf({ outcome: 'unreachable' })?.id).not.toBe(factOf(again)?.id)
  })
})
