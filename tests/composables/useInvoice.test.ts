// @vitest-environment happy-dom
/** The invoice of an order: no code unless it is payable, consent for another amount, paid once. */
import { describe, expect, it, vi } from 'vitest'
import { computed, shallowRef } from 'vue'
import { useInvoice } from '@/composables/useInvoice'
import { orderKey } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import type { Msat } from '@/domain/money'
import type { Fact } from '@/domain/order'
import { fail, ok, type Result } from '@/domain/result'
import type { WalletProblem } from '@/domain/wallet'
import { useOrdersStore } from '@/stores/orders'
import { hex64, T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import {
  cannotBeProcessed,
  intended,
  orderRef,
  paymentRequested,
  placed,
  proved,
  status,
} from '../factories/orders'
import { marketConfig } from '../factories/marketConfig'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { storageKey } from '../factories/storage'
import { testPool, UNREACHABLE } from '../factories/ports'
import { appPorts, openApp, until } from '../support/app'
import { fillStorage } from '../support/browser'

const ref = orderRef()
const key = orderKey(ref)
const other = { amountMsat: 1_200_000 as Msat }
const config = marketConfig({ embeddedMarket: { nwc: 'nostr+walletconnect://x', merchants: [] } })

type Paid = Result<{ preimage: string }, WalletProblem>

/** An order of 1100 sat with an invoice, on its customer's screen. */
function atOrder(asked: DecodedInvoice | null = invoice(), more: readonly Fact[] = []) {
  const now = shallowRef(T0 + 5)
  const payInvoice = vi.fn<(paid: DecodedInvoice) => Promise<Paid>>(async () =>
    ok({ preimage: hex64(5) }),
  )
  const invoiceQr = vi.fn(async (bolt11: string) => ({ bolt11, size: 29, path: 'M0 0h1v1h-1z' }))
  const connectNwc = vi.fn(async () => ok({ payInvoice }))
  const app = openApp(
    appPorts([], { pool: testPool(), config, connectNwc, invoiceQr, now: () => now.value }),
  )
  app.signIn(CUSTOMER)
  const orders = useOrdersStore()
  orders.record(ref, [intended(), placed(), paymentRequested({ invoice: asked }), ...more])
  const order = computed(() => orders.order(key))
  const { value: panel } = app.run(() => useInvoice(order, now))
  return { panel, orders, order, now, payInvoice, connectNwc, invoiceQr }
}

describe('the code of an invoice', () => {
  it('is drawn for an invoice that passes', async () => {
    const { panel } = atOrder()
    expect(panel.judgement.value?.verdict).toBe('payable')
    await until(() => panel.qr.value !== null, 'the code')
    expect(panel.qr.value?.bolt11).toBe(invoice().bolt11)
  })

  it.each<[string, DecodedInvoice | null]>([
    ['of another network', invoice({ network: 'bitcoin' })],
    ['that has expired', invoice({ expiresAt: T0 })],
    ['of another amount', invoice(other)],
    ['without an amount', invoice({ amountMsat: null })],
    ['that is none', null],
  ])('is not drawn for an invoice %s', async (_, asked) => {
    const { panel, invoiceQr } = atOrder(asked)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(panel.judgement.value?.verdict).not.toBe('payable')
    expect(panel.qr.value).toBeNull()
    expect(invoiceQr).not.toHaveBeenCalled()
  })

  it('disappears when the invoice expires', async () => {
    const { panel, now } = atOrder()
    await until(() => panel.qr.value !== null, 'the code')
    now.value = T0 + 3600
    await until(() => panel.qr.value === null, 'the end of the code')
    expect(panel.judgement.value?.verdict).toBe('refused')
  })

  it('is drawn anew for a new invoice, and never shows the old one beside it', async () => {
    const { panel, orders } = atOrder()
    await until(() => panel.qr.value !== null, 'the code')
    const next = invoice({ bolt11: 'lnbcrt11u1next', paymentHash: hex64(2) })
    orders.record(ref, [paymentRequested({ invoice: next, time: T0 + 3 })])
    await until(() => panel.qr.value?.bolt11 === next.bolt11, 'the new code')
  })

  it('that was drawn too late is not shown', async () => {
    const { panel, orders, invoiceQr } = atOrder(invoice({ network: 'bitcoin' }))
    let draw!: () => void
    const late = new Promise<void>((resolve) => (draw = resolve))
    invoiceQr.mockImplementationOnce(async (bolt11) => {
      await late
      return { bolt11, size: 29, path: 'M0 0h1v1h-1z' }
    })
    orders.record(ref, [paymentRequested({ time: T0 + 2 })])
    await until(() => invoiceQr.mock.calls.length === 1, 'the first drawing')
    const next = invoice({ bolt11: 'lnbcrt11u1next', paymentHash: hex64(2) })
    orders.record(ref, [paymentRequested({ invoice: next, time: T0 + 3 })])
    await until(() => panel.qr.value?.bolt11 === next.bolt11, 'the new code')
    draw()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(panel.qr.value?.bolt11).toBe(next.bolt11)
  })

  it.each<[string, Fact]>([
    ['paid', proved()],
    ['paid, as the merchant says', status({ paid: true })],
    ['refused by the merchant', cannotBeProcessed({ time: T0 + 4 })],
  ])('is not drawn for an order that is %s', async (_, fact) => {
    const { panel, invoiceQr, payInvoice } = atOrder(invoice(), [fact])
    await panel.pay()
    expect(invoiceQr).not.toHaveBeenCalled()
    expect(payInvoice).not.toHaveBeenCalled()
  })
})

describe('consent', () => {
  it('lets an invoice of another amount be paid, and only that one', async () => {
    const { panel, orders } = atOrder(invoice(other))
    expect(panel.judgement.value?.verdict).toBe('needs-consent')
    await panel.pay()
    panel.consent(invoice().bolt11)
    await until(() => panel.qr.value !== null, 'the code')
    const next = invoice({ ...other, bolt11: 'lnbcrt12u1next', paymentHash: hex64(2) })
    orders.record(ref, [paymentRequested({ invoice: next, time: T0 + 3 })])
    expect(panel.judgement.value?.verdict).toBe('needs-consent')
  })

  it('that cannot be stored is not given', () => {
    const { panel } = atOrder(invoice(other))
    fillStorage()
    panel.consent(invoice().bolt11)
    expect(panel.judgement.value?.verdict).toBe('needs-consent')
    expect(panel.problem.value?.message).toContain('no room left')
  })
})

describe('paying from a wallet', () => {
  it('records the proof, and does not pay again', async () => {
    const { panel, order, payInvoice } = atOrder()
    await Promise.all([panel.pay(), panel.pay()])
    expect(order.value?.settlement).toBe('paid-proved')
    await panel.pay()
    expect(payInvoice).toHaveBeenCalledTimes(1)
    expect([panel.paying.value, panel.problem.value]).toEqual([false, null])
  })

  it('shows what the wallet says when it does not pay', async () => {
    const { panel, order, payInvoice } = atOrder()
    payInvoice.mockResolvedValueOnce(fail(UNREACHABLE))
    await panel.pay()
    expect(panel.problem.value).toEqual(UNREACHABLE)
    expect(panel.paying.value).toBe(false)
    expect(order.value?.settlement).toBe('invoiced')
    await panel.pay()
    expect([order.value?.settlement, panel.problem.value]).toEqual(['paid-proved', null])
  })

  it('pays nothing when the attempt cannot be stored', async () => {
    const { panel, payInvoice } = atOrder()
    fillStorage()
    await panel.pay()
    expect(payInvoice).not.toHaveBeenCalled()
    expect(panel.problem.value?.message).toContain('no room left')
    expect(panel.paying.value).toBe(false)
  })

  it('that ends after a switch to the merchant is proved to the customer', async () => {
    const { panel, orders, order, payInvoice } = atOrder()
    payInvoice.mockImplementationOnce(async () => {
      orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
      orders.knowSellers(new Set([MERCHANT.pubkey]))
      orders.record(ref, [placed(), paymentRequested()])
      return ok({ preimage: hex64(5) })
    })
    await panel.pay()
    expect([order.value?.settlement, panel.problem.value]).toEqual(['invoiced', null])
    orders.open(CUSTOMER.pubkey, storageKey(CUSTOMER))
    expect(order.value?.settlement).toBe('paid-proved')
  })

  it('pays nothing once somebody else is signed in', async () => {
    const { panel, orders, payInvoice, connectNwc } = atOrder()
    connectNwc.mockImplementationOnce(async () => {
      orders.open(MERCHANT.pubkey, storageKey(MERCHANT))
      return ok({ payInvoice })
    })
    await panel.pay()
    expect(payInvoice).not.toHaveBeenCalled()
    expect(panel.problem.value?.message).toContain('Nothing was sent or paid')
  })

  it('says when the wallet cannot be connected', async () => {
    const { panel, connectNwc } = atOrder()
    connectNwc.mockRejectedValueOnce(new Error('The program could not be loaded.'))
    await panel.pay()
    expect(panel.problem.value?.message).toBe('The program could not be loaded.')
    expect(panel.paying.value).toBe(false)
  })

  it('is offered in the embedded market alone', () => {
    expect(atOrder().panel.methods.value).toHaveLength(1)
    const app = openApp(appPorts([], { pool: testPool() }))
    const { value } = app.run(() => useInvoice(shallowRef(null), shallowRef(T0)))
    expect([value.methods.value, value.judgement.value]).toEqual([[], null])
  })
})
