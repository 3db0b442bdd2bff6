// @vitest-environment happy-dom
/** The catalogue over a real relay, and what the pages ask of it: search, rates, toasts. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { toast } from 'vue-sonner'
import { useCatalogueEvents } from '@/composables/useCatalogueEvents'
import { useExchangeRate } from '@/composables/useExchangeRate'
import { useSearch } from '@/composables/useSearch'
import { useToasts } from '@/composables/useToasts'
import { ok } from '@/domain/result'
import type { ExchangeRate } from '@/domain/wallet'
import { KIND, type EventTemplate } from '@/protocol/event'
import { encodeProduct } from '@/protocol/product'
import { encodeStall } from '@/protocol/stall'
import { useCatalogueStore } from '@/stores/catalogue'
import { useNoticesStore } from '@/stores/notices'
import { startRelay, type RunningRelay } from '../../dev/relay/relay'
import { product, stall } from '../factories/catalogue'
import { signed, T0 } from '../factories/events'
import { marketConfig } from '../factories/marketConfig'
import { MERCHANT, OTHER_MERCHANT, type Person } from '../factories/people'
import { testPool } from '../factories/ports'
import { appPorts, later, openApp, openPool, until } from '../support/app'
import '../support/browser'

let relay: RunningRelay
beforeEach(async () => {
  relay = later(await startRelay(), (one) => one.close())
})
afterEach(() => void vi.useRealTimers())

async function publish(template: EventTemplate, author: Person = MERCHANT) {
  const event = signed(author, template)
  const [answer] = await openPool([relay.url]).publish(event)
  expect(answer?.outcome).toBe('accepted')
}
const market = { pubkey: MERCHANT.pubkey, identifier: 'spring' }
const marketTemplate = (merchants: readonly string[], later = 0): EventTemplate => ({
  kind: KIND.market,
  created_at: T0 - 100_000_000 + later,
  tags: [['d', market.identifier]],
  content: JSON.stringify({ name: 'Spring market', about: '', merchants }),
})

function follow(config: Parameters<typeof marketConfig>[0]) {
  const ports = appPorts([relay.url], { config: marketConfig({ relays: [relay.url], ...config }) })
  openApp(ports).run(() => useCatalogueEvents())
  return useCatalogueStore()
}
const past = Math.floor(Date.now() / 1000) - 1000

describe('the catalogue', () => {
  it('fills from the relay and stays live', async () => {
    await publish(encodeStall(stall(), past))
    const catalogue = follow({})
    await until(() => catalogue.stalls.length === 1 && catalogue.isComplete, 'the stall')
    await publish(encodeProduct(product(), past))
    await until(() => catalogue.products.length === 1, 'the product')
    expect(catalogue.marketName).toBe('Test market')
  })

  it('shows the merchants of a described market alone', async () => {
    await publish(marketTemplate([OTHER_MERCHANT.pubkey]))
    await publish(encodeStall(stall(), past))
    const theirs = stall({ merchant: OTHER_MERCHANT.pubkey, name: 'Spring' })
    await publish(encodeStall(theirs, past), OTHER_MERCHANT)
    const catalogue = follow({ market })
    await until(() => catalogue.isComplete && catalogue.stalls.length > 0, 'the market')
    expect(catalogue.stalls.map(({ name }) => name)).toEqual(['Spring'])
    expect(catalogue.marketName).toBe('Spring market')
  })

  it('shows a described market while a relay is silent, and follows a newer description', async () => {
    await publish(marketTemplate([MERCHANT.pubkey]))
    await publish(encodeStall(stall(), past))
    const theirs = stall({ merchant: OTHER_MERCHANT.pubkey, name: 'Spring' })
    await publish(encodeStall(theirs, past), OTHER_MERCHANT)
    const pool = openPool([relay.url])
    const silent = 'wss://silent.example'
    let slow: Parameters<typeof pool.subscribe>[1] | undefined
    const subscribe: typeof pool.subscribe = (filters, handlers, options) => {
      if (filters[0]?.kinds?.includes(KIND.market)) slow ??= handlers
      return pool.subscribe(filters, handlers, options)
    }
    const ports = appPorts([], {
      pool: { ...pool, urls: [relay.url, silent], subscribe },
      config: marketConfig({ market }),
    })
    openApp(ports).run(() => useCatalogueEvents())
    const catalogue = useCatalogueStore()
    await until(() => catalogue.stalls.length > 0, 'the market of the quick relay')
    expect(catalogue.stalls.map(({ name }) => name)).not.toContain('Spring')
    slow?.onEvent(signed(MERCHANT, marketTemplate([OTHER_MERCHANT.pubkey], 9)), silent)
    slow?.onStored?.(silent)
    await until(() => catalogue.stalls.some(({ name }) => name === 'Spring'), 'the newer market')
    expect(catalogue.stalls).toHaveLength(1)
  })

  it('says when the market is nowhere, and looks again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    const catalogue = follow({ market })
    await vi.waitFor(() => expect(catalogue.marketProblem).toContain('No relay has'), 10_000)
    await publish(marketTemplate([MERCHANT.pubkey]))
    await vi.advanceTimersByTimeAsync(20_000)
    await vi.waitFor(() => expect(catalogue.marketName).toBe('Spring market'), 10_000)
    expect(catalogue.marketProblem).toBe('')
  }, 30_000)

  it('remembers which relay gave nothing, and why', async () => {
    relay.setFaults({})
    const closed = later(await startRelay({ requireAuth: 'all' }), (one) => one.close())
    const ports = appPorts([closed.url])
    openApp(ports).run(() => useCatalogueEvents())
    const catalogue = useCatalogueStore()
    await until(() => catalogue.failedBy.size === 1, 'the refusal')
    expect(catalogue.isComplete).toBe(false)
    expect([...catalogue.failedBy.values()][0]).toContain('auth-required')
  })
})

describe('the search', () => {
  const page = { template: '<div />' }
  const router = () =>
    createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/', name: 'market', component: page },
        { path: '/cart', name: 'cart', component: page },
      ],
    })

  it('lives in the address, by words and by category', async () => {
    const app = openApp(appPorts([], { pool: testPool() }), router())
    useCatalogueStore().apply([
      { type: 'stall', stall: stall() },
      { type: 'product', product: product({ categories: ['drinks'] }) },
      {
        type: 'product',
        product: product({ id: 'cup', name: 'Cup', description: 'Clay', categories: ['clay'] }),
      },
    ])
    await app.router.push('/cart')
    const { value: search } = app.run(() => useSearch())
    search.query.value = 'clay'
    await vi.waitFor(() => expect(app.router.currentRoute.value.fullPath).toBe('/?q=clay'))
    expect(search.found.value.map(({ id }) => id)).toEqual(['cup'])
    expect(search.categories.value).toEqual([{ name: 'clay', count: 1 }])
    search.category.value = 'drinks'
    await vi.waitFor(() => expect(search.category.value).toBe('drinks'))
    expect(search.found.value).toEqual([])
    search.query.value = ''
    await vi.waitFor(() => expect(search.found.value.map(({ id }) => id)).toEqual(['tea']))
    app.router.back()
    await vi.waitFor(() => expect(app.router.currentRoute.value.name).toBe('cart'))
  })
})

describe('the exchange rate', () => {
  it('is of the currency asked for last, and waits for nothing else', async () => {
    const answers = new Map<string, (rate: { ok: true; value: ExchangeRate }) => void>()
    const rateOf = (currency: string) =>
      new Promise<{ ok: true; value: ExchangeRate }>((resolve) => answers.set(currency, resolve))
    const app = openApp(appPorts([], { pool: testPool(), rates: { rateOf } }))
    const currency = shallowRef<string | null>('EUR')
    const { value: rate } = app.run(() => useExchangeRate(() => currency.value))
    expect(rate.isLoading.value).toBe(true)
    currency.value = 'sat'
    await flushPromises()
    expect([rate.satPerUnit.value, rate.isLoading.value]).toEqual([1, false])
    answers.get('EUR')?.(ok({ currency: 'EUR', satPerUnit: 7, at: T0 }))
    await flushPromises()
    expect([rate.satPerUnit.value, rate.isLoading.value]).toEqual([1, false])
  })

  it('is unknown, in words, where the market has no source', () => {
    const app = openApp(appPorts([], { pool: testPool() }))
    const { value: rate } = app.run(() => useExchangeRate(() => 'USD'))
    expect(rate.satPerUnit.value).toBeNull()
    expect(rate.problem.value).toContain('no source of exchange rates')
  })
})

describe('toasts', () => {
  it('show every notice of one moment, and those from before the page was ready', async () => {
    const app = openApp(appPorts([], { pool: testPool() }))
    const notices = useNoticesStore()
    notices.tell({ tone: 'warning', title: 'early', text: '' })
    app.run(() => useToasts(async () => undefined))
    notices.tell({ tone: 'info', title: 'one', text: '' })
    notices.tell({ tone: 'success', title: 'two', text: '' })
    const raised = () => toast.getHistory().flatMap((one) => ('title' in one ? [one.title] : []))
    await until(() => raised().length === 3, 'the toasts')
    expect(raised()).toEqual(['early', 'one', 'two'])
  })
})
