// @vitest-environment happy-dom
/** Where signers come from: the right key for the right identity, and no key left after forgetting. */
import 'fake-indexeddb/auto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { createKeyRing } from '@/keyRing'
import { decryptKey } from '@/signing/ncryptsec'
import { CUSTOMER, STRANGER } from './factories/people'
import { dump } from './support/browser'

const secret = bytesToHex(CUSTOMER.secretKey)

describe('the key ring', () => {
  it('gives a session’s key to its own identity alone', async () => {
    await createKeyRing().fromSecret(secret, '')
    const later = createKeyRing()
    expect(await later.restoreSession(STRANGER.pubkey)).toBeNull()
    expect(await later.encryptKey('a good password')).toBeNull()
    expect((await later.restoreSession(CUSTOMER.pubkey))?.publicKey).toBe(CUSTOMER.pubkey)
  })

  it('encrypts the key in use', async () => {
    const keys = createKeyRing()
    expect(await keys.encryptKey('a good password')).toBeNull()
    await keys.fromSecret(secret, '')
    const kept = await keys.encryptKey('a good password')
    expect(await decryptKey(kept ?? '', 'a good password')).toMatchObject({
      value: CUSTOMER.secretKey,
    })
  }, 60_000)

  it('has nothing left once it has forgotten', async () => {
    const keys = createKeyRing()
    await keys.createKey()
    expect(dump(sessionStorage)).toContain('sealed')
    keys.forget()
    expect(await keys.encryptKey('a good password')).toBeNull()
    expect(await createKeyRing().restoreSession(CUSTOMER.pubkey)).toBeNull()
    expect(dump(sessionStorage, localStorage)).not.toContain('sealed')
  })

  it('keeps the key in use when the next one is refused', async () => {
    const keys = createKeyRing()
    await keys.fromSecret(secret, '')
    const refused = await keys.fromSecret('npub1qqqq', '')
    expect(refused).toMatchObject({ ok: false, reason: { code: 'wrong-answer' } })
    expect((await createKeyRing().restoreSession(CUSTOMER.pubkey))?.publicKey).toBe(CUSTOMER.pubkey)
  })
})
