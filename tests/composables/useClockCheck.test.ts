// @vitest-environment happy-dom
/** The notice of a clock that is behind: once, and only when the relays agree. */
import { expect, it } from 'vitest'
import { useClockCheck } from '@/composables/useClockCheck'
import type { RelayPool } from '@/protocol/relay'
import { useNoticesStore } from '@/stores/notices'
import { T0, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT, STRANGER } from '../factories/people'
import { testPool } from '../factories/ports'
import { appPorts, openApp } from '../support/app'
import '../support/browser'

const RELAYS = ['wss://one.example', 'wss://two.example']
const LATER = T0 + 3 * 3_600

/** Relays whose newest events, each of another author, were written at this time. */
function checkAt(clock: number, writtenAt = LATER) {
  const asked: string[] = []
  const subscribe: RelayPool['subscribe'] = (_filters, handlers, { relays = RELAYS } = {}) => {
    for (const relay of relays) {
      asked.push(relay)
      for (const { pubkey } of [CUSTOMER, MERCHANT, OTHER_MERCHANT, STRANGER]) {
        handlers.onEvent(unsigned({ pubkey, created_at: writtenAt }), relay)
      }
      handlers.onStored?.(relay)
    }
    return { close: () => undefined }
  }
  const pool = { ...testPool(RELAYS), subscribe }
  const { value: check } = openApp(appPorts([], { pool, now: () => clock })).run(useClockCheck)
  return { check, asked, notices: () => useNoticesStore().takeAll() }
}

it('tells once how far the clock is behind', async () => {
  const { check, asked, notices } = checkAt(T0)
  await check(LATER)
  await check(LATER + 1)
  expect(asked).toEqual(RELAYS)
  expect(notices()).toMatchObject([
    { tone: 'warning', title: 'This device’s clock seems to be about 3 hours behind' },
  ])
})

it('says nothing of a message from the future when the clock is right', async () => {
  const { check, asked, notices } = checkAt(LATER)
  await check(LATER + 86_400)
  expect(asked).toEqual(RELAYS)
  expect(notices()).toEqual([])
})

it('asks nobody while messages are dated as they should be', async () => {
  const { check, asked } = checkAt(T0)
  await check(T0 + 60)
  expect(asked).toEqual([])
})
