/** What sending a message needs, gathered for the identity in use. */
import type { SendPorts } from '@/actions/sendMessage'
import { useOrdersStore } from '@/stores/orders'
import { usePorts } from './usePorts'
import { useSigner } from './useSigner'

/** Gathers the ports when something is sent; null while nobody is signed in. */
export function useSendPorts(): () => Promise<SendPorts | null> {
  const ports = usePorts()
  const signer = useSigner()
  const orders = useOrdersStore()
  return async () => {
    const current = signer.value
    if (!current) return null
    const journal = orders.journalOf(current.publicKey)
    const [outbox, decodeInvoice] = await Promise.all([ports.outbox(), ports.decodeInvoice()])
    return { signer: current, outbox, journal, now: ports.now, decodeInvoice }
  }
}
