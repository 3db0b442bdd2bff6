// @vitest-environment happy-dom
/** What each page says while it waits, when there is nothing, and when what was asked for is gone. */
import 'fake-indexeddb/auto'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { orderKey } from '@/domain/ids'
import AccountPage from '@/pages/AccountPage.vue'
import CartPage from '@/pages/CartPage.vue'
import CheckoutPage from '@/pages/CheckoutPage.vue'
import IncomingOrderPage from '@/pages/IncomingOrderPage.vue'
import MarketPage from '@/pages/MarketPage.vue'
import MerchantPage from '@/pages/MerchantPage.vue'
import NotFoundPage from '@/pages/NotFoundPage.vue'
import OrderPage from '@/pages/OrderPage.vue'
import OrdersPage from '@/pages/OrdersPage.vue'
import ProductPage from '@/pages/ProductPage.vue'
import SettingsMessagesPage from '@/pages/SettingsMessagesPage.vue'
import StallPage from '@/pages/StallPage.vue'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { useNoticesStore } from '@/stores/notices'
import { useOrdersStore } from '@/stores/orders'
import { useQuarantineStore } from '@/stores/quarantine'
import { useRelaysStore } from '@/stores/relays'
import { useSessionStore } from '@/stores/session'
import { product, stall } from '../factories/catalogue'
import { eventId, T0 } from '../factories/events'
import { intended, orderRef, paymentRequested, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'
import { testPool } from '../factories/ports'
import { appPorts, openApp, until } from '../support/app'
import '../support/browser'

const RELAY = 'wss://one.example'
const key = orderKey(orderRef())
const names = 'market cart checkout product stall order orders incoming-order merchant account'

const router = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: names.split(' ').map((name) => ({
      path: name === 'market' ? '/' : `/${name}/:address?/:stall?/:key?`,
      name,
      component: { template: '<div />' },
    })),
  })

/** One page with `fill` done to the stores before it opens. */
async function page(
  component: Component,
  props: Record<string, unknown> = {},
  fill: (app: ReturnType<typeof openApp>) => void = () => undefined,
): Promise<VueWrapper> {
  const app = openApp(appPorts([], { pool: testPool() }), router())
  await app.router.push('/')
  fill(app)
  const wrapper = app.show(component, props)
  await flushPromises()
  return wrapper
}
const complete = () => void useCatalogueStore().storedBy.add(RELAY)
const offer = () => {
  useCatalogueStore().apply([
    { type: 'stall', stall: stall() },
    { type: 'product', product: product() },
  ])
  complete()
}

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})

describe('the market page', () => {
  it('waits, then says that there is nothing', async () => {
    const wrapper = await page(MarketPage, {}, () => {
      useRelaysStore().states = [{ url: RELAY, status: 'connected', problem: '', retryAt: null }]
    })
    expect(wrapper.text()).toContain('Looking at the stalls')
    complete()
    await flushPromises()
    expect(wrapper.text()).toContain('No products yet')
  })

  it('says when a relay refuses, though it is connected', async () => {
    const wrapper = await page(MarketPage, {}, () => {
      useRelaysStore().states = [{ url: RELAY, status: 'connected', problem: '', retryAt: null }]
      useCatalogueStore().failedBy.set(RELAY, 'restricted: members only')
    })
    await until(() => wrapper.text().includes('members only'), 'the relay’s words')
  })

  it('does not pretend to wait while every relay is down', async () => {
    const wrapper = await page(MarketPage, {}, () => {
      useRelaysStore().states = [
        { url: RELAY, status: 'waiting', problem: 'It does not answer.', retryAt: null },
      ]
    })
    await until(() => wrapper.text().includes('from any relay'), 'what is wrong')
    expect(wrapper.text()).not.toContain('Looking at the stalls')
    expect(wrapper.text()).not.toContain('The relays answered')
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(false)
  })

  it('shows what there is', async () => {
    const wrapper = await page(MarketPage, {}, offer)
    expect(wrapper.text()).toContain('1 product from 1 stall')
    expect(wrapper.text()).toContain('Tea')
  })
})

describe('pages of one thing', () => {
  it.each<[string, Component, string, string, string]>([
    ['product', ProductPage, product().address, 'Looking for this product', 'not offered any more'],
    ['stall', StallPage, stall().address, 'Looking for this stall', 'This stall is not here'],
  ])('%s: waits, then says that it is gone', async (_, component, address, waiting, gone) => {
    const wrapper = await page(component, { address })
    expect(wrapper.text()).toContain(waiting)
    complete()
    await flushPromises()
    expect(wrapper.text()).toContain(gone)
  })

  it('puts a product into the cart and tells, with the way there', async () => {
    const wrapper = await page(ProductPage, { address: product().address }, offer)
    const button = wrapper.findAll('button').find((one) => one.text().includes('Add to cart'))
    await button?.trigger('click')
    expect(useCartsStore().pieces).toBe(1)
    expect(useNoticesStore().takeAll()).toMatchObject([
      { title: 'Added to your cart', to: '/cart' },
    ])
  })

  it('says that nothing is there', async () => {
    expect((await page(NotFoundPage)).text()).toContain('There is nothing here')
  })
})

describe('cart and checkout', () => {
  it('are empty without a cart', async () => {
    const empty = (await page(CartPage)).text()
    expect(empty).toContain('Your cart is empty')
    expect((await page(CheckoutPage, { stallAddress: stall().address })).text()).toContain(
      'Your cart is empty',
    )
  })

  it('say when the stall of a cart is gone, and keep the cart', async () => {
    const wrapper = await page(CheckoutPage, { stallAddress: stall().address }, () => {
      useCartsStore().add(product(), 'sat', 1)
    })
    expect(wrapper.text()).not.toContain('not in the market any more')
    complete()
    await flushPromises()
    expect(wrapper.text()).toContain('This stall is not in the market any more')
    expect(useCartsStore().pieces).toBe(1)
  })

  it('ask to look at a price that changed before anything is ordered', async () => {
    const wrapper = await page(CheckoutPage, { stallAddress: stall().address }, () => {
      offer()
      useCartsStore().add(product({ price: 700 }), 'sat', 1)
    })
    const place = () =>
      wrapper.findAll('button').find((one) => one.text().startsWith('Place order'))
    expect(wrapper.text()).toContain('The price changed: it was 700 sat')
    expect(place()?.attributes('disabled')).toBeDefined()
    await wrapper.get('input[type="checkbox"]').setValue(true)
    expect(place()?.attributes('disabled')).toBeUndefined()
    const publishedAt = product().publishedAt + 1
    const dearer = product({ price: 5000, publishedAt, eventId: eventId(201) })
    useCatalogueStore().apply([{ type: 'product', product: dearer }])
    await flushPromises()
    expect(place()?.attributes('disabled')).toBeDefined()
  })

  it('ask nothing while the prices stand', async () => {
    const wrapper = await page(CheckoutPage, { stallAddress: stall().address }, () => {
      offer()
      useCartsStore().add(product(), 'sats', 1)
    })
    expect(wrapper.find('input[type="checkbox"]').exists()).toBe(false)
  })

  it('remove a line with a way back', async () => {
    const wrapper = await page(CartPage, {}, () => {
      offer()
      useCartsStore().add(product(), 'sat', 2)
    })
    await wrapper.get('button[aria-label^="Remove"]').trigger('click')
    expect(wrapper.text()).toContain('Your cart is empty')
    const [notice] = useNoticesStore().takeAll()
    notice?.undo?.()
    await flushPromises()
    expect(wrapper.text()).toContain('Tea')
    expect(useCartsStore().pieces).toBe(2)
  })
})

describe('the customer’s orders', () => {
  it('are none yet, for a guest and for somebody signed in', async () => {
    expect((await page(OrdersPage)).text()).toContain('Sign in to see earlier orders')
    const wrapper = await page(OrdersPage, {}, (app) => app.signIn(CUSTOMER))
    expect(wrapper.text()).toContain('No orders yet')
    expect(wrapper.text()).toContain('No relay is connected right now')
  })

  it('are listed apart from messages that belong to none', async () => {
    const wrapper = await page(OrdersPage, {}, (app) => {
      app.signIn(CUSTOMER)
      const orders = useOrdersStore()
      orders.record(orderRef(), [intended(), placed()])
      orders.record(orderRef({ merchant: STRANGER.pubkey }), [
        paymentRequested({ author: STRANGER.pubkey }),
      ])
    })
    expect(wrapper.text()).toContain('Tea')
    expect(wrapper.text()).toContain('Messages that belong to no order')
  })

  it('say when one is not here', async () => {
    expect((await page(OrderPage, { orderKey: key })).text()).toContain(
      'Sign in with the key that placed it',
    )
    const wrapper = await page(OrderPage, { orderKey: key }, (app) => app.signIn(CUSTOMER))
    expect(wrapper.text()).toContain('It belongs to another key')
  })

  it('offer to sign one whose signing was interrupted', async () => {
    const wrapper = await page(OrderPage, { orderKey: key }, (app) => {
      app.signIn(CUSTOMER)
      useOrdersStore().record(orderRef(), [intended()])
    })
    expect(wrapper.text()).toContain('not signed or sent yet')
    expect(wrapper.text()).toContain('Sign and send it')
  })
})

describe('a key that exists in this tab only', () => {
  const placedBy = (app: ReturnType<typeof openApp>) => {
    app.signIn(CUSTOMER)
    useOrdersStore().record(orderRef(), [intended(), placed()])
  }

  it('is asked to be kept beside its order', async () => {
    const wrapper = await page(OrderPage, { orderKey: key }, placedBy)
    expect(useSessionStore().isSessionOnly).toBe(true)
    expect(wrapper.text()).toContain('Keep a copy of your key')
    expect(wrapper.find('a[href="/account"]').exists()).toBe(true)
  })

  it('is not asked for once a copy is kept', async () => {
    const wrapper = await page(OrderPage, { orderKey: key }, (app) => {
      placedBy(app)
      useSessionStore().enter({
        method: 'local',
        pubkey: CUSTOMER.pubkey,
        ncryptsec: 'ncryptsec1qq',
      })
    })
    expect(wrapper.text()).not.toContain('Keep a copy of your key')
  })

  const pressIn = (root: ParentNode, words: string) =>
    [...root.querySelectorAll('button')].find((one) => one.textContent?.includes(words))?.click()

  it.each([
    ['Keep this key', CUSTOMER.pubkey],
    ['Sign out and lose the key', null],
  ])('is not lost by signing out alone: %s', async (choice, left) => {
    const wrapper = await page(AccountPage, {}, (app) => app.signIn(CUSTOMER))
    pressIn(wrapper.element.parentElement ?? document, 'Sign out')
    const dialog = () => document.querySelector('[role="dialog"]')
    await until(() => dialog() !== null, 'the question')
    expect(useSessionStore().pubkey).toBe(CUSTOMER.pubkey)
    pressIn(dialog() ?? document, choice)
    await until(() => dialog() === null, 'the dialog to close')
    expect(useSessionStore().pubkey).toBe(left)
    expect(wrapper.find('input[name="new-password"]').exists()).toBe(left !== null)
  })
})

describe('the merchant’s orders', () => {
  it('open as incoming ones, also by the address of a customer’s order', async () => {
    let at = () => ''
    await page(OrderPage, { orderKey: key }, (app) => {
      app.signIn(MERCHANT)
      useOrdersStore().knowSellers(new Set([MERCHANT.pubkey]))
      useOrdersStore().record(orderRef(), [placed()])
      at = () => String(app.router.currentRoute.value.name)
    })
    await until(() => at() === 'incoming-order', 'the incoming order')
  })

  it('need somebody signed in', async () => {
    expect((await page(MerchantPage)).text()).toContain('Sign in as the merchant')
  })

  it('are none yet, and a wallet can be connected', async () => {
    const wrapper = await page(MerchantPage, {}, (app) => app.signIn(MERCHANT))
    expect(wrapper.text()).toContain('No orders yet')
    expect(wrapper.text()).toContain('LNbits')
  })

  it('say when one is not here', async () => {
    const wrapper = await page(IncomingOrderPage, { orderKey: key }, (app) => app.signIn(MERCHANT))
    expect(wrapper.text()).toContain('This order is not here')
  })
})

describe('orders that are read back on a new device', () => {
  const reading = (person: typeof CUSTOMER) => (app: ReturnType<typeof openApp>) => {
    app.signIn(person)
    const relays = useRelaysStore()
    relays.readings.set(RELAY, { state: 'reading', received: 3, reason: '' })
    relays.opened = { opened: 2, waiting: 1 }
  }

  it.each<[string, Component, typeof CUSTOMER, string]>([
    ['the customer’s', OrdersPage, CUSTOMER, '0 orders found'],
    ['the merchant’s', MerchantPage, MERCHANT, '0 incoming orders found'],
    ['the account', AccountPage, CUSTOMER, '0 orders found'],
  ])('are counted on %s page, which does not say yet that there are none', async (...given) => {
    const [, component, person, found] = given
    const wrapper = await page(component, {}, reading(person))
    expect(wrapper.text()).toContain(`Reading your messages: 2 of 3 opened, ${found}`)
    expect(wrapper.text()).not.toContain('No orders yet')
    const relays = useRelaysStore()
    relays.readings.set(RELAY, { state: 'read', received: 3, reason: '' })
    relays.opened = { opened: 3, waiting: 0 }
    await flushPromises()
    expect(wrapper.text()).not.toContain('Reading your messages')
    expect(wrapper.text().includes('No orders yet')).toBe(component !== AccountPage)
  })

  it('are counted one by one as they are found', async () => {
    const wrapper = await page(MerchantPage, {}, (app) => {
      reading(MERCHANT)(app)
      useOrdersStore().knowSellers(new Set([MERCHANT.pubkey]))
      useOrdersStore().record(orderRef(), [placed()])
    })
    expect(wrapper.text()).toContain('1 incoming order found')
    expect(wrapper.text()).toContain('one.example: asked, 3 messages so far')
  })
})

describe('the page of unreadable messages', () => {
  it('says what happened before the technical reason', async () => {
    const wrapper = await page(SettingsMessagesPage, {}, () => {
      const { pubkey: author } = MERCHANT
      const reason = 'paid: Invalid type: Expected boolean'
      const entry = { eventId: eventId(1), author, time: T0, reason, retryable: false, triedAt: T0 }
      useQuarantineStore().add(entry)
    })
    expect(wrapper.get('h2').text()).toMatch(/^It is meant to be about an order.*\(1\)$/)
    expect(wrapper.text()).toContain('Technically: paid: Invalid type')
  })
})

describe('the account page', () => {
  it('offers ways in, says who is in, and why a key is lost', async () => {
    expect((await page(AccountPage)).text()).toContain('Sign in')
    const signedIn = await page(AccountPage, {}, (app) => app.signIn(CUSTOMER))
    expect(signedIn.text()).toContain('Sign out')
    const lost = await page(AccountPage, {}, () => {
      useSessionStore().setStatus('lost', 'The extension is set to another key now.')
    })
    expect(lost.text()).toContain('The extension is set to another key now.')
  })

  it('asks for the password of a locked key', async () => {
    const wrapper = await page(AccountPage, {}, (app) => {
      app.signIn(CUSTOMER)
      useSessionStore().setStatus('locked')
    })
    expect(wrapper.find('input[type=password]').exists()).toBe(true)
  })
})
