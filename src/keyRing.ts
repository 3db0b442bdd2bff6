/** Wiring of keys: where signers come from, and where this session's key is kept. */
import type { KeyRing } from '@/actions/ports'
import { lazily } from '@/domain/once'
import { fail, ok } from '@/domain/result'
import type { Signer } from '@/protocol/signer'
import { createSignerDesk } from '@/signing/signerDesk'
import { replaceSecret } from '@/storage/replaceSecret'
import { createBunkers, type BunkerWiring } from './bunkers'

const SESSION_KEY = 'session-key'
const EXTENSION_WAIT_MS = 1500

const unixNow = (): number => Math.floor(Date.now() / 1000)

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** Loads the vault when a key is first kept or looked for. */
const openVault = async () => (await import('@/storage/sessionKeyVault')).createSessionKeyVault()

/** The keys of this browser. Signing code is loaded when somebody signs in. */
export function createKeyRing(wiring: BunkerWiring): KeyRing {
  let secretKey: Uint8Array | null = null
  /** The keys of signers that were opened here, in use or not. */
  const opened = new WeakMap<Signer, Uint8Array>()
  const vaultOnce = lazily(openVault)
  const desk = createSignerDesk()
  const bunkers = createBunkers(wiring, vaultOnce, desk)

  async function open(key: Uint8Array): Promise<Signer> {
    const { localSigner } = await import('@/signing/localKey')
    const signer = localSigner(key)
    opened.set(signer, key)
    return signer
  }

  async function keepLocal(key: Uint8Array, enter: () => Promise<void>): Promise<boolean> {
    const before = secretKey
    secretKey = key
    try {
      const text = `${toHex(key)}@${unixNow()}`
      const lasts = await replaceSecret(await vaultOnce(), SESSION_KEY, text, 'session', enter)
      bunkers.leave()
      return lasts
    } catch (error) {
      secretKey = before
      throw error
    }
  }

  function drop(): void {
    secretKey?.fill(0)
    secretKey = null
    desk.cancelAll()
    bunkers.leave()
    void vaultOnce().then((open) => open.remove(SESSION_KEY))
  }

  return {
    async fromExtension() {
      const { extensionSigner, waitForExtension } = await import('@/signing/extension')
      const nostr = await waitForExtension(EXTENSION_WAIT_MS)
      if (nostr) return extensionSigner(nostr, { desk })
      const message =
        'No signing extension answers in this browser. Install one, or allow it on this page, and try again.'
      return fail({ code: 'unavailable', message })
    },

    async createKey() {
      const { createLocalKey } = await import('@/signing/localKey')
      return open(createLocalKey())
    },

    async fromSecret(text, password) {
      const [{ parsePastedKey }, { decryptKey }] = await Promise.all([
        import('@/signing/nsec'),
        import('@/signing/ncryptsec'),
      ])
      const refuse = (message: string) => fail({ code: 'wrong-answer', message } as const)
      const pasted = parsePastedKey(text)
      if (!pasted.ok) return refuse(pasted.reason)
      if (pasted.value.form === 'plain') return ok(await open(pasted.value.secretKey))
      if (pasted.value.form === 'words') {
        const { openWords } = await import('@/signing/words')
        const found = await openWords(pasted.value.words)
        return found.ok ? ok(await open(found.value)) : refuse(found.reason)
      }
      const decrypted = await decryptKey(pasted.value.ncryptsec, password)
      return decrypted.ok ? ok(await open(decrypted.value)) : refuse(decrypted.reason)
    },

    fromBunker: bunkers.fromLink,
    inviteBunker: bunkers.invite,
    restoreBunker: bunkers.restore,
    onWait: desk.onWait,
    onOtherAccount: desk.onOtherAccount,

    async keep(signer, enter) {
      const key = opened.get(signer)
      return key ? keepLocal(key, enter) : bunkers.keep(signer, enter)
    },

    async restoreSession(pubkey, since = 0) {
      const vault = await vaultOnce()
      const kept = await vault.get(SESSION_KEY)
      if (!kept) return null
      const [hex = '', openedAt = '0'] = kept.split('@')
      const { publicKeyOf } = await import('@/signing/localKey')
      const key = fromHex(hex)
      if (publicKeyOf(key) !== pubkey) return null
      if (Number(openedAt) < since) {
        vault.remove(SESSION_KEY)
        return null
      }
      bunkers.leave()
      secretKey = key
      return open(key)
    },

    async encryptKey(password) {
      if (!secretKey) return null
      const { encryptKey } = await import('@/signing/ncryptsec')
      return encryptKey(secretKey, password)
    },

    async storageKey(pubkey, isLocal) {
      const { browserStorageKey, storageKeyOf } = await import('@/storage/storageKey')
      if (!isLocal) return browserStorageKey(pubkey)
      if (!secretKey) return null
      const { publicKeyOf } = await import('@/signing/localKey')
      return publicKeyOf(secretKey) === pubkey ? storageKeyOf(secretKey) : null
    },

    drop,

    forget(pubkey) {
      drop()
      void bunkers.forget(pubkey)
    },
  }
}
