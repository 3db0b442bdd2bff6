/** Connecting the merchant's LNbits wallet: tried before it is kept. */
import { shallowRef } from 'vue'
import type { WalletProblem } from '@/domain/wallet'
import { useSettingsStore } from '@/stores/settings'
import { usePorts } from './usePorts'

export function useWallet() {
  const ports = usePorts()
  const settings = useSettingsStore()
  const name = shallowRef('')
  const problem = shallowRef<WalletProblem | null>(null)
  const connecting = shallowRef(false)

  async function describe(connection: { url: string; invoiceKey: string }): Promise<boolean> {
    if (connecting.value) return false
    connecting.value = true
    problem.value = null
    const issuer = await ports.connectLnbits(connection)
    const described = await issuer.describe()
    connecting.value = false
    if (described.ok) name.value = described.value.name
    else problem.value = described.reason
    return described.ok
  }

  /** Keeps the connection only after the wallet has answered to it. */
  async function connect(connection: { url: string; invoiceKey: string }): Promise<void> {
    if (await describe(connection)) await settings.setLnbits(connection)
  }

  async function restore(): Promise<void> {
    await settings.loadWallets()
    if (settings.lnbits) await describe(settings.lnbits)
  }

  async function disconnect(): Promise<void> {
    await settings.setLnbits(null)
    name.value = ''
    problem.value = null
  }

  return { name, problem, connecting, connect, restore, disconnect }
}
