// @vitest-environment happy-dom
/** The notice of a clock that is behind: once, and only when merchants on several relays agree. */
import { expect, it } from 'vitest'
import { useClockCheck } from '@/composables/useClockCheck'
import type { RelayPool } from '@/protocol/relay'
import { useCatalogueStore } from '@/stores/catalogue'
import { useNoticesStore } from '@/stores/notices'
import { stall } from '../factories/catalogue'
import { T0, unsigned } from '../factories/events'
import { MERCHANT, OTHER_MERCHANT, person, type Person } from '../factories/people'
import { testPool } from '../factories/ports'
import { appPorts, openApp } from '../support/app'
import '../support/browser'

const RELAYS = ['wss://one.example', 'wss://two.example']
const HOUR = 3_600
const LATER = T0 + 3 * HOUR
const MERCHANTS = [MERCHANT, OTHER_MERCHANT, person(5), person(6)]
const THROWAWAYS = [person(21), person(22), person(23)]
const by = (people: readonly Person[], created_at: number) =>
  people.map(({ pubkey }) => unsigned({ pubkey, created_at }))

/** Relays with these events, in a market with these merchants; `world` may change meanwhile. */
function checkAt(clock: number, events = by(MERCHANTS, LATER), merchants = MERCHANTS) {
  const world = { clock, isOnline: true }
  const asked: string[] = []
  const subscribe: RelayPool['subscribe'] = (filters, handlers, { relays = RELAYS } = {}) => {
    const [{ authors, limit } = {}] = filters
    const wanted = events.filter(({ pubkey }) => authors?.includes(pubkey) ?? true)
    for (const relay of relays) {
      asked.push(relay)
      if (!world.isOnline) {
        handlers.onClosed?.(relay, 'offline')
        continue
      }
      const newest = wanted.toSorted((a, b) => b.created_at - a.created_at).slice(0, limit)
      for (const event of newest) handlers.onEvent(event, relay)
      handlers.onStored?.(relay)
    }
    return { close: () => undefined }
  }
  const pool = { ...testPool(RELAYS), subscribe }
  const app = openApp(appPorts([], { pool, now: () => world.clock }))
  const { value: check } = app.run(useClockCheck)
  const sell = (people: readonly Person[]) =>
    useCatalogueStore().apply(
      people.map(({ pubkey }) => ({ type: 'stall', stall: stall({ merchant: pubkey }) })),
    )
  sell(merchants)
  return { check, asked, world, sell, notices: () => useNoticesStore().takeAll() }
}

const BEHIND = [{ tone: 'warning', title: 'This device’s clock seems to be about 3 hours behind' }]

it('tells once how far the clock is behind', async () => {
  const { check, asked, world, notices } = checkAt(T0)
  await check(LATER)
  world.clock += HOUR
  await check(LATER + 1)
  expect(asked).toEqual(RELAYS)
  expect(notices()).toMatchObject(BEHIND)
})

it('says nothing of a message from the future when the clock is right', async () => {
  const { check, asked, world, notices } = checkAt(LATER)
  await check(LATER + 86_400)
  world.clock += HOUR
  await check(LATER + 86_400)
  expect(asked).toEqual(RELAYS)
  expect(notices()).toEqual([])
})

it('asks nobody while messages are dated as they should be', async () => {
  const { check, asked } = checkAt(T0)
  await check(T0 + 60)
  expect(asked).toEqual([])
})

it('believes no throwaway keys, however far ahead and however many their events are', async () => {
  const lies = [1, 2, 3, 4, 5].flatMap((n) => by(THROWAWAYS, LATER + 5 * HOUR + n))
  const lied = checkAt(LATER, [...lies, ...by(MERCHANTS, LATER - 60)])
  await lied.check(LATER + 86_400)
  expect(lied.notices()).toEqual([])
  const hidden = checkAt(T0, [...lies, ...by(MERCHANTS, LATER)])
  await hidden.check(LATER)
  expect(hidden.notices()).toMatchObject(BEHIND)
})

it('asks only once there are enough merchants to judge by', async () => {
  const { check, asked, sell, notices } = checkAt(T0, undefined, [MERCHANT, OTHER_MERCHANT])
  await check(LATER)
  expect(asked).toEqual([])
  sell(MERCHANTS)
  await check(LATER)
  expect(notices()).toMatchObject(BEHIND)
})

it('asks again ten minutes after nobody answered, and not before', async () => {
  const { check, asked, world, notices } = checkAt(T0)
  world.isOnline = false
  await check(LATER)
  world.isOnline = true
  world.clock += 9 * 60
  await check(LATER)
  expect([asked, notices()]).toEqual([RELAYS, []])
  world.clock += 60
  await check(LATER)
  expect(notices()).toMatchObject(BEHIND)
})
