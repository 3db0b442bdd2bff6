/** Finding at the wallet what it made for an order, over real HTTP, also when its answer was lost. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { sendInvoice } from '@/actions/sendInvoice'
import type { OrderId } from '@/domain/ids'
import type { Sat } from '@/domain/money'
import { foldOrder } from '@/domain/orderFold'
import { createLnbitsIssuer } from '@/payments/lnbits'
import { startDevWallet, type DevWallet, type WalletKeys } from '../../dev/wallet/wallet'
import { orderRef, placed } from '../factories/orders'
import { MERCHANT, OTHER_MERCHANT } from '../factories/people'
import { sendPorts } from '../factories/ports'
import { startPreparedServer } from './lnbitsServer'
import { invoiceRequest } from './order'

const AMOUNT = 1100 as Sat
let wallet: DevWallet
let merchant: WalletKeys
let orders = 0

beforeAll(async () => {
  wallet = await startDevWallet()
  merchant = wallet.createWallet('merchant')
})
afterEach(() => wallet.setFaults({}))
afterAll(() => wallet.close())

const issuer = (url = wallet.url, timeoutMs = 5_000) =>
  createLnbitsIssuer({ url, invoiceKey: merchant.inkey, WebSocket, timeoutMs })

/** An order that nobody has made an invoice for. */
const newOrder = () => orderRef({ orderId: `order-${(orders += 1)}` as OrderId })

async function make(order: ReturnType<typeof newOrder>, amount = 1100): Promise<string> {
  const made = await issuer().createInvoice(invoiceRequest(amount, { order }))
  if (!made.ok) throw new Error(made.reason.message)
  return made.value.invoice.bolt11
}

async function found(order: ReturnType<typeof newOrder>): Promise<readonly string[]> {
  const answer = await issuer().findInvoices(order)
  if (!answer.ok) throw new Error(answer.reason.message)
  return answer.value.map(({ bolt11 }) => bolt11)
}

const madeFor = ({ orderId }: { orderId: OrderId }) =>
  wallet.ledger.payments(merchant.id).filter(({ extra }) => extra.order_id === orderId)

describe('the open invoices of an order', () => {
  it('are those of this very order: same id, merchant and customer', async () => {
    const order = newOrder()
    const own = await make(order)
    await make(newOrder())
    await make({ ...order, merchant: OTHER_MERCHANT.pubkey })
    await make({ ...order, customer: OTHER_MERCHANT.pubkey })
    expect(await found(order)).toEqual([own])
  })

  it('are without those that were paid or have failed', async () => {
    const order = newOrder()
    const [paid, failed, open] = [await make(order), await make(order), await make(order)]
    wallet.ledger.pay(wallet.customer.id, paid)
    const hash = madeFor(order).find(({ bolt11 }) => bolt11 === failed)?.hash ?? ''
    wallet.ledger.failInvoice(hash)
    expect(await found(order)).toEqual([open])
  })

  it('are found behind pages of other payments', async () => {
    const order = newOrder()
    const own = await make(order)
    for (let n = 0; n < 205; n += 1)
      wallet.ledger.createInvoice(merchant.id, { amountMsat: 1000, memo: '' })
    expect(await found(order)).toEqual([own])
  })

  it('are read around entries of other kinds; a wallet that says no is no empty list', async () => {
    const order = newOrder()
    const own = await make(order)
    const extra = madeFor(order)[0]?.extra
    const entry = { bolt11: own, amount: 1_100_000, pending: true, extra }
    const body: readonly unknown[] = [null, 7, { amount: 'much' }, { ...entry, bolt11: 'x' }, entry]
    const server = await startPreparedServer({ status: 200, body })
    const some = await issuer(server.url).findInvoices(order)
    expect(some).toMatchObject({ ok: true, value: [{ bolt11: own }] })
    server.answer = { status: 403, body: { detail: 'No.' } }
    expect((await issuer(server.url).findInvoices(order)).ok).toBe(false)
    await server.close()
  })
})

describe('a wallet whose answer comes too late', () => {
  const isCreation = ({ method }: { method: string }) => method === 'POST'

  it.each([
    ['is dropped', Infinity],
    ['comes after the deadline', 3_000],
  ])('has made one invoice, which is found and sent: the answer %s', async (_how, late) => {
    const { merchant: seller, customer, orderId } = newOrder()
    const ref = { merchant: seller, customer, orderId }
    const { ports, outbox } = sendPorts(MERCHANT)
    wallet.setFaults({ answerLate: (request) => (isCreation(request) ? late : 0) })
    const order = foldOrder(ref, [placed()])
    const given = { ...ports, now: () => Math.floor(Date.now() / 1000) }
    const sent = await sendInvoice(
      { ...given, issuer: issuer(wallet.url, 1_500) },
      order,
      AMOUNT,
      '',
    )
    const [made] = madeFor(ref)
    expect(sent).toMatchObject({ ok: true, value: { bolt11: made?.bolt11 } })
    expect([madeFor(ref).length, outbox.sent.length]).toEqual([1, 1])
  })

  it('and that cannot be asked either leads to one invoice when it is tried again', async () => {
    const ref = newOrder()
    const { ports, journal, outbox } = sendPorts(MERCHANT)
    const given = { ...ports, now: () => Math.floor(Date.now() / 1000), issuer: issuer() }
    const fold = () => foldOrder(ref, [placed(), ...journal.records.map(({ fact }) => fact)])
    wallet.setFaults({ answerLate: () => Infinity })
    const first = await sendInvoice(given, fold(), AMOUNT, '')
    expect(first).toMatchObject({ ok: false, reason: { code: 'unreachable' } })
    const again = await sendInvoice(given, fold(), AMOUNT, '')
    expect([again.ok, madeFor(ref).length, outbox.sent.length]).toEqual([false, 1, 0])
    wallet.setFaults({})
    expect((await sendInvoice(given, fold(), AMOUNT, '')).ok).toBe(true)
    expect([madeFor(ref).length, outbox.sent.length]).toEqual([1, 1])
  })
})
