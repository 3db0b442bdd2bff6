// @vitest-environment happy-dom
/** Locking: by itself after a while without use, at once, in all tabs; and what is left in memory. */
import 'fake-indexeddb/auto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tellTabs } from '@/composables/tabTalk'
import { useAutoLock } from '@/composables/useAutoLock'
import { useOtherTabs } from '@/composables/useOtherTabs'
import { useSession } from '@/composables/useSession'
import { useSignOut } from '@/composables/useSignOut'
import { orderKey } from '@/domain/ids'
import { createLockDocuments } from '@/storage/lockDocuments'
import { createSessionDocument } from '@/storage/sessionDocument'
import { markSharedComputer } from '@/storage/storageArea'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { orderRef, placed } from '../factories/orders'
import { CUSTOMER, STRANGER } from '../factories/people'
import { appPorts, openApp } from '../support/app'
import { dump, tellOfOtherTab } from '../support/browser'

const START = 1_800_000_000
const PASSWORD = 'a good password'
const LOCK = `souk:lock:${CUSTOMER.pubkey}`
let time = START
beforeEach(() => {
  time = START
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: START * 1000 })
})
afterEach(() => vi.useRealTimers())

function later(minutes: number): void {
  time += minutes * 60
  vi.setSystemTime(time * 1000)
  vi.advanceTimersByTime(5000)
}
const touch = () => window.dispatchEvent(new Event('pointerdown'))

function open() {
  const app = openApp(appPorts([], { now: () => time }))
  const { value } = app.run(() => {
    useOtherTabs()
    useAutoLock()
    return { session: useSession(), out: useSignOut() }
  })
  return { ...app, ...value, store: useSessionStore(app.pinia), orders: useOrdersStore(app.pinia) }
}

/** A person whose key is kept under a password, with one order. */
async function openKept() {
  const app = open()
  await app.session.withSecret(bytesToHex(CUSTOMER.secretKey), '')
  await app.session.keepKey(PASSWORD)
  app.orders.record(orderRef(), [placed()])
  return app
}

const isLocked = ({ store, orders, signer }: Awaited<ReturnType<typeof openKept>>) =>
  store.status === 'locked' && signer() === null && orders.own === null

describe('a kept key', () => {
  it('locks itself after fifteen minutes without use, and opens with its password', async () => {
    const app = await openKept()
    later(14)
    expect(isLocked(app)).toBe(false)
    touch()
    later(14)
    expect(isLocked(app)).toBe(false)
    later(1)
    expect(isLocked(app)).toBe(true)
    expect(app.orders.order(orderKey(orderRef()))).toBeNull()
    await vi.waitFor(() => expect(dump(sessionStorage)).not.toContain('sealed'))
    expect(await (await app.ports.keys()).encryptKey(PASSWORD)).toBeNull()
    expect(await app.session.unlock(PASSWORD)).toBeNull()
    expect(app.store.status).toBe('ready')
    expect(app.orders.placed).toHaveLength(1)
  }, 60_000)

  it('locks after the time that was chosen, or never', async () => {
    const app = await openKept()
    useSettingsStore().setLockMinutes(0)
    later(600)
    expect(isLocked(app)).toBe(false)
    useSettingsStore().setLockMinutes(5)
    later(5)
    expect(isLocked(app)).toBe(true)
  }, 60_000)

  it('locks at once when the clock is set back: nobody knows for how long it was unused', async () => {
    const app = await openKept()
    later(-1)
    expect(isLocked(app)).toBe(false)
    later(-600)
    expect(isLocked(app)).toBe(true)
  }, 60_000)

  it('stays open while another tab is used', async () => {
    const app = await openKept()
    later(14)
    createLockDocuments().write(CUSTOMER.pubkey, { usedAt: time, lockedAt: 0 })
    tellOfOtherTab(LOCK)
    later(14)
    expect(isLocked(app)).toBe(false)
    later(2)
    expect(isLocked(app)).toBe(true)
  }, 60_000)

  it('locks when another tab does, and not for the touch that comes too late', async () => {
    const app = await openKept()
    createLockDocuments().write(CUSTOMER.pubkey, { usedAt: time, lockedAt: time })
    tellOfOtherTab(LOCK)
    expect(isLocked(app)).toBe(true)
    expect(await app.session.unlock(PASSWORD)).toBeNull()
    time += 3600
    touch()
    expect(isLocked(app)).toBe(true)
  }, 60_000)

  it('is not opened by a reload after the lock, nor after a long sleep', async () => {
    const kept = (await openKept(), dump(sessionStorage))
    expect(kept).toContain('sealed')
    time += 16 * 60
    const { session, store } = open()
    await session.restore()
    expect(store.status).toBe('locked')
    expect(dump(sessionStorage)).not.toContain('sealed')
  }, 60_000)
})

describe('a key of this tab only', () => {
  it('is never locked: nothing could open it again', async () => {
    const app = open()
    await app.session.asGuest()
    app.session.lock()
    later(100)
    expect(app.store.status).toBe('ready')
  })
})

describe('another tab', () => {
  it('that was duplicated from a guest’s signs out with it, and leaves nothing', async () => {
    const app = open()
    await app.session.withSecret(bytesToHex(CUSTOMER.secretKey), '')
    const duplicate = open()
    await vi.waitFor(() => expect(duplicate.signer()).not.toBeNull())
    duplicate.orders.record(orderRef(), [placed()])
    app.session.signOut()
    await vi.waitFor(() => expect(duplicate.store.status).toBe('signed-out'))
    expect([duplicate.signer(), duplicate.orders.own]).toEqual([null, null])
    await vi.waitFor(() => expect(dump(sessionStorage, localStorage)).not.toMatch(/sealed|pubkey/))
  })

  it.each([
    { method: 'extension' },
    { method: 'bunker' },
    { method: 'local', ncryptsec: 'ncryptsec1qq' },
  ] as const)('that was duplicated on a shared computer signs out too: %o', async (way) => {
    markSharedComputer(true)
    createSessionDocument().write({ ...way, pubkey: CUSTOMER.pubkey })
    const duplicate = open()
    tellTabs('souk-signed-out', STRANGER.pubkey)
    tellTabs('souk-signed-out', CUSTOMER.pubkey)
    await vi.waitFor(() => expect(duplicate.store.status).toBe('signed-out'))
    expect(dump(sessionStorage)).not.toContain(CUSTOMER.pubkey)
  })

  it('that was duplicated on a shared computer locks when the person locks this one', async () => {
    markSharedComputer(true)
    const app = await openKept()
    const duplicate = open()
    expect(await duplicate.session.unlock(PASSWORD)).toBeNull()
    duplicate.session.lockAll()
    expect(isLocked(duplicate)).toBe(true)
    await vi.waitFor(() => expect(isLocked(app)).toBe(true))
  }, 60_000)

  it('that signs out leaves nothing here of what came late, nor of the pages seen', async () => {
    const app = await openKept()
    app.session.lockHere()
    app.orders.journalOf(CUSTOMER.pubkey).record(orderRef(), [placed()])
    sessionStorage.setItem('vue-router:scroll', '{}')
    localStorage.clear()
    tellOfOtherTab('souk:session:current')
    expect(app.store.status).toBe('signed-out')
    expect(sessionStorage.getItem('vue-router:scroll')).toBeNull()
    await app.session.withSecret(bytesToHex(CUSTOMER.secretKey), '')
    expect(app.orders.placed).toEqual([])
  }, 60_000)

  it('that signs out takes this one with it', async () => {
    const app = await openKept()
    createSessionDocument({ tabStorage: sessionStorage }).remove()
    tellOfOtherTab('souk:session:current')
    expect(app.store).toMatchObject({ status: 'signed-out', pubkey: null })
    expect([app.signer(), app.orders.own]).toEqual([null, null])
  }, 60_000)

  it('that signs out closes the orders here, also where the extension is missing', async () => {
    const { pubkey } = CUSTOMER
    createSessionDocument().write({ method: 'extension', pubkey })
    const app = open()
    await vi.waitFor(() => expect(app.store.status).toBe('lost'), 5000)
    expect(app.orders.own).toBe(pubkey)
    createSessionDocument().remove()
    tellOfOtherTab('souk:session:current')
    expect([app.store.status, app.orders.own]).toEqual(['signed-out', null])
  }, 60_000)

  it('that signs in as somebody else shows nothing of this one', async () => {
    const app = await openKept()
    const other = { method: 'local', pubkey: STRANGER.pubkey, ncryptsec: 'ncryptsec1qq' } as const
    createSessionDocument({ tabStorage: sessionStorage }).write(other)
    tellOfOtherTab('souk:session:current')
    expect([app.signer(), app.orders.own]).toEqual([null, null])
    await vi.waitFor(() => expect(app.store.status).toBe('locked'))
    expect(app.store.pubkey).toBe(STRANGER.pubkey)
    expect(app.orders.placed).toEqual([])
  }, 60_000)
})

describe('signing out', () => {
  it('says what would be lost, and leaves nothing once the person agrees', async () => {
    const app = await openKept()
    await app.out.ask()
    expect(app.out.losses.value).toMatchObject({ key: 'kept', unsent: 0, locked: false })
    app.out.stay()
    expect(app.store.pubkey).toBe(CUSTOMER.pubkey)
    await app.out.ask()
    app.out.leave()
    await vi.waitFor(() => expect(dump(sessionStorage)).not.toMatch(/sealed|pubkey/))
    const left = Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n)!)
    expect(left.filter((key) => !key.startsWith('souk:settings'))).toEqual([])
  }, 60_000)
})
