/** One event from the relays: the first copy counts, and its absence is told apart from silence. */
import { afterEach, expect, it, vi } from 'vitest'
import { findEvent } from '@/actions/findEvent'
import type { SubscriptionHandlers } from '@/protocol/relay'
import { directMessage } from '../factories/events'
import { testPool } from '../factories/ports'

const RELAYS = ['wss://one.example', 'wss://two.example']
const event = directMessage('Hello')

function asking() {
  const pool = testPool(RELAYS)
  const handlers: SubscriptionHandlers[] = []
  const subscribe: typeof pool.subscribe = (filters, given, options) => {
    handlers.push(given)
    return pool.subscribe(filters, given, options)
  }
  return { pool, found: findEvent({ ...pool, subscribe }, event.id), relay: handlers[0]! }
}

afterEach(() => void vi.useRealTimers())

it('is asked for by its id, and the first copy ends the asking', async () => {
  const { pool, found } = asking()
  expect(pool.filters).toEqual([{ ids: [event.id] }])
  pool.deliver(event)
  pool.deliver(event)
  expect(await found).toEqual({ ok: true, value: event })
  expect(pool.closed()).toBe(true)
})

it('is gone when every relay has answered without it', async () => {
  const { relay, found } = asking()
  RELAYS.forEach((url) => relay.onStored?.(url))
  expect(await found).toMatchObject({ ok: false, reason: expect.stringContaining('any more') })
})

it('may still exist when a relay could not be asked', async () => {
  const { relay, found } = asking()
  relay.onClosed?.(RELAYS[0]!, 'auth-required: who are you?')
  relay.onStored?.(RELAYS[1]!)
  expect(await found).toMatchObject({ reason: expect.stringContaining('not all of them') })
})

it('may still exist when a relay stays silent', async () => {
  vi.useFakeTimers()
  const { pool, relay, found } = asking()
  relay.onStored?.(RELAYS[0]!)
  await vi.advanceTimersByTimeAsync(8_000)
  expect(await found).toMatchObject({ reason: expect.stringContaining('not all of them') })
  expect(pool.closed()).toBe(true)
})
