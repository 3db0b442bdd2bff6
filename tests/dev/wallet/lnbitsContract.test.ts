/** The dev wallet answers the recorded requests as the recorded LNbits did: status, CORS, shape. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { startDevWallet, type DevWallet, type WalletKeys } from '../../../dev/wallet/wallet'
import fixture from '../../fixtures/nostrmarket/lnbits-http.json'

type Recorded = (typeof fixture.http)[number]

let wallet: DevWallet
let merchant: WalletKeys
beforeAll(async () => {
  wallet = await startDevWallet()
  merchant = wallet.createWallet('merchant')
})
afterAll(() => wallet.close())

/** What a value is made of: types for values, the same for every item of a list. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length ? [shapeOf(value[0])] : []
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  const entries = Object.entries(value).map(([key, item]) => [key, shapeOf(item)])
  return Object.fromEntries(entries) as unknown
}

const newInvoice = () =>
  wallet.ledger.createInvoice(merchant.id, {
    amountMsat: 123_000,
    memo: 'Order test',
    extra: { tag: 'nostrmarket', order_id: 'x', merchant_pubkey: 'a'.repeat(64) },
  })

/** Brings the ledger into the recorded state and returns the path with this ledger's hash. */
function prepare({ name, request }: Recorded): string {
  if (!/^payment, (un)?paid$/.test(name)) return request.path
  const invoice = newInvoice()
  if (name === 'payment, paid') wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
  return `/api/v1/payments/${invoice.hash}`
}

function replay(recorded: Recorded): Promise<Response> {
  const { method, auth, body } = recorded.request
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (auth === 'invoice key') headers['x-api-key'] = merchant.inkey
  if (auth === 'bad key') headers['x-api-key'] = '0'.repeat(32)
  // The header comes only with an origin, which was recorded for some of the requests.
  if (recorded.response.cors) headers.origin = 'http://localhost:5173'
  const init = { method, headers, body: body && JSON.stringify(body) }
  return fetch(wallet.url + prepare(recorded), init)
}

describe('each recorded request', () => {
  it.each(fixture.http)('$name', async (recorded) => {
    const response = await replay(recorded)
    const body: unknown = await response.json()
    expect(response.status).toBe(recorded.response.status)
    expect(response.headers.get('access-control-allow-origin')).toBe(recorded.response.cors)
    expect(shapeOf(body)).toEqual(shapeOf(recorded.response.body))
    if (response.status >= 400) expect(body).toEqual(recorded.response.body)
  })

  it('shows the values that do not depend on the moment', async () => {
    const valueOf = async (name: string): Promise<readonly Record<string, unknown>[]> => {
      const recorded = fixture.http.find((entry) => entry.name === name)!
      const answered = (await (await replay(recorded)).json()) as Record<string, unknown>
      return [answered, { ...recorded.response.body }]
    }
    for (const name of ['rate USD', 'conversion']) {
      const [answered, recorded] = await valueOf(name)
      expect(answered).toEqual(recorded)
    }
    for (const name of ['create invoice', 'payment, unpaid', 'payment, paid']) {
      const [answered, recorded] = await valueOf(name)
      const stable = ['amount', 'fee', 'status', 'memo', 'tag', 'paid', 'labels', 'webhook']
      for (const field of stable)
        expect([field, answered![field]]).toEqual([field, recorded![field]])
      expect(answered!.preimage).toMatch(/^[0-9a-f]{64}$/)
    }
  })
})

describe('each recorded push', () => {
  async function pushes(item: string): Promise<readonly unknown[]> {
    const socket = new WebSocket(`${wallet.url.replace('http', 'ws')}/api/v1/ws/${item}`)
    const heard: unknown[] = []
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
    await once(socket, 'open')
    return heard
  }

  it('to those who listen to the payment hash', async () => {
    const invoice = newInvoice()
    const heard = await pushes(invoice.hash)
    wallet.ledger.pay(wallet.customer.id, invoice.bolt11)
    await expect.poll(() => heard.length).toBe(fixture.websocketByPaymentHash.length)
    expect(heard).toEqual(fixture.websocketByPaymentHash)
  })

  it('to those who listen to the invoice key', async () => {
    const heard = await pushes(merchant.inkey)
    wallet.ledger.pay(wallet.customer.id, newInvoice().bolt11)
    await expect.poll(() => heard.length).toBe(1)
    expect(heard.map(shapeOf)).toEqual(fixture.websocketByInvoiceKey.map(shapeOf))
  })
})

describe('beyond the record', () => {
  const ask = async (path: string, key = '', body?: unknown) => {
    const headers: Record<string, string> = key ? { 'x-api-key': key } : {}
    const init =
      body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(wallet.url + path, init)
    return [response.status, await response.json()] as const
  }

  it('pays with an admin key, once', async () => {
    const { bolt11, hash } = newInvoice()
    const pay = () => ask('/api/v1/payments', wallet.customer.adminkey, { bolt11 })
    const [status, body] = await pay()
    expect(status).toBe(201)
    expect(body).toMatchObject({ amount: -123_000, status: 'success', payment_hash: hash })
    expect(await pay()).toEqual([
      520,
      { detail: 'Internal invoice already paid.', status: 'failed' },
    ])
  })

  it('pays nothing with an invoice key', async () => {
    const { bolt11, hash } = newInvoice()
    const [status] = await ask('/api/v1/payments', wallet.customer.inkey, { out: true, bolt11 })
    expect([status, wallet.ledger.find(hash)?.state]).toEqual([403, 'pending'])
  })

  it('reaches no invoice of another node and pays no more than there is', async () => {
    const recorded = fixture.http[1]!.response.body as { bolt11: string }
    expect(await ask('/api/v1/payments', wallet.customer.adminkey, recorded)).toEqual([
      520,
      { detail: 'Only internal invoices can be used!', status: 'failed' },
    ])
    const poor = wallet.createWallet('poor', 1)
    expect(await ask('/api/v1/payments', poor.adminkey, newInvoice())).toEqual([
      520,
      { detail: 'Insufficient balance.', status: 'failed' },
    ])
  })

  it("tells a wallet's id only to its admin key", async () => {
    expect((await ask('/api/v1/wallet', merchant.adminkey))[1]).toMatchObject({ id: merchant.id })
    expect((await ask('/api/v1/wallet', merchant.inkey))[1]).not.toHaveProperty('id')
  })

  it('shows a payment without a key but not its details, and none of another wallet', async () => {
    const path = `/api/v1/payments/${newInvoice().hash}`
    expect(Object.keys((await ask(path))[1] as object).sort()).toEqual(['paid', 'preimage'])
    expect((await ask(path, wallet.customer.inkey))[0]).toBe(404)
  })

  it('answers a preflight', async () => {
    const response = await fetch(`${wallet.url}/api/v1/payments`, {
      method: 'OPTIONS',
      headers: { origin: 'http://x', 'access-control-request-headers': 'x-api-key,content-type' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-headers')).toBe('x-api-key,content-type')
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
  })

  it.each(['{"out":', 'null', '[]', '"text"'])('survives the body %s', async (body) => {
    const headers = { 'x-api-key': merchant.inkey }
    const response = await fetch(`${wallet.url}/api/v1/payments`, { method: 'POST', headers, body })
    expect(response.status).toBe(400)
  })

  it('says which port is taken', async () => {
    await expect(startDevWallet({ port: wallet.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
