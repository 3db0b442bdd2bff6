/** Signing in and out: turns a key or an extension into the identity in use. */
import type { BunkerInvitation, KeyRing, StorageKey } from '@/actions/ports'
import type { DemoMerchant } from '@/domain/marketConfig'
import { messageOf } from '@/domain/messageOf'
import { fail, ok, type Result } from '@/domain/result'
import { useLockStore } from '@/stores/lock'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { isTooLong } from './lockTime'
import { tellTabs } from './tabTalk'
import { usePorts } from './usePorts'
import { useSigner, type Signer } from './useSigner'

type Opened = Awaited<ReturnType<KeyRing['fromExtension']>>
type SessionRecord = NonNullable<ReturnType<typeof useSessionStore>['record']>

/** Why an identity has no signer right now. */
interface Missing {
  readonly status: 'locked' | 'lost'
  readonly why: string
}

const OTHER_KEY: Missing = {
  status: 'lost',
  why: 'The extension is set to another key now. Switch it back, or sign in again.',
}
const BUNKER_GONE: Missing = {
  status: 'lost',
  why: 'This browser does not know your bunker any more. Connect it again.',
}
const KEY_GONE: Missing = {
  status: 'lost',
  why: 'The key of this session is gone from the browser, and only it opens what was kept. Sign in with your copy of it.',
}
const KEY_NOT_KEPT = {
  title: 'Do not reload this page',
  text: 'Nothing here may keep your key: it is gone when this page is reloaded or closed. Keep a copy of it before you order.',
}
const BUNKER_NOT_KEPT = {
  title: 'The connection to your bunker is not kept',
  text: 'Nothing here may keep it. Connect your bunker again when this page was reloaded.',
}
const OTHER_TABS = 'Other tabs use another key, and this tab uses it now.'

/** Ways in and out. Each way in answers with a problem in words, or null when it worked. */
export function useSession() {
  const ports = usePorts()
  const session = useSessionStore()
  const settings = useSettingsStore()
  const orders = useOrdersStore()
  const notices = useNoticesStore()
  const locks = useLockStore()
  const signer = useSigner()

  const storageKeyOf = async ({ pubkey, method }: SessionRecord) =>
    (await ports.keys()).storageKey(pubkey, method === 'local')

  /** Opens what this browser keeps of an identity; null where its key is not at hand. */
  function openRecords({ pubkey }: SessionRecord, key: StorageKey | null): void {
    if (!key) orders.open(null)
    else if (orders.own !== pubkey) orders.open(pubkey, key)
  }

  function take(next: Signer): void {
    signer.value = next
    ports.useSigner(next)
  }

  async function enter(
    opened: Opened,
    method: SessionRecord['method'],
    extra: { label?: string; ncryptsec?: string } = {},
  ): Promise<string | null> {
    if (!opened.ok) return opened.reason.message
    const { publicKey: pubkey } = opened.value
    const record = { method, pubkey, ...extra }
    try {
      const keys = await ports.keys()
      const lasts = await keys.keep(opened.value, async () => {
        const key = await storageKeyOf(record)
        session.enter(record)
        openRecords(record, key)
        take(opened.value)
      })
      tellIfFragile(lasts)
      return null
    } catch (error) {
      return messageOf(error)
    }
  }

  const withExtension = async (): Promise<string | null> =>
    enter(await (await ports.keys()).fromExtension(), 'extension')

  const withBunker = async (link: string): Promise<string | null> =>
    enter(await (await ports.keys()).fromBunker(link), 'bunker')

  /** Shows a link to a bunker, by `onInvitation`, and waits until one has taken it. */
  async function byInvitation(
    onInvitation: (invitation: BunkerInvitation) => void,
  ): Promise<string | null> {
    const invitation = await (await ports.keys()).inviteBunker()
    onInvitation(invitation)
    return enter(await invitation.accepted, 'bunker')
  }

  const asGuest = async (): Promise<string | null> =>
    enter({ ok: true, value: await (await ports.keys()).createKey() }, 'local', { label: 'Guest' })

  const withSecret = async (text: string, password: string): Promise<string | null> =>
    enter(await (await ports.keys()).fromSecret(text, password), 'local')

  async function asDemoMerchant(merchant: DemoMerchant): Promise<string | null> {
    const { name: label, secretKey, lnbitsUrl: url, invoiceKey } = merchant
    const problem = await enter(await (await ports.keys()).fromSecret(secretKey, ''), 'local', {
      label,
    })
    if (problem === null) await settings.setLnbits({ url, invoiceKey })
    return problem
  }

  /** Opens the key that was kept under a password. */
  async function unlock(password: string): Promise<string | null> {
    const record = session.record
    if (!record?.ncryptsec) return 'There is no kept key to unlock.'
    const { ncryptsec, label } = record
    return enter(await (await ports.keys()).fromSecret(ncryptsec, password), 'local', {
      ncryptsec,
      label,
    })
  }

  /** Keeps the local key on this device, encrypted. Answers with the ncryptsec to save elsewhere. */
  async function keepKey(password: string): Promise<string | null> {
    const record = session.record
    const ncryptsec = await (await ports.keys()).encryptKey(password)
    // Making it takes a while, in which another tab may have signed out.
    if (!ncryptsec || !record || session.record !== record) return null
    session.enter({ ...record, ncryptsec })
    return ncryptsec
  }

  /** A key that was opened before this time (unix seconds) has been locked since. */
  function lockedSince({ pubkey, ncryptsec }: SessionRecord): number {
    if (!ncryptsec) return 0
    const { usedAt, lockedAt } = locks.read(pubkey)
    const isIdle = isTooLong(usedAt, ports.now(), settings.lockMinutes)
    return usedAt > 0 && isIdle ? Infinity : lockedAt
  }

  function tellIfFragile(lasts: boolean): void {
    session.isFragile = !lasts
    if (lasts) return
    notices.tell({
      tone: 'warning',
      ...(session.record?.method === 'bunker' ? BUNKER_NOT_KEPT : KEY_NOT_KEPT),
    })
  }

  async function findSigner(record: SessionRecord): Promise<Result<Signer, Missing>> {
    const keys = await ports.keys()
    if (record.method === 'extension') {
      const opened = await keys.fromExtension()
      if (!opened.ok) return fail({ status: 'lost', why: opened.reason.message })
      return opened.value.publicKey === record.pubkey ? opened : fail(OTHER_KEY)
    }
    if (record.method === 'bunker') {
      const bunker = await keys.restoreBunker(record.pubkey)
      return bunker ? ok(bunker) : fail(BUNKER_GONE)
    }
    const restored = await keys.restoreSession(record.pubkey, lockedSince(record))
    if (restored) return ok(restored)
    return fail(record.ncryptsec ? { status: 'locked', why: '' } : KEY_GONE)
  }

  /** Where the key is elsewhere, orders are shown while it is waited for, and when it is missing. */
  async function findSignerAndRecords(record: SessionRecord): Promise<Result<Signer, Missing>> {
    const isLocal = record.method === 'local'
    const early = isLocal ? null : await storageKeyOf(record)
    if (session.record === record) openRecords(record, early)
    const found = await findSigner(record)
    if (!found.ok || !isLocal) return found
    const key = await storageKeyOf(record)
    if (session.record === record) openRecords(record, key)
    return found
  }

  /** After a reload: finds the signer of the identity that was in use. */
  async function restore(): Promise<void> {
    const record = session.record
    if (!record) return
    const found = await findSignerAndRecords(record).catch((error: unknown) =>
      fail<Missing>({ status: 'lost', why: messageOf(error) }),
    )
    // Somebody may have signed in, or out, meanwhile.
    if (session.record !== record) return
    if (!found.ok) return session.setStatus(found.reason.status, found.reason.why)
    take(found.value)
    session.setStatus('ready')
  }

  /** Asks again for the signer of the identity in use: an extension may have been switched back. */
  async function askAgain(): Promise<string | null> {
    const { record } = session
    if (!record) return 'Nobody is signed in any more.'
    const found = await findSignerAndRecords(record)
    if (session.record !== record) return null
    if (!found.ok) return found.reason.why
    take(found.value)
    session.setStatus('ready')
    return null
  }

  /** Out of this tab's memory: the key, the orders, the wallet. */
  function drop(): void {
    void ports.keys().then((keys) => keys.drop())
    ports.useSigner(null)
    signer.value = null
    session.isFragile = false
    orders.open(null)
    settings.dropWallets()
  }

  /** Locks this tab; `lock` locks all that share its storage, `lockAll` duplicates of it too. */
  function lockHere(): void {
    if (!session.isLockable) return
    drop()
    session.setStatus('locked')
  }

  function lock(): void {
    const { pubkey, isLockable } = session
    if (!pubkey || !isLockable) return
    locks.noteLock(pubkey, ports.now())
    lockHere()
  }

  /** As the person asks. Never for want of use: nobody knows here how the duplicates are used. */
  function lockAll(): void {
    const { pubkey, isLockable } = session
    lock()
    if (pubkey && isLockable) tellTabs('souk-locked', pubkey)
  }

  /** Ends the identity's session in this tab and removes what this browser keeps of it. */
  function signOutHere(): void {
    const { pubkey } = session
    drop()
    void ports.keys().then((keys) => keys.forget(pubkey ?? undefined))
    session.leave()
    if (pubkey) {
      orders.forgetAll(pubkey)
      void ports.outbox().then((outbox) => outbox.forget(pubkey))
      void settings.forgetWallets(pubkey)
    }
    notices.tell({ tone: 'info', title: 'Signed out', text: session.pubkey ? OTHER_TABS : '' })
  }

  /** Ends the identity's session in all tabs: the removed records are those of its duplicates too. */
  function signOut(): void {
    const { pubkey } = session
    signOutHere()
    if (pubkey) tellTabs('souk-signed-out', pubkey)
  }

  return {
    withExtension,
    withBunker,
    byInvitation,
    asGuest,
    withSecret,
    asDemoMerchant,
    unlock,
    keepKey,
    restore,
    askAgain,
    drop,
    lock,
    lockAll,
    lockHere,
    signOutHere,
    signOut,
  }
}
