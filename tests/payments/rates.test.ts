/** Exchange rates: asked once in ten minutes, checked, and never asked for sat. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLnbitsRateSource } from '@/payments/rates'
import { startDevWallet } from '../../dev/wallet/wallet'
import { startPreparedServer, type PreparedServer } from './lnbitsServer'

let server: PreparedServer
let clock = 0
beforeEach(async () => {
  clock = 1_790_000_000
  server = await startPreparedServer({ status: 200, body: { rate: 1000, price: 100_000 } })
})
afterEach(() => server.close())

const source = () => createLnbitsRateSource({ url: server.url, now: () => clock })

describe('createLnbitsRateSource', () => {
  it('reads satoshi per unit', async () => {
    expect(await source().rateOf('usd')).toEqual({
      ok: true,
      value: { currency: 'USD', satPerUnit: 1000, at: clock },
    })
    expect(server.asked).toMatchObject([{ path: '/api/v1/rate/USD', key: undefined }])
  })

  it('keeps a rate for ten minutes', async () => {
    const rates = source()
    await rates.rateOf('EUR')
    clock += 599
    await rates.rateOf('eur ')
    expect(server.asked).toHaveLength(1)
    clock += 1
    await rates.rateOf('EUR')
    expect(server.asked).toHaveLength(2)
  })

  it('shares one request between calls at the same time', async () => {
    const rates = source()
    await Promise.all([rates.rateOf('EUR'), rates.rateOf('EUR'), rates.rateOf('USD')])
    expect(server.asked.map(({ path }) => path).sort()).toEqual([
      '/api/v1/rate/EUR',
      '/api/v1/rate/USD',
    ])
  })

  it('does not keep a failure', async () => {
    const rates = source()
    server.answer = { status: 503, body: '' }
    expect(await rates.rateOf('EUR')).toMatchObject({ ok: false, reason: { retryable: true } })
    server.answer = { status: 200, body: { rate: 1111.5 } }
    expect(await rates.rateOf('EUR')).toMatchObject({ ok: true, value: { satPerUnit: 1111.5 } })
  })

  it.each(['sat', 'SATS', ' satoshi '])('knows %s without asking', async (currency) => {
    expect(await source().rateOf(currency)).toMatchObject({ ok: true, value: { satPerUnit: 1 } })
    expect(server.asked).toEqual([])
  })

  it.each(['', 'shells', '€', '../wallet'])('has no rate for "%s"', async (currency) => {
    expect(await source().rateOf(currency)).toMatchObject({
      ok: false,
      reason: { code: 'refused' },
    })
    expect(server.asked).toEqual([])
  })

  it.each([
    ['zero', '{"rate":0}'],
    ['negative', '{"rate":-1}'],
    ['infinite', '{"rate":1e999}'],
    ['text', '{"rate":"1000"}'],
    ['missing', '{}'],
  ])('refuses a rate that is %s', async (_name, body) => {
    server.answer = { status: 200, body }
    expect(await source().rateOf('EUR')).toMatchObject({
      ok: false,
      reason: { code: 'bad-answer' },
    })
  })

  it('reads the fixed rates of the dev wallet', async () => {
    const wallet = await startDevWallet()
    const rates = createLnbitsRateSource({ url: wallet.url })
    expect(await rates.rateOf('USD')).toMatchObject({ ok: true, value: { satPerUnit: 1000 } })
    expect(await rates.rateOf('EUR')).toMatchObject({
      ok: true,
      value: { satPerUnit: 1e8 / 90_000 },
    })
    expect(await rates.rateOf('GBP')).toMatchObject({ ok: false, reason: { code: 'refused' } })
    await wallet.close()
  })
})
