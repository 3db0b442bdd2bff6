/** Signing in and out: turns a key or an extension into the identity in use. */
import type { AppPorts } from '@/actions/ports'
import type { DemoMerchant } from '@/domain/marketConfig'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { usePorts } from './usePorts'
import { useSigner, type Signer } from './useSigner'

type Opened = Awaited<ReturnType<AppPorts['keys']['fromExtension']>>

/** Ways in and out. Each way in answers with a problem in words, or null when it worked. */
export function useSession() {
  const ports = usePorts()
  const session = useSessionStore()
  const settings = useSettingsStore()
  const orders = useOrdersStore()
  const notices = useNoticesStore()
  const signer = useSigner()

  function use(next: Signer): void {
    orders.open(next.publicKey)
    signer.value = next
    ports.useSigner(next)
  }

  function enter(
    opened: Opened,
    method: 'extension' | 'local',
    extra: { label?: string; ncryptsec?: string } = {},
  ): string | null {
    if (!opened.ok) return opened.reason.message
    try {
      session.enter({ method, pubkey: opened.value.publicKey, ...extra })
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    use(opened.value)
    return null
  }

  const withExtension = async (): Promise<string | null> =>
    enter(await ports.keys.fromExtension(), 'extension')

  const asGuest = async (): Promise<string | null> =>
    enter({ ok: true, value: await ports.keys.createKey() }, 'local', { label: 'Guest' })

  const withSecret = async (text: string, password: string): Promise<string | null> =>
    enter(await ports.keys.fromSecret(text, password), 'local')

  async function asDemoMerchant(merchant: DemoMerchant): Promise<string | null> {
    const { name: label, secretKey, lnbitsUrl: url, invoiceKey } = merchant
    const problem = enter(await ports.keys.fromSecret(secretKey, ''), 'local', { label })
    if (problem === null) await settings.setLnbits({ url, invoiceKey })
    return problem
  }

  /** Opens the key that was kept under a password. */
  async function unlock(password: string): Promise<string | null> {
    const record = session.record
    if (!record?.ncryptsec) return 'There is no kept key to unlock.'
    const { ncryptsec, label } = record
    return enter(await ports.keys.fromSecret(ncryptsec, password), 'local', { ncryptsec, label })
  }

  /** Keeps the local key on this device, encrypted. Answers with the ncryptsec to save elsewhere. */
  async function keepKey(password: string): Promise<string | null> {
    const record = session.record
    const ncryptsec = await ports.keys.encryptKey(password)
    if (!ncryptsec || !record) return null
    session.enter({ ...record, ncryptsec })
    return ncryptsec
  }

  /** After a reload: finds the signer of the identity that was in use. */
  async function restore(): Promise<void> {
    const record = session.record
    if (!record) return
    orders.open(record.pubkey)
    if (record.method === 'extension') {
      const opened = await ports.keys.fromExtension()
      if (!opened.ok) return session.setStatus('lost', opened.reason.message)
      if (opened.value.publicKey !== record.pubkey) {
        const why = 'The extension is set to another key now. Switch it back, or sign in again.'
        return session.setStatus('lost', why)
      }
      use(opened.value)
      return session.setStatus('ready')
    }
    const restored = await ports.keys.restoreSession(record.pubkey)
    if (restored) {
      use(restored)
      return session.setStatus('ready')
    }
    if (record.ncryptsec) return session.setStatus('locked')
    const why =
      'The key of this session is gone from the browser. Orders are shown as they were last seen.'
    session.setStatus('lost', why)
  }

  function signOut(): void {
    ports.keys.forget()
    ports.useSigner(null)
    signer.value = null
    session.leave()
    orders.open(null)
    void settings.setLnbits(null)
    notices.tell({ tone: 'info', title: 'Signed out', text: '' })
  }

  return { withExtension, asGuest, withSecret, asDemoMerchant, unlock, keepKey, restore, signOut }
}
