// @vitest-environment happy-dom
/** Orders over a real relay: placed, invoiced, paid and shipped live; notices for news alone. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useCheckout } from '@/composables/useCheckout'
import { useOrderEvents } from '@/composables/useOrderEvents'
import { useOutboxEvents } from '@/composables/useOutboxEvents'
import { useRelayStates } from '@/composables/useRelayStates'
import { parseOrderKey, type OrderId, type OrderKey } from '@/domain/ids'
import type { OrderMessage } from '@/domain/orderMessage'
import { openEnvelope } from '@/protocol/directMessage'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import { localSigner } from '@/signing/localKey'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useQuarantineStore } from '@/stores/quarantine'
import { useRelaysStore } from '@/stores/relays'
import { useSessionStore } from '@/stores/session'
import { startRelay, type RunningRelay } from '../../dev/relay/relay'
import { product, stall } from '../factories/catalogue'
import { directMessage, signed } from '../factories/events'
import { bolt11 } from '../factories/invoices'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT, STRANGER, type Person } from '../factories/people'
import { appPorts, later, openApp, openPool, until } from '../support/app'
import '../support/browser'

const STALL = stall().address
const DETAILS = { name: 'Alice', address: '1 Test Street', message: '', contact: {} }
const now = () => Math.floor(Date.now() / 1000)

let relay: RunningRelay
beforeEach(async () => {
  relay = later(await startRelay(), (one) => one.close())
})

function openCustomer(person: Person = CUSTOMER, method: 'local' | 'extension' = 'local') {
  const component = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component },
      { path: '/orders/:key', component },
    ],
  })
  const app = openApp(appPorts([relay.url]), router)
  const catalogue = useCatalogueStore()
  catalogue.apply([
    { type: 'stall', stall: stall() },
    { type: 'product', product: product() },
  ])
  app.signIn(person)
  useSessionStore().enter({ method, pubkey: person.pubkey })
  const { value: checkout } = app.run(() => {
    useRelayStates()
    useOutboxEvents()
    useOrderEvents()
    return useCheckout(() => STALL)
  })
  return { ...app, catalogue, checkout, orders: useOrdersStore(), notices: useNoticesStore() }
}
type Customer = ReturnType<typeof openCustomer>

async function placeOrder({ checkout }: Customer): Promise<OrderKey> {
  const carts = useCartsStore()
  carts.add(product(), 'sat', 1)
  carts.setZone(STALL, 'world')
  const key = await checkout.place(DETAILS)
  if (key === null) throw new Error(checkout.problem.value)
  return key
}

/** Sends an order message through the relay. */
async function say(message: OrderMessage | string, from = MERCHANT, to = CUSTOMER, time = now()) {
  const text = typeof message === 'string' ? message : encodeOrderMessage(message)
  const event = directMessage(text, { from, to, time })
  const [answer] = await openPool([relay.url]).publish(event)
  expect(answer?.outcome).toBe('accepted')
  return event
}

const idOf = (key: OrderKey): OrderId => {
  const ref = parseOrderKey(key)
  if (!ref.ok) throw new Error(ref.reason)
  return ref.value.orderId
}
const asked = (orderId: OrderId): OrderMessage => ({
  type: 'payment-request',
  orderId,
  text: 'Tea',
  options: [{ type: 'ln', link: bolt11() }],
})
const told = (orderId: OrderId, paid: boolean, shipped: boolean): OrderMessage => ({
  type: 'status',
  orderId,
  paid,
  shipped,
  text: 'News',
})

describe('an order over a relay', () => {
  it('is placed, invoiced, paid and shipped while the page looks on', async () => {
    const customer = openCustomer()
    const { orders, notices } = customer
    const key = await placeOrder(customer)
    await until(() => orders.order(key)?.relayAnswers[0]?.accepted === true, 'the relay’s OK')
    const [sent] = relay.events()
    const envelope = openEnvelope(sent!, MERCHANT.pubkey)
    expect(envelope.ok && envelope.value.author).toBe(CUSTOMER.pubkey)
    expect(orders.order(key)?.relayAnswers).toMatchObject([{ relay: relay.url, reason: '' }])
    // What every relay has answered, and whose answers are recorded, has left the outbox.
    await until(() => useRelaysStore().deliveriesOf(sent!.id) === null, 'the empty outbox')

    await say(asked(idOf(key)))
    await until(() => orders.order(key)?.settlement === 'invoiced', 'the invoice')
    await say(told(idOf(key), true, false))
    await until(() => orders.order(key)?.settlement === 'paid-claimed', 'the payment')
    await say(told(idOf(key), true, true))
    await until(() => orders.order(key)?.fulfilment === 'shipped', 'the shipping')
    const to = `/orders/${encodeURIComponent(key)}`
    const titles = notices
      .takeAll()
      .map((notice) => [notice.title.replace(/^\S+…\S+ /, ''), notice.to])
    expect(titles).toEqual([
      ['sent the invoice', to],
      ['confirmed your payment', to],
      ['Your order is on its way', to],
    ])
  })

  it('says nothing about the order that is open, nor about old news', async () => {
    const customer = openCustomer()
    const { orders, notices, router } = customer
    const key = await placeOrder(customer)
    await say(asked(idOf(key)), MERCHANT, CUSTOMER, now() - 600)
    await until(() => orders.order(key)?.settlement === 'invoiced', 'the invoice')
    await router.push(`/orders/${encodeURIComponent(key)}`)
    await say(told(idOf(key), true, false))
    await until(() => orders.order(key)?.settlement === 'paid-claimed', 'the payment')
    expect(notices.takeAll()).toEqual([])
  })

  it('lists a stranger’s payment request as unmatched, without a notice', async () => {
    const customer = openCustomer()
    const { orders, notices } = customer
    const key = await placeOrder(customer)
    await say(asked(idOf(key)), STRANGER)
    await until(() => orders.unmatched.length === 1, 'the unmatched message')
    expect(orders.order(key)?.settlement).toBe('awaiting-invoice')
    expect(notices.takeAll()).toEqual([])
  })

  it('is found again on another device', async () => {
    const first = openCustomer()
    const key = await placeOrder(first)
    await until(() => relay.events().length === 1, 'the order on the relay')
    await say(asked(idOf(key)))
    localStorage.clear()
    const { orders } = openCustomer()
    expect(orders.placed).toEqual([])
    await until(() => orders.order(key)?.settlement === 'invoiced', 'the restored order')
    expect(orders.order(key)?.request?.name).toBe('Alice')
  })

  it('tells the merchant of a new order, and takes plain words into the conversation', async () => {
    const { orders, notices } = openCustomer(MERCHANT)
    const orderId = 'from-elsewhere' as OrderId
    const request = {
      orderId,
      lines: [{ productId: 'tea', quantity: 1 }],
      shippingId: 'world',
      ...DETAILS,
    }
    await say({ type: 'order', request }, CUSTOMER, MERCHANT)
    await until(() => orders.incoming.length === 1, 'the order')
    expect(notices.takeAll()).toMatchObject([{ title: 'A new order came in', text: 'From Alice' }])
    await say('Is it green tea?', CUSTOMER, MERCHANT)
    await until(() => orders.textsWith(CUSTOMER.pubkey).length === 1, 'the text')
  })

  it('says nothing of an order to somebody who sells nothing, until there is a stall', async () => {
    const { orders, notices, catalogue } = openCustomer(STRANGER)
    const orderId = 'unasked' as OrderId
    const lines = [{ productId: 'tea', quantity: 1 }]
    const request = { orderId, lines, shippingId: 'world', ...DETAILS }
    const event = await say({ type: 'order', request }, CUSTOMER, STRANGER)
    await until(() => orders.isKnown(event.id), 'the opened message')
    expect([orders.incoming, notices.takeAll()]).toEqual([[], []])
    expect(Object.keys(localStorage).filter((key) => key.startsWith('souk:order:'))).toEqual([])
    catalogue.apply([{ type: 'stall', stall: stall({ merchant: STRANGER.pubkey }) }])
    await until(() => orders.incoming.length === 1, 'the order')
    expect(notices.takeAll()).toMatchObject([{ title: 'A new order came in', text: 'From Alice' }])
  })

  it('counts what cannot be read without stopping at it', async () => {
    const customer = openCustomer()
    const key = await placeOrder(customer)
    const tags = [['p', CUSTOMER.pubkey]]
    const broken = signed(MERCHANT, { kind: 4, created_at: now(), tags, content: 'in clear' })
    await openPool([relay.url]).publish(broken)
    await say(asked(idOf(key)))
    await until(() => customer.orders.order(key)?.settlement === 'invoiced', 'the next message')
    expect(useQuarantineStore().entries.map(({ eventId }) => eventId)).toEqual([broken.id])
  })
})

describe('a clock that is behind', () => {
  it('is told when a message comes that it takes for one from the future', async () => {
    const second = later(await startRelay(), (one) => one.close())
    const both = [relay.url, second.url]
    const writers = openPool(both)
    const sellers = [MERCHANT, OTHER_MERCHANT, STRANGER]
    for (const author of sellers) {
      const note = { kind: 1, created_at: now(), tags: [], content: 'Good morning' }
      const answers = await writers.publish(signed(author, note))
      expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    }
    const app = openApp(appPorts(both, { now: () => now() - 3 * 3_600 }))
    useCatalogueStore().apply(
      sellers.map(({ pubkey }) => ({ type: 'stall', stall: stall({ merchant: pubkey }) })),
    )
    app.signIn(CUSTOMER)
    app.run(useOrderEvents)
    await say('Good morning')
    const notices = useNoticesStore()
    await until(() => notices.waiting.length > 0, 'the notice')
    expect(notices.waiting[0]?.title).toContain('about 3 hours behind')
  })
})

describe('an extension', () => {
  it('is not asked to open the messages of strangers, until they keep a stall', async () => {
    const { catalogue, orders } = openCustomer(CUSTOMER, 'extension')
    const relays = useRelaysStore()
    await say('Buy my things', STRANGER)
    await until(() => relays.heldMessages === 1, 'the held message')
    expect(orders.textsWith(STRANGER.pubkey)).toEqual([])
    catalogue.apply([{ type: 'stall', stall: stall({ merchant: STRANGER.pubkey }) }])
    await until(() => orders.textsWith(STRANGER.pubkey).length === 1, 'the opened message')
    expect(relays.heldMessages).toBe(0)
  })

  it('leaves nothing behind for the next identity', async () => {
    const app = openCustomer(CUSTOMER, 'extension')
    const relays = useRelaysStore()
    await say('Buy my things', STRANGER)
    await until(() => relays.heldMessages === 1, 'the held message')
    app.signIn(MERCHANT)
    await until(() => relays.heldMessages === 0, 'a clean start')
    expect(app.signer()?.publicKey).toBe(localSigner(MERCHANT.secretKey).publicKey)
  })
})
