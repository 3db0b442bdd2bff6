/** The LNbits wallet of the merchant in use: found again by itself, and tried before it is kept. */
import { shallowRef, watch } from 'vue'
import type { WalletProblem } from '@/domain/wallet'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { usePorts } from './usePorts'

export function useWallet() {
  const ports = usePorts()
  const session = useSessionStore()
  const settings = useSettingsStore()
  const name = shallowRef('')
  const problem = shallowRef<WalletProblem | null>(null)
  const connecting = shallowRef(false)

  async function describe(connection: { url: string; invoiceKey: string }): Promise<boolean> {
    if (connecting.value) return false
    const owner = session.pubkey
    connecting.value = true
    problem.value = null
    const issuer = await ports.connectLnbits(connection)
    const described = await issuer.describe()
    // Another tab may have switched to another identity meanwhile.
    if (session.pubkey !== owner) return false
    connecting.value = false
    if (described.ok) name.value = described.value.name
    else problem.value = described.reason
    return described.ok
  }

  /** Keeps the connection only after the wallet has answered to it. */
  async function connect(connection: { url: string; invoiceKey: string }): Promise<void> {
    if (await describe(connection)) await settings.setLnbits(connection)
  }

  function clear(): void {
    name.value = ''
    problem.value = null
  }

  async function disconnect(): Promise<void> {
    await settings.setLnbits(null)
    clear()
  }

  async function restore(): Promise<void> {
    clear()
    connecting.value = false
    await settings.loadWallets()
    if (settings.lnbits) await describe(settings.lnbits)
  }

  watch(() => session.pubkey, restore, { immediate: true })

  return { name, problem, connecting, connect, disconnect }
}
