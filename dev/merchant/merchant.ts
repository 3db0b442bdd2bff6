/** A headless merchant: answers orders, watches payments and ships, with the app's own actions. */
import { hexToBytes } from '@noble/hashes/utils.js'
import WebSocket from 'ws'
import { followMessages } from '@/actions/followMessages'
import type { SendJournal, WithOrder } from '@/actions/ports'
import { refuseOrder } from '@/actions/refuseOrder'
import { sendInvoice } from '@/actions/sendInvoice'
import { sendMessage } from '@/actions/sendMessage'
import { shipOrder } from '@/actions/shipOrder'
import { watchPayment } from '@/actions/watchPayment'
import { orderKey, type OrderKey, type OrderRef } from '@/domain/ids'
import { priceIncoming, receiptText } from '@/domain/incomingOrder'
import { isSatCurrency } from '@/domain/money'
import type { OrderState } from '@/domain/order'
import { createOrderBook } from '@/domain/orderBook'
import { totalInSat } from '@/domain/pricing'
import { decodeInvoice } from '@/payments/bolt11'
import { createLnbitsIssuer } from '@/payments/lnbits'
import { createLnbitsRateSource } from '@/payments/rates'
import { createOutbox } from '@/relays/outbox'
import { createRelayPool } from '@/relays/pool'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { localSigner } from '@/signing/localKey'
import type { DemoMerchant } from '../catalogue/types'
import { createGoods } from './goods'

/** The words of merchant software for an order that cannot be served. */
const REFUSAL = 'Order received, but cannot be processed. Please contact merchant.'
const SHIPPED = 'Your order is on its way. Thank you for buying here!'

export interface MerchantOptions {
  readonly merchant: DemoMerchant
  readonly relays: readonly string[]
  readonly lnbits: { readonly url: string; readonly invoiceKey: string }
  /** Where the pictures are served, without a trailing slash. */
  readonly pictureBase: string
  readonly shipAfterMs: number
  /** False for a merchant that only publishes its goods: a person answers. */
  readonly answer: boolean
  readonly log: (line: string) => void
}

/** An order id is whatever a stranger wrote. */
const inLog = ({ orderId }: OrderRef): string => JSON.stringify(orderId.slice(0, 60))

/** Starts a merchant; resolves once its goods are handed to the relays. */
export async function startMerchant(options: MerchantOptions): Promise<{ close(): void }> {
  const { merchant, lnbits, log } = options
  const stop = new AbortController()
  const timers = new Set<NodeJS.Timeout>()
  const now = (): number => Math.floor(Date.now() / 1000)
  const signer = localSigner(hexToBytes(merchant.secretKey))
  const pool = createRelayPool({
    urls: options.relays,
    verifier: createInlineVerifier(),
    WebSocket,
    authenticate: (template) => signer.sign(template),
  })
  const outbox = createOutbox({
    pool,
    storage: {
      load: () => [],
      read: () => null,
      save: () => undefined,
      remove: () => undefined,
    },
  })
  outbox.onChange(({ event }) => outbox.acknowledge(event.id))
  const book = createOrderBook()
  const journal: SendJournal = {
    isOpen: () => true,
    record: (ref, facts) => facts.forEach((fact) => book.add(ref, fact)),
    recordText: (peer, text) => void book.addText(peer, text),
  }
  const goods = createGoods(merchant, { signer, outbox, now }, options.pictureBase)
  const issuer = createLnbitsIssuer({ ...lnbits, WebSocket })
  const rates = createLnbitsRateSource({ url: lnbits.url })
  // Nobody else speaks for this merchant, and each of its orders is worked on once.
  const withOrder: WithOrder = (ref, task) => task(book.order(orderKey(ref)))
  const send = { signer, outbox, journal, decodeInvoice, now, issuer, withOrder }
  const answering = new Set<OrderKey>()
  let stored = false

  async function ship(ref: OrderRef): Promise<void> {
    const order = book.order(orderKey(ref))
    if (order) await shipOrder(send, order, true, SHIPPED)
    log(`${merchant.name}: shipped ${inLog(ref)}`)
  }

  /** @param order as it was when it was invoiced: that is what was paid */
  async function onPaid(order: OrderState): Promise<void> {
    log(`${merchant.name}: paid ${inLog(order)}`)
    await goods.takeFromStock(order)
    for (const text of goods.autoreplies(order)) {
      await sendMessage(send, order.customer, { type: 'text', text })
    }
    timers.add(setTimeout(() => void ship(order).catch(report), options.shipAfterMs))
  }

  const report = (error: unknown): void => log(`${merchant.name}: ${String(error)}`)

  async function rateTable(): Promise<Map<string, number>> {
    const table = new Map<string, number>()
    for (const { currency } of merchant.stalls) {
      const rate = isSatCurrency(currency) ? null : await rates.rateOf(currency)
      if (rate?.ok) table.set(currency, rate.value.satPerUnit)
    }
    return table
  }

  async function answer(order: OrderState): Promise<void> {
    if (!order.request) return
    const table = await rateTable()
    const own = {
      stalls: goods.catalogue.stalls.values(),
      products: goods.catalogue.products.values(),
    }
    const priced = priceIncoming(order.request, own, (currency) => table.get(currency) ?? null)
    const total = priced.ok ? totalInSat(priced.value) : null
    const changed = order.anomalies.some(({ name }) => name === 'changed-order')
    if (!priced.ok || total === null || changed) {
      log(`${merchant.name}: refused ${inLog(order)}: ${priced.ok ? 'unclear' : priced.reason}`)
      await refuseOrder(send, order, REFUSAL)
      return
    }
    const invoiced = await sendInvoice(send, order, total, receiptText(priced.value))
    if (!invoiced.ok) throw new Error(invoiced.reason.message)
    log(`${merchant.name}: asked for ${total} sat for ${inLog(order)}`)
    watchPayment(send, order, invoiced.value.paymentHash, stop.signal, {
      onPaid: () => void onPaid(order).catch(report),
      onProblem: (problem) => report(problem.message),
    })
  }

  /** Answers each order once; what was answered before a restart is known from the relays. */
  function answerNew(): void {
    if (!stored || !options.answer) return
    for (const order of book.orders()) {
      const key = orderKey(order)
      const open = order.settlement === 'awaiting-invoice' && order.fulfilment === 'placed'
      if (order.merchant !== signer.publicKey || !open || answering.has(key)) continue
      answering.add(key)
      void answer(order).catch((error: unknown) => {
        answering.delete(key)
        report(error)
      })
    }
  }

  const follower = followMessages(
    {
      pool,
      signer,
      decodeInvoice,
      journal,
      isKnown: () => false,
      mayOpen: () => true,
    },
    {
      onReceived: answerNew,
      onQuarantined: ({ reason }) => log(`${merchant.name}: unreadable message: ${reason}`),
      onStored() {
        stored = true
        answerNew()
      },
    },
  )

  await goods.publishAll()
  return {
    close() {
      stop.abort()
      timers.forEach(clearTimeout)
      follower.close()
      outbox.close()
      pool.close()
    },
  }
}
