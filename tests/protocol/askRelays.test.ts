/** Asking all relays: until each has answered, until it is enough, or until the time is up. */
import { afterEach, expect, it, vi } from 'vitest'
import { askRelays, type AskOptions } from '@/protocol/askRelays'
import type { RelayPool, SubscriptionHandlers } from '@/protocol/relay'
import { directMessage } from '../factories/events'
import { testPool } from '../factories/ports'

const [ONE, TWO] = ['wss://one.example', 'wss://two.example']
const event = directMessage('Hello')

/** Relays that do what the test says while they are being asked, or later. */
function asking(atOnce: (handlers: SubscriptionHandlers) => void, options?: AskOptions) {
  const pool = testPool([ONE, TWO])
  let handlers!: SubscriptionHandlers
  const subscribe: RelayPool['subscribe'] = (filters, given, how) => {
    const subscription = pool.subscribe(filters, given, how)
    handlers = given
    atOnce(given)
    return subscription
  }
  const answers = askRelays({ ...pool, subscribe }, [{ kinds: [4] }], options)
  return { pool, answers, handlers }
}

afterEach(() => void vi.useRealTimers())

it('waits for every relay, and not for one that refuses', async () => {
  const { pool, answers } = asking((relay) => {
    relay.onEvent(event, ONE)
    relay.onClosed?.(TWO, 'restricted: members only')
    relay.onStored?.(ONE)
  })
  expect(await answers).toEqual({ events: [event], answered: 1 })
  expect(pool.closed()).toBe(true)
})

it('ends as soon as it is enough, once', async () => {
  const { pool, answers } = asking((relay) => relay.onEvent(event, ONE), {
    isEnough: ({ events }) => events.length > 0,
  })
  expect(await answers).toEqual({ events: [event], answered: 0 })
  expect(pool.closed()).toBe(true)
})

it('tells of each answer, and ends when the time is up', async () => {
  vi.useFakeTimers()
  const told: number[] = []
  const { answers, handlers } = asking(() => undefined, {
    timeoutMs: 1_000,
    onAnswer: ({ events }) => told.push(events.length),
  })
  handlers.onEvent(event, ONE)
  handlers.onStored?.(ONE)
  vi.advanceTimersByTime(1_000)
  expect(await answers).toEqual({ events: [event], answered: 1 })
  expect(told).toEqual([1])
})
