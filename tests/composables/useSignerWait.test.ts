// @vitest-environment happy-dom
/** Whoever holds the key, as pages see it: waited for, given up, switched to another account. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useAccount } from '@/composables/useAccount'
import { useSession } from '@/composables/useSession'
import { useSignerNotices } from '@/composables/useSignerWait'
import { useSessionStore } from '@/stores/session'
import { startBunker, type RunningBunker } from '../../dev/bunker/bunker'
import { startRelay, type RunningRelay } from '../../dev/relay/relay'
import { CUSTOMER, STRANGER } from '../factories/people'
import { honestExtension, signWith } from '../signing/fakeExtension'
import { appPorts, openApp, until } from '../support/app'
import '../support/browser'

const template = { kind: 4, created_at: 1, tags: [['p', STRANGER.pubkey]], content: 'hello' }
const inPage = (nostr: object | undefined) => vi.stubGlobal('nostr', nostr)
const never = () => new Promise<never>(() => undefined)

function open(ports = appPorts()) {
  const app = openApp(ports)
  const { value } = app.run(() => ({
    session: useSession(),
    notices: useSignerNotices(),
    account: useAccount(),
  }))
  return { ...app, ...value, store: useSessionStore(app.pinia) }
}

beforeEach(() => inPage(undefined))
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('an extension whose account is switched', () => {
  /** Signed in as the customer, then switched to the stranger and asked to sign. */
  async function switched() {
    inPage(honestExtension(CUSTOMER.secretKey))
    const app = open()
    expect(await app.session.withExtension()).toBeNull()
    const signer = app.signer()!
    const nostr = (globalThis as { nostr?: object }).nostr
    Object.assign(nostr!, {
      getPublicKey: async () => STRANGER.pubkey,
      signEvent: async (asked: typeof template) => signWith(STRANGER.secretKey, asked),
    })
    const answer = await signer.sign(template)
    expect(answer).toMatchObject({ ok: false, reason: { code: 'other-account' } })
    return { ...app, nostr: nostr! }
  }

  it('is told, and signing goes on once it is switched back', async () => {
    const { notices, nostr, signer, store } = await switched()
    expect(notices.otherAccount.value).toContain('another account')
    await notices.switchedBack()
    expect(notices.otherAccount.value).toContain('set to another key')
    expect(store.pubkey).toBe(CUSTOMER.pubkey)

    Object.assign(nostr, honestExtension(CUSTOMER.secretKey))
    await notices.switchedBack()
    expect(notices.otherAccount.value).toBe('')
    expect((await signer()!.sign(template)).ok).toBe(true)
  })

  it('can be followed: the person signs in as the other account', async () => {
    const { notices, signer, store } = await switched()
    await notices.useOther()
    expect(notices.otherAccount.value).toBe('')
    expect(store.pubkey).toBe(STRANGER.pubkey)
    expect((await signer()!.sign(template)).ok).toBe(true)
  })
})

describe('an extension that does not answer', () => {
  it('is named after eight seconds, and can be given up', async () => {
    inPage({ ...honestExtension(CUSTOMER.secretKey), signEvent: never })
    const { session, notices, signer } = open()
    await session.withExtension()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const signing = signer()!.sign(template)
    await vi.advanceTimersByTimeAsync(7_900)
    expect(notices.shown.value).toBeNull()
    await vi.advanceTimersByTimeAsync(200)
    expect(notices.shown.value?.holder).toBe('your extension')
    notices.shown.value?.cancel()
    expect(await signing).toMatchObject({ reason: { code: 'cancelled' } })
    expect(notices.shown.value).toBeNull()
  })

  it('is given up after sixty seconds by itself', async () => {
    inPage({ ...honestExtension(CUSTOMER.secretKey), signEvent: never })
    const { session, notices, signer } = open()
    await session.withExtension()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const signing = signer()!.sign(template)
    await vi.advanceTimersByTimeAsync(60_100)
    expect(await signing).toMatchObject({ reason: { code: 'timed-out' } })
    expect(notices.shown.value).toBeNull()
  })
})

describe('a bunker', () => {
  let relay: RunningRelay
  let bunker: RunningBunker
  beforeEach(async () => {
    relay = await startRelay()
    bunker = await startBunker({ relayUrl: relay.url, userKey: CUSTOMER.secretKey })
  })
  afterEach(async () => {
    bunker.close()
    await relay.close()
  })

  it('signs in, is found again after a reload, and forgotten on signing out', async () => {
    const first = open(appPorts([relay.url]))
    expect(await first.account.withBunker(bunker.link())).toBe(true)
    expect(first.store).toMatchObject({ status: 'ready', pubkey: CUSTOMER.pubkey })
    expect(first.account.signsElsewhere.value).toBe('your bunker')
    await until(() => localStorage.getItem('souk:secret:bunker') !== null, 'the connection')

    const second = open(appPorts([relay.url]))
    await second.session.restore()
    expect(second.store).toMatchObject({ status: 'ready', pubkey: CUSTOMER.pubkey })
    expect((await second.signer()!.sign(template)).ok).toBe(true)

    second.session.signOut()
    await until(() => bunker.requests.at(-1)?.method === 'logout', 'the goodbye')
    expect(localStorage.getItem('souk:secret:bunker')).toBeNull()
  })

  it('whose connection is gone from the browser has to be connected again', async () => {
    const first = open(appPorts([relay.url]))
    await first.account.withBunker(bunker.link())
    await until(() => localStorage.getItem('souk:secret:bunker') !== null, 'the connection')
    localStorage.removeItem('souk:secret:bunker')
    const { session, store } = open(appPorts([relay.url]))
    await session.restore()
    expect(store).toMatchObject({ status: 'lost' })
    expect(store.problem).toContain('Connect it again')
  })

  it('can be invited; another way in ends the waiting without a complaint', async () => {
    const { account, store } = open(appPorts([relay.url]))
    const waiting = account.byInvitation()
    await until(() => account.invitation.value !== null, 'the code')
    expect(account.way.value).toBe('bunker')
    expect(await account.asGuest()).toBe(true)
    expect(await waiting).toBe(false)
    expect(account.problem.value).toBe('')
    expect(account.invitation.value).toBeNull()
    expect(store.record?.method).toBe('local')
  })

  it('that is refused says why', async () => {
    const { account, store } = open(appPorts([relay.url]))
    expect(await account.withBunker('bunker://nonsense')).toBe(false)
    expect(account.problem.value).toContain('not complete')
    expect(store.status).toBe('signed-out')
  })
})
