// @vitest-environment happy-dom
/** Signing in and out, and what a reload finds: real keys, a real vault, an extension in the page. */
import 'fake-indexeddb/auto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useAccount } from '@/composables/useAccount'
import { useSession } from '@/composables/useSession'
import { orderKey } from '@/domain/ids'
import { ok } from '@/domain/result'
import { createSessionDocument } from '@/storage/sessionDocument'
import { createMemoryStorage } from '@/storage/storageArea'
import { localSigner } from '@/signing/localKey'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { marketConfig } from '../factories/marketConfig'
import { orderRef, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'
import { honestExtension } from '../signing/fakeExtension'
import { appPorts, openApp } from '../support/app'
import { dump, fillStorage } from '../support/browser'

const WALLET = { url: 'https://lnbits.example', invoiceKey: 'abcdef0123456789' }
const PASSWORD = 'a good password'
const hex = (person = CUSTOMER) => bytesToHex(person.secretKey)
const setExtension = (person: typeof CUSTOMER | null) =>
  vi.stubGlobal('nostr', person ? honestExtension(person.secretKey) : undefined)

/** The app with its way to sign in; a second call is the same browser after a reload. */
function open(ports = appPorts()) {
  const app = openApp(ports)
  const { value: session } = app.run(() => useSession())
  return { ...app, session, store: useSessionStore(app.pinia) }
}

beforeEach(() => setExtension(null))
afterEach(() => vi.unstubAllGlobals())

describe('a guest', () => {
  it('keeps the key over a reload, and nothing in clear', async () => {
    const first = open()
    expect(await first.session.asGuest()).toBeNull()
    const { pubkey } = first.store
    expect(first.store).toMatchObject({ status: 'ready', isSessionOnly: true })
    expect(first.signer()?.publicKey).toBe(pubkey)

    const second = open()
    expect(second.store.status).toBe('restoring')
    await second.session.restore()
    expect(second.store).toMatchObject({ status: 'ready', pubkey, problem: '' })
    expect(second.signer()?.publicKey).toBe(pubkey)
    expect(localStorage.length).toBe(0)
  })

  it('writes no pasted key in clear', async () => {
    const { session, store } = open()
    expect(await session.withSecret(hex(), '')).toBeNull()
    expect(store.pubkey).toBe(CUSTOMER.pubkey)
    const written = dump(localStorage, sessionStorage)
    expect(written).toContain(CUSTOMER.pubkey)
    expect(written).not.toContain(hex())
  })

  it('is told when the key is gone, and finds the orders again with a copy of it', async () => {
    const first = open()
    await first.session.withSecret(hex(), '')
    useOrdersStore().record(orderRef(), [placed()])
    sessionStorage.removeItem('souk:secret:session-key')
    const { session, store, signer } = open()
    await session.restore()
    expect(store.status).toBe('lost')
    expect(store.problem).toContain('key of this session is gone')
    expect(signer()).toBeNull()
    expect(useOrdersStore().placed).toEqual([])
    await session.withSecret(hex(), '')
    expect(useOrdersStore().placed).toHaveLength(1)
  })

  it('is not let in with words that are no key', async () => {
    const { session, store, signer } = open()
    expect(await session.withSecret('nsec1nonsense', '')).toContain('damaged')
    expect([store.status, signer()]).toEqual(['signed-out', null])
  })

  it('who is refused leaves the key that is in use, also over a reload', async () => {
    const first = open()
    await first.session.asGuest()
    const { pubkey } = first.store
    const makeRoom = fillStorage(sessionStorage, 'souk:session:')
    expect(await first.session.asGuest()).toContain('no room left')
    makeRoom()
    expect([first.store.pubkey, first.signer()?.publicKey]).toEqual([pubkey, pubkey])
    const later = open()
    await later.session.restore()
    expect(later.store).toMatchObject({ status: 'ready', pubkey })
  })

  it('is told when the browser stores nothing', async () => {
    const { session, store, signer } = open()
    fillStorage(sessionStorage)
    expect(await session.asGuest()).toContain('no room left')
    expect([store.status, signer()]).toEqual(['signed-out', null])
  })
})

describe('an extension', () => {
  it('is asked again after a reload', async () => {
    setExtension(CUSTOMER)
    expect(await open().session.withExtension()).toBeNull()
    const { session, store, signer } = open()
    await session.restore()
    expect(store).toMatchObject({ status: 'ready', pubkey: CUSTOMER.pubkey })
    expect(signer()?.publicKey).toBe(CUSTOMER.pubkey)
  })

  it('that was switched to another key loses the session, in words', async () => {
    setExtension(CUSTOMER)
    await open().session.withExtension()
    setExtension(STRANGER)
    const { session, store, signer } = open()
    await session.restore()
    expect(store).toMatchObject({ status: 'lost', pubkey: CUSTOMER.pubkey })
    expect(store.problem).toContain('set to another key')
    expect(signer()).toBeNull()
    expect(await session.withExtension()).toBeNull()
    expect(store).toMatchObject({ status: 'ready', pubkey: STRANGER.pubkey, problem: '' })
  })

  it('that is missing says what to do', async () => {
    const { session, store } = open()
    expect(await session.withExtension()).toContain('No signing extension')
    expect(store.status).toBe('signed-out')
  })

  it('that answers late does not replace who signed in meanwhile', async () => {
    setExtension(CUSTOMER)
    await open().session.withExtension()
    let answer!: () => void
    const late = new Promise<void>((resolve) => (answer = resolve))
    const ports = appPorts()
    const keys = await ports.keys()
    const slow = async () => {
      await late
      return ok(localSigner(CUSTOMER.secretKey))
    }
    const app = open({ ...ports, keys: async () => ({ ...keys, fromExtension: slow }) })
    const restoring = app.session.restore()
    await app.session.withSecret(hex(STRANGER), '')
    answer()
    await restoring
    expect(app.signer()?.publicKey).toBe(STRANGER.pubkey)
    expect(app.store.pubkey).toBe(STRANGER.pubkey)
  })
})

describe('a kept key', () => {
  it('is locked in a new tab and opens with its password alone', async () => {
    const first = open()
    await first.session.withSecret(hex(), '')
    const ncryptsec = await first.session.keepKey(PASSWORD)
    expect(ncryptsec).toMatch(/^ncryptsec1/)
    expect(first.store.isSessionOnly).toBe(false)
    sessionStorage.clear()

    const { session, store, signer } = open()
    await session.restore()
    expect(store).toMatchObject({ status: 'locked', pubkey: CUSTOMER.pubkey })
    expect(signer()).toBeNull()
    expect(await session.unlock('another password')).toContain('password does not fit')
    expect(store.status).toBe('locked')
    expect(await session.unlock(PASSWORD)).toBeNull()
    expect(store.status).toBe('ready')
    expect(signer()?.publicKey).toBe(CUSTOMER.pubkey)
    expect(store.record?.ncryptsec).toBe(ncryptsec)
  }, 60_000)

  it('that cannot be stored is not said to be kept', async () => {
    const app = openApp()
    const { value: account } = app.run(() => useAccount())
    expect(await account.withKey({ text: hex(), password: null })).toBe(true)
    fillStorage()
    expect(await account.keepKey(PASSWORD)).toBeNull()
    expect(account.problem.value).toContain('no room left')
    expect(account.way.value).toBeNull()
  }, 60_000)
})

describe('a session that cannot be restored', () => {
  it('ends in words, not in waiting', async () => {
    await open().session.withSecret(hex(), '')
    const { session, store } = open({
      ...appPorts(),
      keys: async () => {
        throw new Error('The program could not be loaded.')
      },
    })
    await session.restore()
    expect(store).toMatchObject({ status: 'lost', problem: 'The program could not be loaded.' })
  })
})

describe('signing out', () => {
  it('clears the key, the wallet and the orders on screen, and tells', async () => {
    const app = open()
    await app.session.withSecret(hex(), '')
    await useSettingsStore().setLnbits(WALLET)
    const orders = useOrdersStore()
    orders.record(orderRef(), [placed()])
    app.session.signOut()
    expect(app.store).toMatchObject({ status: 'signed-out', pubkey: null })
    expect(app.signer()).toBeNull()
    expect(orders.order(orderKey(orderRef()))).toBeNull()
    expect(useNoticesStore().takeAll()).toMatchObject([{ title: 'Signed out' }])
    await vi.waitFor(() => expect(dump(sessionStorage, localStorage)).not.toMatch(/sealed|pubkey/))
    expect(useSettingsStore().lnbits).toBeNull()
    const later = open()
    expect(later.store.status).toBe('signed-out')
    await useSettingsStore().loadWallets()
    expect(useSettingsStore().lnbits).toBeNull()
  })

  it('lets a guest who comes right after keep the new key', async () => {
    const app = open()
    await app.session.withSecret(hex(), '')
    app.session.signOut()
    await app.session.asGuest()
    const { pubkey } = app.store
    const later = open()
    await later.session.restore()
    expect(later.store).toMatchObject({ status: 'ready', pubkey })
  })
})

describe('a guest beside a key that other tabs keep', () => {
  /** As if another tab had kept this key while the guest was in this one. */
  const keepElsewhere = (ncryptsec = 'ncryptsec1qq') =>
    createSessionDocument({ tabStorage: createMemoryStorage() }).write({
      method: 'local',
      pubkey: STRANGER.pubkey,
      ncryptsec,
    })

  it('signs out alone: the other key is left, and is the one in use then', async () => {
    const app = open()
    await app.session.asGuest()
    keepElsewhere()
    app.session.signOut()
    expect(app.store.record).toMatchObject({ pubkey: STRANGER.pubkey, ncryptsec: 'ncryptsec1qq' })
    await app.session.restore()
    expect(app.store.status).toBe('locked')
    expect(useNoticesStore().takeAll()).toMatchObject([
      { title: 'Signed out', text: expect.stringContaining('another key') },
    ])
  })

  it('does not replace it, neither with a kept key nor with an extension', async () => {
    const app = open()
    await app.session.withSecret(hex(), '')
    keepElsewhere()
    await expect(app.session.keepKey(PASSWORD)).rejects.toThrow('Sign out with that key first')
    setExtension(MERCHANT)
    expect(await app.session.withExtension()).toContain('Sign out with that key first')
    expect(app.store.pubkey).toBe(CUSTOMER.pubkey)
    expect(dump(localStorage)).toContain('ncryptsec1qq')
  }, 60_000)
})

describe('a demo merchant', () => {
  const config = marketConfig({
    embeddedMarket: {
      nwc: '',
      merchants: [
        {
          name: 'Mina',
          secretKey: hex(MERCHANT),
          lnbitsUrl: WALLET.url,
          invoiceKey: WALLET.invoiceKey,
        },
      ],
    },
  })

  it('comes with its wallet, which the next identity does not get', async () => {
    const app = openApp(appPorts([], { config }))
    const { value: account } = app.run(() => useAccount())
    expect(account.demoMerchants.value).toEqual([{ id: 'Mina', name: 'Mina' }])
    expect(await account.withDemo('Mina')).toBe(true)
    expect(account.account.value).toMatchObject({ pubkey: MERCHANT.pubkey, name: 'Mina' })
    expect(useSettingsStore().lnbits).toEqual(WALLET)
    expect(await account.withKey({ text: hex(), password: null })).toBe(true)
    expect(useSettingsStore().lnbits).toBeNull()
  })

  it('that does not exist is refused in words', async () => {
    const { value: account } = openApp(appPorts([], { config })).run(() => useAccount())
    expect(await account.withDemo('Nobody')).toBe(false)
    expect(account.problem.value).toContain('not in the market')
    expect(account.account.value).toBeNull()
  })
})
