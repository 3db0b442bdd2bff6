/** The LNbits client against the dev wallet over real HTTP and websockets. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { InvoiceStatus, WalletProblem } from '@/domain/wallet'
import { createLnbitsIssuer, type LnbitsIssuerOptions } from '@/payments/lnbits'
import { encodeInvoice } from '../../dev/wallet/bolt11Encoder'
import { startDevWallet, type DevWallet, type WalletKeys } from '../../dev/wallet/wallet'
import fixture from '../fixtures/nostrmarket/lnbits-http.json'
import { startPreparedServer } from './lnbitsServer'
import { invoiceRequest } from './order'

let wallet: DevWallet
let merchant: WalletKeys

beforeAll(async () => {
  wallet = await startDevWallet()
  merchant = wallet.createWallet('merchant')
})
afterAll(() => wallet.close())

const issuer = (changes: Partial<LnbitsIssuerOptions> = {}) =>
  createLnbitsIssuer({
    url: wallet.url,
    invoiceKey: merchant.inkey,
    WebSocket,
    pollMs: 50,
    ...changes,
  })

async function issue(amount = 123) {
  const issued = await issuer().createInvoice(invoiceRequest(amount))
  if (!issued.ok) throw new Error(issued.reason.message)
  return issued.value.invoice
}

/** Resolves with everything that a watch reported once it has settled. */
function settled(hash: string, options: Partial<LnbitsIssuerOptions> = {}) {
  const problems: WalletProblem[] = []
  const stop = new AbortController()
  const promise = new Promise<InvoiceStatus>((resolve) =>
    issuer(options).watchInvoice(
      hash,
      { onSettled: resolve, onProblem: (problem) => problems.push(problem) },
      stop.signal,
    ),
  )
  return { promise, problems, stop }
}

describe('createLnbitsIssuer', () => {
  it('tells the name of its wallet', async () => {
    expect(await issuer().describe()).toEqual({ ok: true, value: { name: 'merchant' } })
  })

  it('keeps a path and a slash of the address', async () => {
    const server = await startPreparedServer({ status: 200, body: { name: 'x', balance: 0 } })
    await issuer({ url: `${server.url}/lnbits/` }).describe()
    expect(server.asked).toMatchObject([{ path: '/lnbits/api/v1/wallet', key: merchant.inkey }])
    await server.close()
  })

  it('refuses an admin key', async () => {
    const result = await issuer({ invoiceKey: merchant.adminkey }).describe()
    expect(result).toMatchObject({ ok: false, reason: { code: 'needs-other-key' } })
  })

  it('makes a valid invoice for the exact amount, with the order in its extra', async () => {
    const invoice = await issue(123)
    expect(invoice).toMatchObject({
      network: 'regtest',
      amountMsat: 123_000,
      description: 'One teapot',
    })
    expect(invoice.expiresAt - invoice.createdAt).toBe(600)
    expect(wallet.ledger.find(invoice.paymentHash)?.extra).toEqual({
      tag: 'nostrmarket',
      order_id: 'order-1',
      merchant_pubkey: 'a'.repeat(64),
      customer_pubkey: 'b'.repeat(64),
    })
  })

  it('cuts a memo that an invoice cannot hold, between characters', async () => {
    const issued = await issuer().createInvoice(invoiceRequest(1, { memo: 'ü'.repeat(700) }))
    expect(issued).toMatchObject({
      ok: true,
      value: { invoice: { description: 'ü'.repeat(319) } },
    })
  })

  it('believes only `paid`, though a preimage shows before', async () => {
    const invoice = await issue()
    const hash = invoice.paymentHash
    const shown = await fetch(`${wallet.url}/api/v1/payments/${hash}`).then((r) => r.json())
    expect(shown).toMatchObject({ paid: false, preimage: /^[0-9a-f]{64}$/ })
    expect(await issuer().lookupInvoice(hash)).toEqual({
      ok: true,
      value: { paid: false, failed: false, preimage: null },
    })
    wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
    const paid = await issuer().lookupInvoice(hash)
    expect(paid).toMatchObject({ ok: true, value: { paid: true, failed: false } })
    const preimage = (paid.ok && paid.value.preimage) || ''
    expect(createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex')).toBe(hash)
  })

  it('leaves out a preimage that is not of the invoice', async () => {
    const body = { paid: true, preimage: '0'.repeat(64) }
    const server = await startPreparedServer({ status: 200, body })
    const found = await issuer({ url: server.url }).lookupInvoice('1'.repeat(64))
    expect(found).toEqual({ ok: true, value: { paid: true, failed: false, preimage: null } })
    await server.close()
  })
})

describe('the answers of every version', () => {
  const recorded = fixture.http.find(({ name }) => name === 'create invoice')!.response.body
  const { bolt11, payment_hash } = recorded as { bolt11: string; payment_hash: string }
  const other = encodeInvoice({
    network: 'bitcoin',
    amountMsat: 123_000,
    paymentHash: '2'.repeat(64),
    createdAt: 1_790_000_000,
    nodeKey: '3'.repeat(64),
  })

  it.each([
    ['0.12', { payment_hash, payment_request: bolt11, checking_id: payment_hash }],
    ['1.0 to 1.3', { payment_hash, bolt11 }],
    ['1.3.1 and later', recorded],
  ])('reads what %s answers', async (_version, body) => {
    const server = await startPreparedServer({ status: 201, body })
    const issued = await issuer({ url: server.url }).createInvoice(invoiceRequest(123))
    expect(issued).toMatchObject({ ok: true, value: { invoice: { bolt11, amountMsat: 123_000 } } })
    expect(JSON.parse(server.asked[0]!.body)).toEqual({
      out: false,
      amount: 123,
      unit: 'sat',
      memo: 'One teapot',
      expiry: 600,
      extra: {
        tag: 'nostrmarket',
        order_id: 'order-1',
        merchant_pubkey: 'a'.repeat(64),
        customer_pubkey: 'b'.repeat(64),
      },
    })
    await server.close()
  })

  it.each([
    ['another amount', 124, { payment_hash, bolt11 }, /another amount/],
    ['another payment hash', 123, { payment_hash, bolt11: other }, /another payment hash/],
    ['a damaged invoice', 123, { payment_hash, bolt11: `${bolt11}q` }, /bad-checksum/],
    ['no invoice', 123, { payment_hash }, /an invoice is missing/],
    ['another shape', 123, { ok: true }, /"payment_hash" is missing/],
  ])('refuses %s', async (_name, amount, body, words) => {
    const server = await startPreparedServer({ status: 201, body })
    const issued = await issuer({ url: server.url }).createInvoice(invoiceRequest(amount))
    expect(issued).toMatchObject({ ok: false, reason: { code: 'bad-answer', message: words } })
    await server.close()
  })

  it.each([
    ['0.12', { paid: false, preimage: null, details: { pending: true } }, false],
    ['1.x', { paid: false, status: 'failed' }, true],
    ['the details of 1.x', { paid: false, details: { status: 'failed' } }, true],
  ])('reads a look-up of %s', async (_version, body, failed) => {
    const server = await startPreparedServer({ status: 200, body })
    const found = await issuer({ url: server.url }).lookupInvoice(payment_hash)
    expect(found).toEqual({ ok: true, value: { paid: false, failed, preimage: null } })
    await server.close()
  })
})

describe('watchInvoice', () => {
  it('hears of a payment by push, long before the next poll', async () => {
    const invoice = await issue()
    let opened: () => void = () => undefined
    const listening = new Promise<void>((resolve) => (opened = resolve))
    class Heard extends WebSocket {
      constructor(url: string) {
        super(url)
        this.on('open', opened)
      }
    }
    const watch = settled(invoice.paymentHash, { WebSocket: Heard, pollMs: 60_000 })
    await listening
    wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
    expect(await watch.promise).toMatchObject({ paid: true, failed: false })
    expect(watch.problems).toEqual([])
  })

  it('polls where the websocket is refused', async () => {
    const invoice = await issue()
    class Refused extends WebSocket {
      constructor() {
        super('ws://127.0.0.1:1')
      }
    }
    const watch = settled(invoice.paymentHash, { WebSocket: Refused })
    wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
    expect(await watch.promise).toMatchObject({ paid: true, failed: false })
  })

  it('polls where a websocket cannot even be made', async () => {
    const invoice = await issue()
    class Forbidden {
      constructor() {
        throw new Error('not allowed')
      }
      addEventListener() {
        return undefined
      }
      close() {
        return undefined
      }
    }
    const watch = settled(invoice.paymentHash, { WebSocket: Forbidden })
    wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
    expect((await watch.promise).paid).toBe(true)
  })

  it('sees an invoice that was paid before', async () => {
    const invoice = await issue()
    wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
    expect((await settled(invoice.paymentHash).promise).paid).toBe(true)
  })

  it('says once that an invoice has failed', async () => {
    const invoice = await issue()
    const watch = settled(invoice.paymentHash)
    wallet.ledger.failInvoice(invoice.paymentHash)
    expect(await watch.promise).toEqual({ paid: false, failed: true, preimage: null })
  })

  it('reports trouble on the way and goes on', async () => {
    const server = await startPreparedServer({ status: 503, body: 'down' })
    const watch = settled('1'.repeat(64), { url: server.url, pollMs: 20 })
    await expect.poll(() => watch.problems.length).toBeGreaterThan(1)
    expect(watch.problems[0]).toMatchObject({ code: 'server-error', retryable: true })
    server.answer = { status: 200, body: { paid: true, preimage: null } }
    expect((await watch.promise).paid).toBe(true)
    await server.close()
  })

  it('believes no push without a look-up', async () => {
    const server = await startPreparedServer({ status: 200, body: { paid: false } })
    let push: () => void = () => undefined
    class Pushing {
      addEventListener(type: string, listener: () => void) {
        if (type === 'message') push = listener
      }
      close() {
        return undefined
      }
    }
    const watch = settled('1'.repeat(64), { url: server.url, WebSocket: Pushing, pollMs: 60_000 })
    await expect.poll(() => server.asked.length).toBe(1)
    let calls = 0
    void watch.promise.then(() => (calls += 1))
    push()
    await expect.poll(() => server.asked.length).toBeGreaterThan(1)
    expect(calls).toBe(0)
    server.answer = { status: 200, body: { paid: true } }
    push()
    expect((await watch.promise).paid).toBe(true)
    await server.close()
  })

  it('stops on abort, also before it has begun', async () => {
    const server = await startPreparedServer({ status: 200, body: { paid: false } })
    const watch = settled('1'.repeat(64), { url: server.url, pollMs: 20 })
    await expect.poll(() => server.asked.length).toBeGreaterThan(1)
    watch.stop.abort()
    await new Promise((resolve) => setTimeout(resolve, 60))
    const asked = server.asked.length
    issuer({ url: server.url }).watchInvoice(
      '1'.repeat(64),
      { onSettled: () => expect.unreachable() },
      AbortSignal.abort(),
    )
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(server.asked.length).toBe(asked)
    await server.close()
  })
})
