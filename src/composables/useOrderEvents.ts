/** Keeps orders live: follows the messages of the identity in use. Runs once, in SessionEvents.vue. */
import { onScopeDispose, watch } from 'vue'
import { useRoute } from 'vue-router'
import { followMessages, type MessageFollower } from '@/actions/followMessages'
import type { DecodeInvoice } from '@/actions/ports'
import { isAhead } from '@/domain/dates'
import { orderKey, type OrderRef } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { orderNotice } from '@/domain/orderNotice'
import { useCatalogueStore } from '@/stores/catalogue'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useQuarantineStore } from '@/stores/quarantine'
import { useRelaysStore } from '@/stores/relays'
import { useSessionStore } from '@/stores/session'
import { useClockCheck } from './useClockCheck'
import { usePorts } from './usePorts'
import { useSigner, type Signer } from './useSigner'

/** Many parties may turn up one after another: their messages are read again together. */
const READ_AGAIN_MS = 500
/** Facts older than this are history: they are shown, not announced. */
const NEWS_SECONDS = 120

export function useOrderEvents(): void {
  const signer = useSigner()
  const ports = usePorts()
  const session = useSessionStore()
  const orders = useOrdersStore()
  const catalogue = useCatalogueStore()
  const relays = useRelaysStore()
  const notices = useNoticesStore()
  const quarantine = useQuarantineStore()
  const route = useRoute()
  const checkClock = useClockCheck()
  let follower: MessageFollower | null = null
  /** The identity that was in use before a reload; any other was switched to. */
  let isRestored = session.status === 'restoring'

  let readingAgain: ReturnType<typeof setTimeout> | undefined

  function readAgain(): void {
    readingAgain = undefined
    follower?.readAgain()
  }

  const isNews = (time: number): boolean =>
    time >= ports.now() - NEWS_SECONDS && !isAhead(time, ports.now())

  function announce(ref: OrderRef, fact: Fact): void {
    const key = orderKey(ref)
    const isOwn = fact.source.kind === 'message' && fact.source.author === session.pubkey
    const isLooking = route.params.key === key
    if (isOwn || isLooking || !isNews(fact.time) || !orders.order(key)) return
    const side = ref.merchant === session.pubkey ? 'merchant' : 'customer'
    const other = catalogue.nameOf(side === 'merchant' ? ref.customer : ref.merchant)
    const notice = orderNotice(fact, side, other)
    const page = side === 'merchant' ? '/merchant/' : '/orders/'
    if (notice) notices.tell({ ...notice, to: page + encodeURIComponent(key) })
  }

  function follow(current: Signer, decodeInvoice: DecodeInvoice) {
    const isLocal = session.record?.method === 'local'
    follower = followMessages(
      {
        pool: ports.pool,
        signer: current,
        decodeInvoice,
        journal: orders.journalOf(current.publicKey),
        now: ports.now,
        isKnown: orders.isKnown,
        isSettled: quarantine.isSettled,
        isParty: (peer) => catalogue.merchants.has(peer) || orders.hasOrderWith(peer),
        // An extension may ask the person for each decryption: only parties of a trade are opened.
        mayOpen: (peer) =>
          isLocal ||
          catalogue.merchants.has(peer) ||
          catalogue.merchants.has(current.publicKey) ||
          orders.hasOrderWith(peer),
      },
      {
        onReceived(received, event) {
          quarantine.remove(event.id)
          void checkClock(event.created_at)
          if (received.type === 'fact') announce(received.ref, received.fact)
        },
        onQuarantined: ({ eventId, author, time, reason, retryable }) =>
          quarantine.add({ eventId, author, time, reason, retryable, triedAt: ports.now() }),
        onHeld: (count) => (relays.heldMessages = count),
        onReading: (relay, reading) => void relays.readings.set(relay, reading),
        onOpened: (opened, waiting) => (relays.opened = { opened, waiting }),
      },
    )
  }

  watch(
    signer,
    async (current) => {
      follower?.close()
      follower = null
      relays.heldMessages = 0
      relays.readings.clear()
      relays.opened = { opened: 0, waiting: 0 }
      quarantine.open(current?.publicKey ?? null, { isFresh: !isRestored })
      isRestored = false
      if (!current) return
      const decodeInvoice = await ports.decodeInvoice()
      if (signer.value === current) follow(current, decodeInvoice)
    },
    { immediate: true },
  )
  watch(
    () => catalogue.merchants,
    (merchants) =>
      orders
        .knowSellers(merchants)
        .forEach(({ ref, facts }) => facts.forEach((fact) => announce(ref, fact))),
    { immediate: true },
  )
  watch(
    () => quarantine.wanted,
    (ids) => ids.length > 0 && follower?.retry(ids),
  )
  // What there was no room for is asked for again once its sender turns out to be a party.
  watch(
    () => orders.missed,
    () => (readingAgain ??= setTimeout(readAgain, READ_AGAIN_MS)),
  )
  watch([() => catalogue.merchants, () => orders.placed.length], () => follower?.openHeld())

  onScopeDispose(() => {
    clearTimeout(readingAgain)
    follower?.close()
  })
}
