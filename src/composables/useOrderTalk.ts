/** What a customer can say and ask about an order: words to the merchant, a claim, a proof, the relays. */
import { computed, shallowRef, type Ref } from 'vue'
import { askAgain, type Asked } from '@/actions/askAgain'
import { claimPayment, provePayment } from '@/actions/claimPayment'
import { sendMessage } from '@/actions/sendMessage'
import { messageOf } from '@/domain/messageOf'
import type { OrderState } from '@/domain/order'
import { useOrdersStore } from '@/stores/orders'
import { usePorts } from './usePorts'
import { useSendPorts } from './useSendPorts'

const NOBODY = 'Sign in with the key of this order first.'

const askedWords = ({ found, answered }: Asked, relays: number): string => {
  if (answered === 0) return 'No relay answered. Check your connection and ask again.'
  const who = `${answered} of ${relays} ${relays === 1 ? 'relay' : 'relays'} answered`
  return found > 0 ? `${who}, with something new.` : `${who}: nothing new from the merchant.`
}

export function useOrderTalk(order: Readonly<Ref<OrderState | null>>) {
  const ports = usePorts()
  const sendPorts = useSendPorts()
  const orders = useOrdersStore()
  /** What is going on, in a word or two; empty when idle. */
  const busy = shallowRef('')
  const problem = shallowRef('')
  /** How the last thing ended well. */
  const told = shallowRef('')

  const claimed = computed(() => order.value?.paymentRequests.find((one) => one.claimed) ?? null)
  const unpaid = computed(() => order.value?.paymentRequests.find((one) => !one.replaced) ?? null)

  async function work(
    words: string,
    task: (
      current: OrderState,
      send: NonNullable<Awaited<ReturnType<typeof sendPorts>>>,
    ) => unknown,
  ): Promise<boolean> {
    const current = order.value
    if (!current || busy.value) return false
    busy.value = words
    problem.value = ''
    told.value = ''
    try {
      const send = await sendPorts()
      if (!send) throw new Error(NOBODY)
      await task(current, send)
      return true
    } catch (error) {
      problem.value = messageOf(error)
      return false
    } finally {
      busy.value = ''
    }
  }

  const write = (text: string): Promise<boolean> =>
    work('Sending', async ({ merchant }, send) => {
      const sent = await sendMessage(send, merchant, { type: 'text', text })
      if (!sent.ok) throw new Error(sent.reason.message)
      told.value = 'Your message is on its way to the merchant.'
    })

  const askForInvoice = (): Promise<boolean> =>
    write(
      `The invoice for order ${order.value?.orderId} can no longer be paid. Please send a new one.`,
    )

  function sendHash(): Promise<boolean> {
    const hash = (claimed.value ?? unpaid.value)?.invoice?.paymentHash
    return write(`I paid the invoice for order ${order.value?.orderId}. Payment hash: ${hash}`)
  }

  const askRelays = (): Promise<boolean> =>
    work('Asking the relays', async (current, send) => {
      const { pool } = ports
      const { isKnown } = orders
      const asked = await askAgain({ ...send, pool, isKnown }, current)
      told.value = askedWords(asked, pool.urls.length)
    })

  let claimedAt = 0
  /** Of what is said within one second, each comes after the one before it. */
  const nextClaim = (): number => (claimedAt = Math.max(ports.now(), claimedAt + 1))

  const claim = (isPaid: boolean): Promise<boolean> =>
    work('Noting it', (current, { journal }) => {
      const hash = (isPaid ? unpaid.value : claimed.value)?.invoice?.paymentHash
      if (hash) claimPayment({ journal, now: nextClaim }, current, hash, isPaid)
    })

  const prove = (preimage: string): Promise<boolean> =>
    work('Checking the proof', (current, send) => {
      const hash = claimed.value?.invoice?.paymentHash ?? ''
      const proved = provePayment(send, current, hash, preimage)
      if (!proved.ok) throw new Error(proved.reason)
    })

  return { busy, problem, told, write, askForInvoice, sendHash, askRelays, claim, prove }
}
