// @vitest-environment happy-dom
/** The tab is closed at every step of checkout, invoicing and shipping: one order, one invoice, one report. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppPorts } from '@/actions/ports'
import { useCheckout } from '@/composables/useCheckout'
import { useMerchantOrders } from '@/composables/useMerchantOrders'
import { useSigner } from '@/composables/useSigner'
import { useUnfinished } from '@/composables/useUnfinished'
import { orderKey } from '@/domain/ids'
import type { Sat } from '@/domain/money'
import type { OrderMessage } from '@/domain/orderMessage'
import { ok } from '@/domain/result'
import type { InvoiceIssuer } from '@/domain/wallet'
import { decodeInvoice } from '@/payments/bolt11'
import type { VerifiedEvent } from '@/protocol/event'
import { decodeOrderMessage } from '@/protocol/orderMessage'
import type { RelayPool } from '@/protocol/relay'
import { createOutbox } from '@/relays/outbox'
import { localSigner } from '@/signing/localKey'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { useCartsStore } from '@/stores/carts'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useSettingsStore } from '@/stores/settings'
import { Ledger } from '../../dev/wallet/ledger'
import { product, stall } from '../factories/catalogue'
import { orderRef, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT, type Person } from '../factories/people'
import { settled, testPool } from '../factories/ports'
import { appPorts, openApp, until } from '../support/app'
import '../support/browser'
import { fakeLocks, Fuse, fusedSigner, use, watchWrites } from './fuse'

const RELAY = 'wss://one.example'
const STALL = stall().address
const DETAILS = { name: 'Alice', address: '1 Test Street', message: '', contact: {} }

/** What reached the relay, by event id: the same bytes twice are one message. */
let wire: Map<string, VerifiedEvent>
let locks: ReturnType<typeof fakeLocks>
let stopWatching: () => void

beforeEach(() => {
  wire = new Map()
  locks = fakeLocks()
  Object.defineProperty(navigator, 'locks', { configurable: true, value: locks })
  stopWatching = watchWrites()
})
afterEach(() => {
  use(new Fuse())
  stopWatching()
  Reflect.deleteProperty(navigator, 'locks')
})

/** A relay that takes everything from tabs that live. */
const poolOf = (fuse: Fuse): RelayPool => ({
  ...testPool([RELAY]),
  async publish(event, { relays = [RELAY], onAnswer } = {}) {
    const answers = relays.map((relay) => ({ relay, outcome: 'accepted', reason: '' }) as const)
    if (!fuse.step()) return new Promise(() => undefined)
    wire.set(event.id, event)
    await settled()
    if (!fuse.dead) answers.forEach((answer) => onAnswer?.(answer))
    return answers
  },
})

interface Tab {
  readonly fuse: Fuse
  readonly app: ReturnType<typeof openApp>
  close(): void
}

function openTab(person: Person, fuse: Fuse, ports: Partial<AppPorts> = {}): Tab {
  const pool = poolOf(fuse)
  const outbox = createOutbox({ pool, storage: createOutboxDocuments() })
  const app = openApp(appPorts([], { pool, outbox: async () => outbox, ...ports }))
  useCatalogueStore().apply([
    { type: 'stall', stall: stall() },
    { type: 'product', product: product() },
  ])
  useOrdersStore().knowSellers(new Set([MERCHANT.pubkey]))
  app.signIn(person)
  return { fuse, app, close: () => outbox.close() }
}

async function messagesOnWire(recipient: Person): Promise<OrderMessage[]> {
  const signer = localSigner(recipient.secretKey)
  const messages: OrderMessage[] = []
  for (const event of wire.values()) {
    const plain = await signer.nip04Decrypt(event.pubkey, event.content)
    const message = plain.ok ? decodeOrderMessage(plain.value) : plain
    if (message.ok) messages.push(message.value as OrderMessage)
  }
  return messages
}

function customerTab(fuse: Fuse, ports: Partial<AppPorts> = {}) {
  const tab = openTab(CUSTOMER, fuse, ports)
  const carts = useCartsStore()
  const orders = useOrdersStore()
  const { value: checkout } = tab.app.run(() => {
    const signer = useSigner()
    signer.value = fusedSigner(CUSTOMER, fuse)
    return useCheckout(() => STALL)
  })
  const wake = () => tab.app.run(() => useUnfinished())
  return { ...tab, carts, orders, checkout, wake }
}

/** Works until the tab dies or the work is done. */
async function untilDead(fuse: Fuse, work: Promise<unknown>): Promise<boolean> {
  let done = false
  void work.finally(() => (done = true)).catch(() => undefined)
  await until(() => done || fuse.dead, 'the end of the work')
  await settled()
  return done && !fuse.dead
}

/** A person who comes back: what is in the cart is what is still to be ordered. */
async function comeBack() {
  const tab = customerTab(use(new Fuse()))
  tab.wake()
  await settled()
  if (tab.carts.cart(STALL)?.lines.length) await tab.checkout.place(DETAILS)
  await settled()
  await until(() => wire.size > 0, 'the order on the relay')
  return tab
}

async function expectOneOrder(tab: Awaited<ReturnType<typeof comeBack>>, at: string) {
  await settled()
  const orders = (await messagesOnWire(MERCHANT)).filter(({ type }) => type === 'order')
  expect([at, orders.length]).toEqual([at, 1])
  expect([at, tab.carts.cart(STALL)?.lines ?? []]).toEqual([at, []])
  const alive = tab.orders.placed.filter(({ fulfilment }) => fulfilment !== 'cancelled')
  expect([at, alive.length, alive[0]?.expected]).toEqual([at, 1, { kind: 'exact', sat: 2100 }])
}

function fillCart() {
  use(new Fuse())
  const tab = customerTab(new Fuse())
  tab.carts.add(product(), 'sat', 2)
  tab.carts.setZone(STALL, 'world')
  tab.close()
}

function afresh() {
  use(new Fuse())
  localStorage.clear()
  wire.clear()
  locks.releaseAll()
}

/** Dozens of tabs, each with real cryptography. */
const TIME = { timeout: 90_000 }

describe('checkout', TIME, () => {
  it('closed at any step makes one order', async () => {
    let steps = 0
    for (let last = 1; ; last += 1) {
      afresh()
      fillCart()
      const fuse = use(new Fuse(last))
      const tab = customerTab(fuse)
      const completed = await untilDead(fuse, tab.checkout.place(DETAILS).then(settled))
      tab.close()
      locks.releaseAll()
      const back = await comeBack()
      await expectOneOrder(back, `closed at step ${last}`)
      back.close()
      steps = fuse.steps
      if (completed) break
    }
    expect(steps).toBeGreaterThan(8)
  })

  it('closed at any step while another tab has the same cart makes one order', async () => {
    for (let last = 1; ; last += 1) {
      afresh()
      fillCart()
      const other = customerTab(new Fuse())
      const fuse = use(new Fuse(last))
      const tab = customerTab(fuse)
      const completed = await untilDead(fuse, tab.checkout.place(DETAILS).then(settled))
      tab.close()
      locks.releaseAll()
      use(other.fuse)
      await other.checkout.place(DETAILS)
      other.close()
      locks.releaseAll()
      const back = await comeBack()
      await expectOneOrder(back, `closed at step ${last}, then the other tab`)
      back.close()
      if (completed) break
    }
  })

  it('in two tabs at the same moment makes one order, which both show', async () => {
    fillCart()
    const tabs = [customerTab(use(new Fuse())), customerTab(new Fuse())]
    const keys = await Promise.all(tabs.map(({ checkout }) => checkout.place(DETAILS)))
    expect(keys[0]).not.toBeNull()
    expect(keys[1]).toBe(keys[0])
    tabs.forEach((tab) => tab.close())
    const back = await comeBack()
    await expectOneOrder(back, 'two tabs')
    back.close()
  })
})

/** A wallet whose every answer can be lost, also after it has acted. */
function wallet() {
  const ledger = new Ledger({ network: 'regtest', nodeKey: '07'.repeat(32) })
  ledger.addWallet({ id: 'shop', name: 'Shop', adminkey: 'a', inkey: 'b', balanceMsat: 0 })
  ledger.addWallet({ id: 'payer', name: 'P', adminkey: 'c', inkey: 'd', balanceMsat: 9e9 })
  const decoded = () =>
    ledger.payments('shop').flatMap(({ bolt11 }) => {
      const invoice = decodeInvoice(bolt11)
      return invoice.ok ? [invoice.value] : []
    })
  const isPaid = (hash: string) => ledger.find(hash)?.state === 'success'
  const issuer = (fuse: Fuse): InvoiceIssuer => ({
    describe: async () => ok({ name: 'Shop' }),
    createInvoice: ({ amount, memo }) =>
      fuse.call(async () => {
        const { bolt11 } = ledger.createInvoice('shop', { amountMsat: amount * 1000, memo })
        const invoice = decodeInvoice(bolt11)
        if (!invoice.ok) throw new Error(invoice.reason)
        return ok({ invoice: invoice.value })
      }),
    findInvoices: () =>
      fuse.call(async () => ok(decoded().filter(({ paymentHash }) => !isPaid(paymentHash)))),
    lookupInvoice: async (hash) => ok({ paid: isPaid(hash), failed: false, preimage: null }),
    watchInvoice(hash, { onSettled }, signal) {
      const timer = setInterval(() => {
        if (signal.aborted || fuse.dead) return clearInterval(timer)
        if (!isPaid(hash)) return
        clearInterval(timer)
        onSettled({ paid: true, failed: false, preimage: null })
      }, 2)
    },
  })
  const pay = () => decoded().forEach(({ bolt11 }) => ledger.pay('payer', bolt11))
  return { issuer, pay, made: () => decoded().length }
}

const ref = orderRef()
const key = orderKey(ref)

async function merchantTab(fuse: Fuse, till: ReturnType<typeof wallet>) {
  const issuer = till.issuer(fuse)
  const tab = openTab(MERCHANT, fuse, { connectLnbits: async () => issuer })
  const orders = useOrdersStore()
  const { value: page } = tab.app.run(() => {
    const signer = useSigner()
    signer.value = fusedSigner(MERCHANT, fuse)
    useUnfinished()
    return useMerchantOrders()
  })
  await useSettingsStore().setLnbits({ url: 'https://till.example', invoiceKey: 'b' })
  return { ...tab, page, orders, order: () => orders.order(key)! }
}

/** All that a merchant does, going on from wherever the order stands. */
async function serve(
  { page, order, fuse }: Awaited<ReturnType<typeof merchantTab>>,
  pay: () => void,
) {
  const alive = (what: () => boolean) => () => what() || fuse.dead
  if (order().paymentRequests.length === 0) await page.invoice(order(), 1100 as Sat, 'Tea')
  // Nobody can pay what was never sent.
  if (!fuse.dead) pay()
  await until(
    alive(() => order().paidConfirmed),
    'the report of the payment',
  )
  if (order().fulfilment !== 'shipped') await page.ship(order(), true, 'On its way')
  await settled()
}

async function expectServedOnce(till: ReturnType<typeof wallet>, at: string) {
  const messages = await messagesOnWire(CUSTOMER)
  const count = (test: (message: OrderMessage) => boolean) => messages.filter(test).length
  expect({
    at,
    invoices: till.made(),
    requests: count(({ type }) => type === 'payment-request'),
    paid: count((one) => one.type === 'status' && one.shipped === null),
    shipped: count((one) => one.type === 'status' && one.shipped === true),
  }).toEqual({ at, invoices: 1, requests: 1, paid: 1, shipped: 1 })
}

function receiveOrder() {
  use(new Fuse())
  const tab = openTab(MERCHANT, new Fuse())
  useOrdersStore().record(ref, [placed()])
  tab.close()
}

describe('invoicing and shipping', TIME, () => {
  it('closed at any step make one invoice, one report of its payment and one of the parcel', async () => {
    let steps = 0
    for (let last = 1; ; last += 1) {
      afresh()
      receiveOrder()
      const till = wallet()
      const fuse = new Fuse(last)
      const tab = await merchantTab(fuse, till)
      use(fuse)
      const completed = await untilDead(fuse, serve(tab, till.pay))
      tab.close()
      locks.releaseAll()
      const back = await merchantTab(use(new Fuse()), till)
      await settled()
      await serve(back, till.pay)
      await expectServedOnce(till, `closed at step ${last}`)
      back.close()
      steps = fuse.steps
      if (completed) break
    }
    expect(steps).toBeGreaterThan(15)
  })

  it('in two tabs at the same moment are done once', async () => {
    receiveOrder()
    const till = wallet()
    const tabs = [await merchantTab(use(new Fuse()), till), await merchantTab(new Fuse(), till)]
    await Promise.all(tabs.map(({ page, order }) => page.invoice(order(), 1100 as Sat, 'Tea')))
    till.pay()
    await until(() => tabs.every(({ order }) => order().paidConfirmed), 'the report')
    await Promise.all(tabs.map(({ page, order }) => page.ship(order(), true, 'On its way')))
    await settled()
    await expectServedOnce(till, 'two tabs')
    tabs.forEach((tab) => tab.close())
  })
})
