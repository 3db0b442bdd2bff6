// @vitest-environment happy-dom
/** Checkout: one order however often it is tried, and the cart kept until the order is stored. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import type { AppPorts } from '@/actions/ports'
import { useCheckout } from '@/composables/useCheckout'
import { useOrderDelivery } from '@/composables/useOrderDelivery'
import { useSigner } from '@/composables/useSigner'
import { parseOrderKey } from '@/domain/ids'
import { fail, ok } from '@/domain/result'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { product, stall, zone } from '../factories/catalogue'
import { eventId, T0 } from '../factories/events'
import { CUSTOMER, STRANGER } from '../factories/people'
import { storageKey } from '../factories/storage'
import { decliningSigner, DECLINED, loggingSigner, testPool, UNREACHABLE } from '../factories/ports'
import { appPorts, openApp, until } from '../support/app'
import { dump, fillStorage } from '../support/browser'

const STALL = stall().address
const DETAILS = { name: 'Alice', address: '1 Test Street', message: '', contact: {} }
const tea = product()

interface Setting {
  readonly ports?: Partial<AppPorts>
  readonly currency?: string
  readonly signedIn?: boolean
  readonly complete?: boolean
}

/** Two teas in the cart of a stall that the catalogue has, and a customer at checkout. */
function atCheckout({ ports, currency = 'sat', signedIn = true, complete = true }: Setting = {}) {
  const app = openApp(appPorts([], { pool: testPool(), ...ports }))
  const catalogue = useCatalogueStore()
  const carts = useCartsStore()
  catalogue.apply([
    { type: 'stall', stall: stall({ currency, zones: [zone(), zone({ id: 'home', cost: 7 })] }) },
    { type: 'product', product: tea },
  ])
  if (complete) catalogue.storedBy.add('wss://one.example')
  carts.add(tea, currency, 2)
  carts.setZone(STALL, 'world')
  if (signedIn) app.signIn(CUSTOMER)
  const { value } = app.run(() => ({ ...useCheckout(() => STALL), signer: useSigner() }))
  return { app, catalogue, carts, orders: useOrdersStore(), checkout: value }
}

describe('placing an order', () => {
  it('stores it, empties the cart and hands it to the outbox', async () => {
    const { checkout, orders, carts, app } = atCheckout()
    expect(checkout.pricing.value).toMatchObject({ satPerUnit: 1 })
    const key = await checkout.place(DETAILS)
    expect(orders.order(key!)).toMatchObject({
      request: { name: 'Alice', lines: [{ productId: 'tea', quantity: 2 }], shippingId: 'world' },
      expected: { kind: 'exact', sat: 2100 },
    })
    expect(carts.cart(STALL)?.lines).toEqual([])
    const [item] = (await app.ports.outbox()).items()
    expect(item?.event.id).toBe(orders.order(key!)?.placedEventId)
  })

  it('is not placed with a delivery that another tab chose for the cart', async () => {
    const { checkout, carts, orders } = atCheckout()
    const pickedHere = { ...DETAILS, zoneId: 'world' }
    carts.setZone(STALL, 'home')
    expect(await checkout.place(pickedHere)).toBeNull()
    expect(checkout.problem.value).toContain('changed in another tab')
    expect(orders.placed).toHaveLength(0)
    const key = await checkout.place(pickedHere)
    expect(orders.order(key!)?.request?.shippingId).toBe('world')
  })

  it('is not placed at a price that changed before its turn came', async () => {
    const { checkout, catalogue, orders, carts } = atCheckout()
    const placing = checkout.place(DETAILS)
    const dearer = product({ price: 5000, publishedAt: T0 + 1, eventId: eventId(201) })
    catalogue.apply([{ type: 'product', product: dearer }])
    expect(await placing).toBeNull()
    expect(checkout.problem.value).toContain('A price changed')
    expect(orders.placed).toHaveLength(0)
    expect(carts.cart(STALL)?.lines).toHaveLength(1)
    const key = await checkout.place(DETAILS)
    expect(orders.order(key!)?.expected).toMatchObject({ sat: 10_100 })
  })

  it('does nothing on a second click while the first is at work', async () => {
    const { checkout, orders } = atCheckout()
    const [first, second] = await Promise.all([checkout.place(DETAILS), checkout.place(DETAILS)])
    expect(first).not.toBeNull()
    expect(second).toBeNull()
    expect(orders.placed).toHaveLength(1)
    expect(checkout.problem.value).toBe('')
  })

  it('asks for the same order again after the signature was declined', async () => {
    const { checkout, orders, carts } = atCheckout()
    checkout.signer.value = decliningSigner(CUSTOMER)
    expect(await checkout.place(DETAILS)).toBeNull()
    expect(checkout.problem.value).toBe(DECLINED.message)
    expect(checkout.step.value).toBeNull()
    expect(carts.cart(STALL)?.lines).toHaveLength(1)
    const [kept] = orders.placed
    checkout.signer.value = loggingSigner(CUSTOMER)
    const key = await checkout.place(DETAILS)
    expect(parseOrderKey(key!)).toMatchObject({ value: { orderId: kept?.orderId } })
    expect(orders.placed).toHaveLength(1)
    expect(carts.cart(STALL)?.lines).toEqual([])
  })

  it('orders nothing for who signed in while it waited for its turn', async () => {
    const { checkout, orders, carts, app } = atCheckout()
    const { outbox } = app.ports
    const placing = checkout.place(DETAILS)
    orders.open(STRANGER.pubkey, storageKey(STRANGER))
    expect(await placing).toBeNull()
    expect(checkout.problem.value).toContain('has changed meanwhile')
    expect([orders.placed.length, (await outbox()).items().length]).toEqual([0, 0])
    expect(carts.cart(STALL)?.lines).toHaveLength(1)
    expect(dump(localStorage)).not.toContain('"taken"')
  })

  it('asks for the same order again after a reload', async () => {
    const first = atCheckout()
    first.checkout.signer.value = decliningSigner(CUSTOMER)
    await first.checkout.place(DETAILS)
    const [kept] = first.orders.placed
    const app = openApp(first.app.ports)
    useCatalogueStore().apply([
      { type: 'stall', stall: stall() },
      { type: 'product', product: tea },
    ])
    app.signIn(CUSTOMER)
    const { value } = app.run(() => useCheckout(() => STALL))
    const key = await value.place(DETAILS)
    expect(parseOrderKey(key!)).toMatchObject({ value: { orderId: kept?.orderId } })
    expect(useOrdersStore().placed).toHaveLength(1)
  })

  it('makes another order of a cart that was changed meanwhile, at its own price', async () => {
    const { checkout, orders, carts } = atCheckout()
    checkout.signer.value = decliningSigner(CUSTOMER)
    await checkout.place(DETAILS)
    carts.setLine(STALL, tea.address, 3)
    checkout.signer.value = loggingSigner(CUSTOMER)
    const key = await checkout.place(DETAILS)
    expect(orders.order(key!)).toMatchObject({
      request: { lines: [{ quantity: 3 }] },
      expected: { sat: 3100 },
    })
    expect(orders.placed).toHaveLength(2)
  })

  it('takes a new id for the same cart a second time', async () => {
    const { checkout, orders, carts } = atCheckout()
    const first = await checkout.place(DETAILS)
    carts.add(tea, 'sat', 2)
    carts.setZone(STALL, 'world')
    const second = await checkout.place(DETAILS)
    expect(second).not.toBe(first)
    expect(orders.placed).toHaveLength(2)
  })

  it('keeps the cart when nothing can be stored, and says why', async () => {
    const { checkout, orders, carts, app } = atCheckout()
    const makeRoom = fillStorage()
    expect(await checkout.place(DETAILS)).toBeNull()
    expect(checkout.problem.value).toContain('no room left')
    expect(orders.placed).toEqual([])
    expect((await app.ports.outbox()).items()).toEqual([])
    makeRoom()
    expect(carts.cart(STALL)?.lines).toHaveLength(1)
    expect(await checkout.place(DETAILS)).not.toBeNull()
    expect(checkout.problem.value).toBe('')
  })

  it('says that somebody has to sign in', async () => {
    const { checkout, carts } = atCheckout({ signedIn: false })
    expect(await checkout.place(DETAILS)).toBeNull()
    expect(checkout.problem.value).toContain('Sign in')
    expect(carts.cart(STALL)).not.toBeNull()
  })

  it('empties the cart also when an unsigned order is signed later', async () => {
    const { checkout, orders, carts, app } = atCheckout()
    checkout.signer.value = decliningSigner(CUSTOMER)
    await checkout.place(DETAILS)
    const order = shallowRef(orders.placed[0] ?? null)
    const { value: delivery } = app.run(() => ({
      ...useOrderDelivery(order),
      signer: useSigner(),
    }))
    expect(delivery.unsigned.value).toBe(true)
    delivery.signer.value = loggingSigner(CUSTOMER)
    await delivery.signAndSend()
    expect(orders.placed).toMatchObject([{ placedEventId: expect.any(String) as string }])
    expect(carts.cart(STALL)?.lines).toEqual([])
  })
})

describe('what cannot be ordered', () => {
  afterEach(() => void vi.useRealTimers())

  it('is told by name: gone, sold out, too many', async () => {
    // What is dated ahead of the clock deletes nothing.
    vi.useFakeTimers({ toFake: ['Date'], now: (T0 + 60) * 1000 })
    const { checkout, catalogue, orders } = atCheckout()
    expect(checkout.missing.value).toBe('')
    const newer = (fields: Parameters<typeof product>[0], n: number) =>
      catalogue.apply([
        {
          type: 'product',
          product: product({ ...fields, publishedAt: T0 + n, eventId: eventId(n) }),
        },
      ])
    newer({ quantity: 1 }, 1)
    expect(checkout.missing.value).toBe('Only 1 left of Tea. Change the cart.')
    expect(await checkout.place(DETAILS)).toBeNull()
    expect(checkout.problem.value).toBe(checkout.missing.value)
    newer({ quantity: 0 }, 2)
    expect(checkout.missing.value).toBe('Tea is sold out. Remove it from the cart.')
    newer({ active: false }, 3)
    expect(checkout.missing.value).toContain('sold out')
    const deletion = { author: tea.merchant, eventIds: [], addresses: [tea.address], time: T0 + 9 }
    catalogue.apply([{ type: 'deletion', deletion }])
    expect(checkout.missing.value).toBe('Tea is not offered any more. Remove it from the cart.')
    expect(orders.placed).toEqual([])
  })

  it('says nothing about products that are still on their way', async () => {
    const { checkout, catalogue, carts } = atCheckout({ complete: false })
    carts.add(product({ id: 'late', name: 'Late' }), 'sat', 1)
    expect(checkout.missing.value).toBe('')
    expect(await checkout.place(DETAILS)).toBeNull()
    expect(checkout.problem.value).toContain('on their way')
    catalogue.storedBy.add('wss://one.example')
    expect(checkout.missing.value).toContain('Late is not offered')
  })

  it('needs a zone that the stall has', async () => {
    const { checkout, carts } = atCheckout()
    carts.setZone(STALL, 'moon')
    expect(checkout.pricing.value).toBeNull()
    expect(await checkout.place(DETAILS)).toBeNull()
    expect(checkout.problem.value).toContain('Choose how')
    checkout.chooseZone('home')
    expect(checkout.pricing.value?.zone.cost).toBe(7)
  })
})

describe('the estimate', () => {
  it('takes the rate of the stall, and does without one', async () => {
    const rate = { currency: 'EUR', satPerUnit: 1111.1, at: T0 }
    const known = atCheckout({
      currency: 'EUR',
      ports: { rates: { rateOf: async () => ok(rate) } },
    })
    await until(() => known.checkout.pricing.value?.satPerUnit === 1111.1, 'the rate')
    const key = await known.checkout.place(DETAILS)
    expect(known.orders.order(key!)?.expected.kind).toBe('estimate')

    const without = atCheckout({
      currency: 'EUR',
      ports: { rates: { rateOf: async () => fail(UNREACHABLE) } },
    })
    await until(() => without.checkout.rateProblem.value !== '', 'the problem')
    expect(without.checkout.rateProblem.value).toBe(UNREACHABLE.message)
    expect(without.checkout.pricing.value?.satPerUnit).toBeNull()
    expect(await without.checkout.place(DETAILS)).not.toBeNull()
  })

  it('adds what the products cost in each zone', () => {
    const { checkout, catalogue } = atCheckout()
    const dearer = { zoneCosts: { home: 5 }, publishedAt: T0 + 1, eventId: eventId(5) }
    catalogue.apply([{ type: 'product', product: product(dearer) }])
    expect(checkout.zoneExtras.value).toEqual({ world: 0, home: 10 })
  })
})
