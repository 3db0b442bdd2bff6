// @vitest-environment happy-dom
/** Another key, or none, while an extension asks: nothing is sent in the name of who has left. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed } from 'vue'
import { placeOrder } from '@/actions/placeOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import type { SendPorts } from '@/actions/sendMessage'
import { shipOrder } from '@/actions/shipOrder'
import { useOrderDelivery } from '@/composables/useOrderDelivery'
import { useSendPorts } from '@/composables/useSendPorts'
import { useSession } from '@/composables/useSession'
import { orderKey } from '@/domain/ids'
import type { Sat } from '@/domain/money'
import type { OrderState } from '@/domain/order'
import { useOrdersStore } from '@/stores/orders'
import { orderRef, placed, pricing, request } from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER, type Person } from '../factories/people'
import { testIssuer } from '../factories/ports'
import { honestExtension } from '../signing/fakeExtension'
import { appPorts, openApp, until } from '../support/app'
import { dump } from '../support/browser'

const use = (nostr: object): void => void vi.stubGlobal('nostr', nostr)
const KEY = orderKey(orderRef())

/** An extension that asks before it signs. */
function askingExtension({ secretKey }: Person) {
  const honest = honestExtension(secretKey)
  let approve: () => void = () => undefined
  const approved = new Promise<void>((resolve) => (approve = resolve))
  const asked = vi.fn()
  async function signEvent(template: Parameters<typeof honest.signEvent>[0]) {
    asked()
    await approved
    return honest.signEvent(template)
  }
  return {
    nostr: { ...honest, signEvent },
    approve: () => approve(),
    isAsking: () => asked.mock.calls.length > 0,
  }
}

/** A tab, signed in with the extension of now; a second one is the same browser after a reload. */
async function open() {
  const app = openApp(appPorts())
  const { value } = app.run(() => ({
    session: useSession(),
    send: useSendPorts(),
    delivery: useOrderDelivery(computed(() => useOrdersStore().order(KEY))),
  }))
  expect(await value.session.withExtension()).toBeNull()
  const ports = await value.send()
  if (!ports) throw new Error('Nobody is signed in')
  return { ...value, ports, outbox: await app.ports.outbox() }
}

async function signInAs({ secretKey }: Person, session: ReturnType<typeof useSession>) {
  use(honestExtension(secretKey))
  expect(await session.withExtension()).toBeNull()
}

const place = (ports: SendPorts) => placeOrder(ports, MERCHANT.pubkey, request(), pricing())

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

it('an order that is approved after a switch is not sent, and is signed once later', async () => {
  const extension = askingExtension(CUSTOMER)
  use(extension.nostr)
  const { session, ports, outbox } = await open()
  const placing = place(ports)
  await until(extension.isAsking, 'the question')
  await signInAs(STRANGER, session)
  extension.approve()
  await expect(placing).rejects.toThrow('Nothing was sent')
  expect(outbox.items()).toEqual([])

  use(honestExtension(CUSTOMER.secretKey))
  const again = await open()
  expect(again.delivery.unsigned.value).toBe(true)
  await again.delivery.signAndSend()
  const { placedEventId } = useOrdersStore().order(KEY) ?? {}
  expect(again.outbox.items().map(({ event }) => event.id)).toEqual([placedEventId])
})

describe('a merchant who switches while the extension asks', () => {
  type Task = (ports: SendPorts, order: OrderState) => Promise<unknown>
  it.each<[string, Task]>([
    [
      'invoice',
      (ports, order) => sendInvoice({ ...ports, issuer: testIssuer() }, order, 1100 as Sat, ''),
    ],
    ['shipping', (ports, order) => shipOrder(ports, order, true, '')],
  ])('sends no %s', async (_what, task) => {
    const extension = askingExtension(MERCHANT)
    use(extension.nostr)
    const { session, ports, outbox } = await open()
    const orders = useOrdersStore()
    orders.knowSellers(new Set([MERCHANT.pubkey]))
    orders.record(orderRef(), [placed()])
    const sending = task(ports, orders.order(KEY)!)
    await until(extension.isAsking, 'the question')
    await signInAs(CUSTOMER, session)
    extension.approve()
    await expect(sending).rejects.toThrow('Nothing was sent')
    expect(outbox.items()).toEqual([])
    await signInAs(MERCHANT, session)
    expect(orders.order(KEY)).toMatchObject({
      paymentRequests: [],
      fulfilment: 'placed',
      signed: [],
    })
  })
})

it('signing out gives the question up: an answer after it sends and keeps nothing', async () => {
  const extension = askingExtension(CUSTOMER)
  use(extension.nostr)
  const { session, ports, outbox } = await open()
  const placing = place(ports)
  await until(extension.isAsking, 'the question')
  session.signOut()
  expect(await placing).toMatchObject({ ok: false, reason: { code: 'cancelled' } })
  extension.approve()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(outbox.items()).toEqual([])
  expect(dump(localStorage)).not.toContain(CUSTOMER.pubkey)
  await signInAs(CUSTOMER, session)
  expect(useOrdersStore().placed).toEqual([])
})
