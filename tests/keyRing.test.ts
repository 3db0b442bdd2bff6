// @vitest-environment happy-dom
/** Where signers come from: the right key for the right identity, and no key left after forgetting. */
import 'fake-indexeddb/auto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KeyRing } from '@/actions/ports'
import { ok } from '@/domain/result'
import { createKeyRing } from '@/keyRing'
import { decryptKey } from '@/signing/ncryptsec'
import { CUSTOMER, STRANGER } from './factories/people'
import { startBunker, type RunningBunker } from '../dev/bunker/bunker'
import { startRelay, type RunningRelay } from '../dev/relay/relay'
import { dump, fillStorage } from './support/browser'
import { bunkerWiring } from './support/bunkers'

const secret = bytesToHex(CUSTOMER.secretKey)

/** Signs in with what was opened. */
async function use(keys: KeyRing, opened: Awaited<ReturnType<KeyRing['fromSecret']>>) {
  if (!opened.ok) throw new Error(opened.reason.message)
  await keys.keep(opened.value, async () => undefined)
  return opened.value
}
const refused = async () => {
  throw new Error('No room')
}

describe('the key ring', () => {
  it('gives a session’s key to its own identity alone', async () => {
    const first = createKeyRing(bunkerWiring())
    await use(first, await first.fromSecret(secret, ''))
    const later = createKeyRing(bunkerWiring())
    expect(await later.restoreSession(STRANGER.pubkey)).toBeNull()
    expect(await later.encryptKey('a good password')).toBeNull()
    expect((await later.restoreSession(CUSTOMER.pubkey))?.publicKey).toBe(CUSTOMER.pubkey)
  })

  it('encrypts the key in use', async () => {
    const keys = createKeyRing(bunkerWiring())
    expect(await keys.encryptKey('a good password')).toBeNull()
    await use(keys, await keys.fromSecret(secret, ''))
    const kept = await keys.encryptKey('a good password')
    expect(await decryptKey(kept ?? '', 'a good password')).toMatchObject({
      value: CUSTOMER.secretKey,
    })
  }, 60_000)

  it('has nothing left once it has forgotten', async () => {
    const keys = createKeyRing(bunkerWiring())
    await use(keys, ok(await keys.createKey()))
    expect(dump(sessionStorage)).toContain('sealed')
    keys.forget()
    expect(await keys.encryptKey('a good password')).toBeNull()
    expect(await createKeyRing(bunkerWiring()).restoreSession(CUSTOMER.pubkey)).toBeNull()
    expect(dump(sessionStorage, localStorage)).not.toContain('sealed')
  })

  it('keeps the key in use when the next one is refused', async () => {
    const keys = createKeyRing(bunkerWiring())
    await use(keys, await keys.fromSecret(secret, ''))
    const none = await keys.fromSecret('npub1qqqq', '')
    expect(none).toMatchObject({ ok: false, reason: { code: 'wrong-answer' } })
    await expect(keys.keep(await keys.createKey(), refused)).rejects.toThrow('No room')
    expect(await keys.storageKey(CUSTOMER.pubkey, true)).not.toBeNull()
    expect((await createKeyRing(bunkerWiring()).restoreSession(CUSTOMER.pubkey))?.publicKey).toBe(
      CUSTOMER.pubkey,
    )
  })
})

describe('a bunker', () => {
  const userKey = CUSTOMER.secretKey
  const template = { kind: 4, created_at: 1, tags: [['p', STRANGER.pubkey]], content: 'hello' }
  let relay: RunningRelay
  let bunker: RunningBunker
  beforeEach(async () => {
    relay = await startRelay()
    bunker = await startBunker({ relayUrl: relay.url, userKey })
  })
  afterEach(async () => {
    bunker.close()
    await relay.close()
  })
  const ring = () => createKeyRing(bunkerWiring([relay.url]))
  const asked = () => bunker.requests.map(({ method }) => method)

  it('is found again after a reload, without asking, and its connection is kept sealed', async () => {
    const keys = ring()
    const signer = await use(keys, await keys.fromBunker(bunker.link()))
    expect(signer.publicKey).toBe(CUSTOMER.pubkey)
    expect(dump(localStorage)).not.toMatch(/clientKey|remoteSigner/)
    expect(await ring().restoreBunker(STRANGER.pubkey)).toBeNull()
    const before = asked().length
    const again = await ring().restoreBunker(CUSTOMER.pubkey)
    expect((await again?.sign(template))?.ok).toBe(true)
    expect(asked().slice(before)).not.toContain('connect')
  })

  it.each([
    ['in the tab that uses it', (keys: KeyRing) => keys],
    ['in another tab', () => ring()],
  ])('is told when it is forgotten %s, and nothing is left', async (_where, other) => {
    const keys = ring()
    await use(keys, await keys.fromBunker(bunker.link()))
    other(keys).forget()
    await vi.waitFor(() => expect(asked()).toContain('logout'))
    expect(localStorage.getItem('souk:secret:bunker')).toBeNull()
    expect(await ring().restoreBunker(CUSTOMER.pubkey)).toBeNull()
  })

  it('of somebody else stays when another identity is forgotten', async () => {
    const first = ring()
    await use(first, await first.fromBunker(bunker.link()))
    const keys = ring()
    await use(keys, ok(await keys.createKey()))
    keys.forget(STRANGER.pubkey)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(asked()).not.toContain('logout')
    expect((await ring().restoreBunker(CUSTOMER.pubkey))?.publicKey).toBe(CUSTOMER.pubkey)
  })

  it('goes on where the next one is refused, which is told', async () => {
    const next = await startBunker({ relayUrl: relay.url, userKey: STRANGER.secretKey })
    const keys = ring()
    const signer = await use(keys, await keys.fromBunker(bunker.link()))
    const opened = await keys.fromBunker(next.link())
    if (!opened.ok) throw new Error(opened.reason.message)
    await expect(keys.keep(opened.value, refused)).rejects.toThrow('No room')
    await vi.waitFor(() => expect(next.requests.map(({ method }) => method)).toContain('logout'))
    next.close()
    expect(asked()).not.toContain('logout')
    expect((await signer.sign(template)).ok).toBe(true)
    expect((await ring().restoreBunker(CUSTOMER.pubkey))?.publicKey).toBe(CUSTOMER.pubkey)
  })

  it('that is not kept is said to be lost by a reload', async () => {
    const keys = ring()
    const opened = await keys.fromBunker(bunker.link())
    if (!opened.ok) throw new Error(opened.reason.message)
    fillStorage()
    expect(await keys.keep(opened.value, async () => undefined)).toBe(false)
  })

  it('can be invited by a code', async () => {
    const { link, qr, accepted, cancel } = await ring().inviteBunker()
    expect(qr.path).toMatch(/^M/)
    expect(link).toContain(encodeURIComponent(relay.url))
    cancel()
    expect(await accepted).toMatchObject({ ok: false, reason: { code: 'cancelled' } })
  })

  it('is refused in words when its link is none', async () => {
    expect(await ring().fromBunker('https://bunker.example')).toMatchObject({
      reason: { message: expect.stringContaining('starts with bunker://') },
    })
  })
})
