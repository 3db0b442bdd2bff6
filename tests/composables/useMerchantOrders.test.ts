// @vitest-environment happy-dom
/** A merchant's orders: priced from the own catalogue, invoiced, watched and shipped. */
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { AppPorts } from '@/actions/ports'
import { useMerchantOrders } from '@/composables/useMerchantOrders'
import { useWallet } from '@/composables/useWallet'
import { orderKey } from '@/domain/ids'
import type { Sat } from '@/domain/money'
import { fail, ok } from '@/domain/result'
import type { InvoiceIssuer, RateSource, WalletProblem } from '@/domain/wallet'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { product, stall } from '../factories/catalogue'
import { eventId, hex64, T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import { orderRef, paymentRequested, placed, proved, request } from '../factories/orders'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT } from '../factories/people'
import { storageKey } from '../factories/storage'
import { testIssuer, testPool, UNREACHABLE } from '../factories/ports'
import { appPorts, openApp, until } from '../support/app'
import '../support/browser'

const ref = orderRef()
const key = orderKey(ref)
const CONNECTION = { url: 'https://lnbits.example', invoiceKey: 'abcdef' }
type Watch = Parameters<InvoiceIssuer['watchInvoice']>

/** A wallet that is asked about its invoices for as long as somebody watches. */
function watchedWallet(problem: WalletProblem | null = null) {
  let watches: { hash: Watch[0]; handlers: Watch[1]; signal: Watch[2] }[] = []
  const issuer: InvoiceIssuer = {
    ...testIssuer([], problem),
    describe: async () => (problem ? fail(problem) : ok({ name: 'Till' })),
    watchInvoice: (hash, handlers, signal) => void watches.push({ hash, handlers, signal }),
  }
  const open = () => watches.filter(({ signal }) => !signal.aborted)
  const paid = { paid: true, failed: false, preimage: null }
  function settle() {
    const settled = open()
    watches = []
    settled.forEach(({ handlers }) => handlers.onSettled(paid))
  }
  return { issuer, open, settle }
}

interface Setting {
  readonly ports?: Partial<AppPorts>
  readonly currency?: string
  readonly wallet?: ReturnType<typeof watchedWallet>
  readonly quantity?: number
}

/** A merchant with a tea stall and one incoming order for tea. */
function atCounter({
  ports,
  currency = 'sat',
  wallet = watchedWallet(),
  quantity = 1,
}: Setting = {}) {
  const connectLnbits = vi.fn(async () => wallet.issuer)
  const app = openApp(
    appPorts([], { pool: testPool(), connectLnbits, now: () => T0 + 10, ...ports }),
  )
  const catalogue = useCatalogueStore()
  const orders = useOrdersStore()
  const fill = () => {
    catalogue.apply([
      { type: 'stall', stall: stall({ currency }) },
      { type: 'product', product: product() },
      { type: 'product', product: product({ merchant: OTHER_MERCHANT.pubkey, price: 1 }) },
    ])
  }
  app.signIn(MERCHANT)
  orders.knowSellers(new Set([MERCHANT.pubkey]))
  const lines = [{ productId: 'tea', quantity }]
  orders.record(ref, [placed({ request: request({ lines }) })])
  const openPage = () => app.run(() => useMerchantOrders())
  const sent = async () => (await app.ports.outbox()).items().length
  return { app, catalogue, orders, fill, openPage, sent, order: () => orders.order(key)! }
}

afterEach(() => void vi.useRealTimers())

describe('pricing', () => {
  it('takes the merchant’s own prices and keeps them', async () => {
    const { fill, openPage, order, catalogue } = atCounter()
    const { value: page } = openPage()
    fill()
    await until(() => order().expected.kind === 'exact', 'the prices')
    expect(order().expected).toMatchObject({ sat: 1100 })
    catalogue.apply([
      {
        type: 'product',
        product: product({ price: 9, publishedAt: T0 + 1, eventId: eventId(7) }),
      },
    ])
    expect(order().expected).toMatchObject({ sat: 1100 })
    expect(page.pricingProblems.value.size).toBe(0)
  })

  it('names what does not fit, once the catalogue is there and not before', async () => {
    const { openPage, catalogue, fill } = atCounter({ quantity: 9 })
    const { value: page } = openPage()
    catalogue.apply([{ type: 'stall', stall: stall() }])
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(page.pricingProblems.value.size).toBe(0)
    fill()
    catalogue.storedBy.add('wss://one.example')
    await until(() => page.pricingProblems.value.size === 1, 'the problem')
    expect(page.pricingProblems.value.get(key)).toContain('asks for 9 of Tea, but 5 are left')
    catalogue.apply([
      {
        type: 'product',
        product: product({ quantity: 20, publishedAt: T0 + 1, eventId: eventId(7) }),
      },
    ])
    await until(() => page.pricingProblems.value.size === 0, 'the end of the problem')
  })

  it('waits for a rate instead of keeping none for good', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const rate = { currency: 'EUR', satPerUnit: 1000, at: T0 }
    const rateOf = vi.fn<RateSource['rateOf']>(async () => fail(UNREACHABLE))
    const counter = atCounter({ currency: 'EUR', ports: { rates: { rateOf } } })
    counter.fill()
    counter.openPage()
    await until(() => rateOf.mock.calls.length > 0, 'the first question')
    expect(counter.order().pricing).toBeNull()
    rateOf.mockResolvedValue(ok(rate))
    vi.advanceTimersByTime(30_000)
    await until(() => counter.order().pricing?.satPerUnit === 1000, 'the rate')
  })

  it('is not kept for the customer, where that is who uses the browser by then', async () => {
    let answer!: () => void
    const answered = new Promise<void>((resolve) => (answer = resolve))
    const rateOf = vi.fn<RateSource['rateOf']>(async () => {
      await answered
      return ok({ currency: 'EUR', satPerUnit: 1000, at: T0 })
    })
    const { fill, openPage, order, orders } = atCounter({
      currency: 'EUR',
      ports: { rates: { rateOf } },
    })
    fill()
    openPage()
    await until(() => rateOf.mock.calls.length > 0, 'the question')
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    orders.record(ref, [placed()])
    answer()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(order().pricing).toBeNull()
    orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
    expect(order().pricing?.satPerUnit).toBe(1000)
  })

  it('does without a rate where the market has none', async () => {
    const { fill, openPage, order } = atCounter({ currency: 'shells' })
    fill()
    openPage()
    await until(() => order().pricing !== null, 'the prices')
    expect(order().expected).toMatchObject({ kind: 'unknown' })
  })
})

describe('working on an order', () => {
  it('asks for a wallet before an invoice', async () => {
    const { openPage, order, sent } = atCounter()
    const { value: page } = openPage()
    expect(await page.invoice(order(), 1100 as Sat, '')).toBe(false)
    expect(page.problem.value).toBe('Connect an LNbits wallet first.')
    expect(page.busy.value).toBeNull()
    expect(await sent()).toBe(0)
  })

  it('sends an invoice, and one only for two clicks', async () => {
    const { openPage, order, sent, fill } = atCounter()
    fill()
    const { value: page } = openPage()
    await useSettingsStore().setLnbits(CONNECTION)
    const clicks = [1, 2].map(() => page.invoice(order(), 1100 as Sat, ''))
    expect(page.busy.value).toBe(key)
    expect(await Promise.all(clicks)).toEqual([true, false])
    expect(order().settlement).toBe('invoiced')
    expect(order().paymentRequests[0]?.text).toContain('1 x Tea')
    expect(await sent()).toBe(1)
  })

  it('says what the wallet says', async () => {
    const wallet = watchedWallet(UNREACHABLE)
    const { openPage, order } = atCounter({ wallet })
    const { value: page } = openPage()
    await useSettingsStore().setLnbits(CONNECTION)
    expect(await page.invoice(order(), 1100 as Sat, '')).toBe(false)
    expect(page.problem.value).toBe(UNREACHABLE.message)
    expect(order().settlement).toBe('awaiting-invoice')
  })

  it('ships, takes it back, and refuses', async () => {
    let now = T0
    const { openPage, order, sent } = atCounter({ ports: { now: () => (now += 1) } })
    const { value: page } = openPage()
    expect(await page.ship(order(), true, 'On its way')).toBe(true)
    expect(order().fulfilment).toBe('shipped')
    expect(await page.ship(order(), false, 'It came back')).toBe(true)
    expect(order().fulfilment).not.toBe('shipped')
    expect(await page.refuse(order(), 'No more tea')).toBe(true)
    expect(order().fulfilment).toBe('unfulfillable')
    expect(await sent()).toBe(3)
  })
})

describe('watching payments', () => {
  const invoiced = async (counter: ReturnType<typeof atCounter>) => {
    counter.orders.record(ref, [paymentRequested()])
    await useSettingsStore().setLnbits(CONNECTION)
  }

  it('tells the customer once, though two pages were open one after the other', async () => {
    const wallet = watchedWallet()
    const counter = atCounter({ wallet })
    await invoiced(counter)
    const list = counter.openPage()
    await until(() => wallet.open().length === 1, 'the watch')
    list.end()
    counter.openPage()
    await until(() => wallet.open().length === 1, 'the second watch')
    wallet.settle()
    await until(() => counter.order().settlement === 'paid-proved', 'the proof')
    await until(() => counter.order().paidConfirmed, 'the message')
    expect(await counter.sent()).toBe(1)
    expect(counter.order().timeline.filter(({ type }) => type === 'status-reported')).toHaveLength(
      1,
    )
  })

  it('does not begin for a page that is gone already', async () => {
    const wallet = watchedWallet()
    const counter = atCounter({ wallet })
    await invoiced(counter)
    counter.openPage().end()
    counter.openPage()
    await until(() => wallet.open().length === 1, 'the watch')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(wallet.open()).toHaveLength(1)
  })

  it('watches every invoice of an order, each once', async () => {
    const wallet = watchedWallet()
    const counter = atCounter({ wallet })
    await invoiced(counter)
    counter.openPage()
    const second = invoice({ paymentHash: hex64(2), bolt11: 'lnbcrt11u1second' })
    counter.orders.record(ref, [paymentRequested({ invoice: second, time: T0 + 9 })])
    await until(() => wallet.open().length === 2, 'both watches')
    expect(new Set(wallet.open().map(({ hash }) => hash)).size).toBe(2)
  })

  it('begins when the signer comes after the wallet', async () => {
    const wallet = watchedWallet()
    const counter = atCounter({ wallet })
    await invoiced(counter)
    const later = openApp(counter.app.ports)
    useOrdersStore().open(MERCHANT.pubkey, storageKey(MERCHANT))
    later.run(() => useMerchantOrders())
    await useSettingsStore().setLnbits(CONNECTION)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(wallet.open()).toHaveLength(0)
    later.signIn(MERCHANT)
    await until(() => wallet.open().length === 1, 'the watch')
  })

  it('shows trouble', async () => {
    const wallet = watchedWallet()
    const counter = atCounter({ wallet })
    await invoiced(counter)
    const { value: page } = counter.openPage()
    await until(() => wallet.open().length === 1, 'the watch')
    const [{ handlers }] = wallet.open() as [ReturnType<typeof wallet.open>[number]]
    handlers.onProblem?.(UNREACHABLE)
    expect(page.watchProblem.value).toBe(UNREACHABLE.message)
    wallet.settle()
    await until(() => page.watchProblem.value === '', 'the end of the trouble')
  })

  it('begins later when the wallet’s part of the app could not be loaded, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const wallet = watchedWallet()
    const connectLnbits = vi.fn(async () => wallet.issuer)
    connectLnbits.mockRejectedValueOnce(new Error('It could not be loaded.'))
    const counter = atCounter({ ports: { connectLnbits } })
    await invoiced(counter)
    const { value: page } = counter.openPage()
    await vi.waitFor(() => expect(page.watchProblem.value).toBe('It could not be loaded.'))
    vi.advanceTimersByTime(30_000)
    await vi.waitFor(() => expect(wallet.open()).toHaveLength(1))
    expect(page.watchProblem.value).toBe('')
  })

  it('takes no trouble from an invoice of another wallet', async () => {
    const wallet = watchedWallet()
    const counter = atCounter({ wallet })
    await invoiced(counter)
    const { value: page } = counter.openPage()
    await until(() => wallet.open().length === 1, 'the watch')
    wallet.open()[0]!.handlers.onProblem?.({ ...UNREACHABLE, code: 'not-found' })
    expect(page.watchProblem.value).toBe('')
    expect(wallet.open()).toHaveLength(0)
  })
})

describe('an invoice that nobody will pay any more', () => {
  const HOUR = 3600
  const DAY = 24 * HOUR
  const pause = () => new Promise((resolve) => setTimeout(resolve, 30))

  /** The page, `seconds` after an invoice of an hour was sent. */
  async function after(seconds: number, wallet = watchedWallet()) {
    const counter = atCounter({ wallet, ports: { now: () => T0 + seconds } })
    counter.orders.record(ref, [paymentRequested()])
    await useSettingsStore().setLnbits(CONNECTION)
    return { wallet, ...counter }
  }

  it('is watched until fifteen minutes after it expired', async () => {
    const { wallet, openPage } = await after(10)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    openPage()
    await vi.waitFor(() => expect(wallet.open()).toHaveLength(1))
    vi.advanceTimersByTime((HOUR - 20 + 900) * 1000)
    expect(wallet.open()).toHaveLength(1)
    vi.advanceTimersByTime(20_000)
    expect(wallet.open()).toHaveLength(0)
  })

  it('is watched again within a day; later it is asked about once', async () => {
    const late = await after(HOUR + DAY - 1)
    late.openPage()
    await until(() => late.wallet.open().length === 1, 'the watch')
    localStorage.clear()
    const lookupInvoice = vi.fn(async () => ok({ paid: false, failed: false, preimage: null }))
    const wallet = watchedWallet()
    const tooLate = await after(HOUR + DAY, {
      ...wallet,
      issuer: { ...wallet.issuer, lookupInvoice },
    })
    tooLate.openPage()
    await until(() => lookupInvoice.mock.calls.length === 1, 'the question')
    await pause()
    expect(lookupInvoice).toHaveBeenCalledTimes(1)
    expect(tooLate.wallet.open()).toHaveLength(0)
  })

  it('counts when it was paid while no page was open, however long ago', async () => {
    const lookupInvoice = async () => ok({ paid: true, failed: false, preimage: null })
    const wallet = watchedWallet()
    const { openPage, order, sent } = await after(30 * DAY, {
      ...wallet,
      issuer: { ...wallet.issuer, lookupInvoice },
    })
    openPage()
    await until(() => order().settlement === 'paid-proved', 'the payment')
    await expect.poll(sent).toBeGreaterThan(0)
  })

  it('is not looked up when it was replaced', async () => {
    const { wallet, openPage, orders } = await after(HOUR + 1)
    const second = invoice({ paymentHash: hex64(2), expiresAt: T0 + 2 * HOUR })
    orders.record(ref, [paymentRequested({ invoice: second, time: T0 + 9 })])
    openPage()
    await until(() => wallet.open().length === 1, 'the watch of the newer one')
    await pause()
    expect(wallet.open().map(({ hash }) => hash)).toEqual([second.paymentHash])
  })

  it('is left alone by a wallet that does not know it, until there is another wallet', async () => {
    const { wallet, openPage, orders } = await after(10)
    openPage()
    await until(() => wallet.open().length === 1, 'the watch')
    wallet.open()[0]!.handlers.onProblem?.({ ...UNREACHABLE, code: 'not-found' })
    orders.record(ref, [paymentRequested({ time: T0 + 5 })])
    await pause()
    expect(wallet.open()).toHaveLength(0)
    await useSettingsStore().setLnbits({ ...CONNECTION, invoiceKey: '123456' })
    await until(() => wallet.open().length === 1, 'the watch with the other wallet')
  })

  it('is looked up all the same when its payment is known and the customer was not told', async () => {
    const { wallet, openPage, orders, order } = await after(9 * DAY)
    orders.record(ref, [proved()])
    openPage()
    await until(() => wallet.open().length === 1, 'the watch')
    wallet.settle()
    await until(() => order().paidConfirmed, 'the message')
  })
})

describe('the wallet', () => {
  const open = (wallet: ReturnType<typeof watchedWallet>) => {
    const connectLnbits = vi.fn(async () => wallet.issuer)
    const app = openApp(appPorts([], { pool: testPool(), connectLnbits }))
    useSessionStore().enter({ method: 'extension', pubkey: MERCHANT.pubkey })
    return { ...app.run(() => useWallet()).value, settings: useSettingsStore(), connectLnbits }
  }

  it('is kept once it has answered', async () => {
    const { connect, settings, name, problem, connectLnbits } = open(watchedWallet())
    await Promise.all([connect(CONNECTION), connect(CONNECTION)])
    expect([name.value, problem.value]).toEqual(['Till', null])
    expect(settings.lnbits).toEqual(CONNECTION)
    expect(connectLnbits).toHaveBeenCalledTimes(1)
    const later = open(watchedWallet())
    await until(() => later.name.value !== '', 'the wallet')
    expect([later.name.value, later.settings.lnbits]).toEqual(['Till', CONNECTION])
    await later.disconnect()
    expect([later.name.value, later.settings.lnbits]).toEqual(['', null])
  })

  it('is the one of whoever is in use, when another tab switches to somebody else', async () => {
    const first = open(watchedWallet(UNREACHABLE))
    await first.settings.setLnbits(CONNECTION)
    const { settings, name, problem, connecting, connectLnbits } = open(watchedWallet(UNREACHABLE))
    await until(() => problem.value !== null, 'the problem')
    expect(settings.lnbits).toEqual(CONNECTION)
    useSessionStore().enter({ method: 'extension', pubkey: OTHER_MERCHANT.pubkey })
    await nextTick()
    expect([name.value, problem.value, settings.lnbits]).toEqual(['', null, null])
    connectLnbits.mockResolvedValue(watchedWallet().issuer)
    useSessionStore().enter({ method: 'extension', pubkey: MERCHANT.pubkey })
    await until(() => name.value === 'Till', 'the wallet of the first')
    expect([problem.value, connecting.value]).toEqual([null, false])
  })

  it('that answers after a switch to somebody else is not shown or kept as theirs', async () => {
    const { connect, settings, name } = open(watchedWallet())
    const connecting = connect(CONNECTION)
    useSessionStore().enter({ method: 'extension', pubkey: OTHER_MERCHANT.pubkey })
    await connecting
    await settings.loadWallets()
    expect([name.value, settings.lnbits]).toEqual(['', null])
  })

  it('is not kept when it refuses, and says why', async () => {
    const { connect, settings, problem, connecting } = open(watchedWallet(UNREACHABLE))
    await connect(CONNECTION)
    expect([problem.value, connecting.value]).toEqual([UNREACHABLE, false])
    expect(settings.lnbits).toBeNull()
    await settings.loadWallets()
    expect(settings.lnbits).toBeNull()
  })
})
