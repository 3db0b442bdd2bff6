// @vitest-environment happy-dom
/** A key that a reload would lose: the person is told, and asked before the page is left. */
import 'fake-indexeddb/auto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useReloadWarning } from '@/composables/useReloadWarning'
import { useSession } from '@/composables/useSession'
import { useNoticesStore } from '@/stores/notices'
import { useSessionStore } from '@/stores/session'
import { CUSTOMER } from '../factories/people'
import { openApp } from '../support/app'

const SECRET = bytesToHex(CUSTOMER.secretKey)
const PASSWORD = 'a good password'
const TITLE = 'Do not reload this page'

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

afterEach(() => vi.restoreAllMocks())

/** As some private windows do: the vault has then nothing to keep its own key in. */
const refuseDatabases = () =>
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('Not in this window.', 'InvalidStateError')
  })

function open() {
  const app = openApp()
  const { value: session, end } = app.run(() => {
    useReloadWarning()
    return useSession()
  })
  const notices = useNoticesStore(app.pinia)
  const titles = () => notices.waiting.map(({ title }) => title)
  return { session, end, titles, store: useSessionStore(app.pinia) }
}

/** Whether the browser would ask before it leaves the page. */
function asksBeforeLeaving(): boolean {
  const leaving = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leaving)
  return leaving.defaultPrevented
}

it('lets a key go that comes back after a reload', async () => {
  const { session, titles } = open()
  expect(asksBeforeLeaving()).toBe(false)
  await session.withSecret(SECRET, '')
  expect(titles()).toEqual([])
  expect(asksBeforeLeaving()).toBe(false)
})

it('warns where nothing may keep the key, and asks before the page is left', async () => {
  refuseDatabases()
  const { session, titles, store } = open()
  await session.asGuest()
  expect(store.isFragile).toBe(true)
  expect(titles()).toContain(TITLE)
  expect(asksBeforeLeaving()).toBe(true)
})

it('asks no more once there is a copy under a password, or nobody is signed in', async () => {
  refuseDatabases()
  const { session, store } = open()
  await session.withSecret(SECRET, '')
  expect(asksBeforeLeaving()).toBe(true)
  await session.keepKey(PASSWORD)
  expect(asksBeforeLeaving()).toBe(false)

  await session.asGuest()
  expect(asksBeforeLeaving()).toBe(true)
  session.signOut()
  expect(store.isFragile).toBe(false)
  expect(asksBeforeLeaving()).toBe(false)
})

it('listens no longer than the page that it belongs to', async () => {
  refuseDatabases()
  const { session, end } = open()
  await session.asGuest()
  end()
  expect(asksBeforeLeaving()).toBe(false)
})
