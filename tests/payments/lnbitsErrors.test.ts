/** Every recorded refusal of LNbits, and everything else that can go wrong, in words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WalletProblem } from '@/domain/wallet'
import { createLnbitsIssuer, type LnbitsIssuerOptions } from '@/payments/lnbits'
import { createLnbitsRateSource } from '@/payments/rates'
import fixture from '../fixtures/nostrmarket/lnbits-http.json'
import { startPreparedServer, type PreparedServer } from './lnbitsServer'
import { invoiceRequest } from './order'

let server: PreparedServer
beforeAll(async () => {
  server = await startPreparedServer({ status: 200, body: {} })
})
afterAll(() => server.close())

const issuer = (changes: Partial<LnbitsIssuerOptions> = {}) =>
  createLnbitsIssuer({ url: server.url, invoiceKey: 'k'.repeat(32), ...changes })

async function createProblem(changes?: Partial<LnbitsIssuerOptions>): Promise<WalletProblem> {
  const result = await issuer(changes).createInvoice(invoiceRequest(5))
  if (result.ok) throw new Error('an invoice was made')
  return result.reason
}

/** A message is for a person: whole sentences, what happened and what to do. */
function expectWords(problem: WalletProblem) {
  expect(problem.message).toMatch(/^["A-Z0-9].+[.]$/)
  expect(problem.message.split('. ').length).toBeGreaterThan(1)
  expect(problem.message).not.toMatch(/undefined|null|\[object|'loc'/)
}

const recordedRefusals = fixture.http.filter(({ response }) => response.status >= 400)

describe('the recorded refusals', () => {
  const EXPECTED: Readonly<Record<string, readonly [WalletProblem['code'], RegExp]>> = {
    'payment, unknown hash': ['not-found', /does not know this invoice/],
    'missing key': ['wrong-key', /without a key/],
    'unknown key': ['wrong-key', /no wallet with this key/],
    'out omitted with an invoice key': ['needs-other-key', /invoice\/read key/],
    'zero amount': ['refused', /Amountless invoices not supported/],
    'negative amount': ['refused', /amount: ensure this value is greater/],
    'amount is a word': ['refused', /amount: value is not a valid float/],
    'rate of an unknown currency': ['refused', /Currency 'XXX' not allowed/],
  }

  it('are all known here', () => {
    expect(recordedRefusals.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  it.each(
    recordedRefusals.map((recorded) => ({ ...recorded, expected: EXPECTED[recorded.name]! })),
  )('explains: $name', async ({ response, expected: [code, words] }) => {
    server.answer = { status: response.status, body: response.body }
    const problem = await createProblem()
    expect(problem).toMatchObject({ code, retryable: false })
    expect(problem.message).toMatch(words)
    expectWords(problem)
  })
})

describe('other refusals', () => {
  it.each<[number, unknown, WalletProblem['code'], boolean]>([
    [401, { detail: 'Invalid key' }, 'wrong-key', false],
    [403, 'Forbidden', 'needs-other-key', false],
    [404, '<html>nothing here</html>', 'not-found', false],
    [405, { detail: 'Method Not Allowed' }, 'not-found', false],
    [422, { detail: [{ loc: ['body', 'amount'], msg: 'field required' }] }, 'refused', false],
    [429, { detail: 'Rate limit exceeded' }, 'rate-limited', true],
    [500, { detail: 'Unexpected error' }, 'server-error', true],
    [502, '<html>bad gateway</html>', 'server-error', true],
    [503, '', 'server-error', true],
    [520, { detail: 'Unable to connect to node.', status: 'pending' }, 'server-error', true],
    [520, '<html>web server returned an unknown error</html>', 'server-error', true],
    [418, 'a teapot', 'bad-answer', false],
  ])('explains %i with %j', async (status, body, code, retryable) => {
    server.answer = { status, body }
    const problem = await createProblem()
    expect(problem).toMatchObject({ code, retryable })
    expectWords(problem)
  })

  it('repeats no more than a little of what a server says', async () => {
    server.answer = { status: 400, body: { detail: 'x'.repeat(5000) } }
    expect((await createProblem()).message.length).toBeLessThan(500)
  })
})

describe('answers that are none', () => {
  it.each<[string, unknown]>([
    ['text', 'Welcome to nginx!'],
    ['a list', []],
    ['null', null],
    ['a wrong type', { payment_hash: 5, bolt11: [] }],
  ])('explains %s', async (_name, body) => {
    server.answer = { status: 200, body }
    const problem = await createProblem()
    expect(problem).toMatchObject({ code: 'bad-answer', retryable: false })
    expectWords(problem)
  })

  it('explains a server that never answers', async () => {
    server.answer = { status: 200, body: undefined }
    const problem = await createProblem({ timeoutMs: 200 })
    expect(problem).toMatchObject({ code: 'timed-out', retryable: true })
    expectWords(problem)
  })

  it('explains a server that is not there', async () => {
    const problem = await createProblem({ url: 'http://127.0.0.1:1' })
    expect(problem).toMatchObject({ code: 'unreachable', retryable: true })
    expectWords(problem)
  })

  it('explains what a browser says when another origin is forbidden', async () => {
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    const problem = await createProblem({ fetch })
    expect(problem.message).toMatch(/CORS/)
    expect(problem.code).toBe('unreachable')
  })

  it.each(['', 'pay.example.org', 'ftp://pay.example.org', 'javascript:alert(1)'])(
    'explains the address "%s"',
    async (url) => {
      const problem = await createProblem({ url })
      expect(problem).toMatchObject({ code: 'unreachable', retryable: false })
      expectWords(problem)
    },
  )
})

it('explains a currency without a rate in the same words', async () => {
  server.answer = { status: 400, body: { detail: "Currency 'XXX' not allowed." } }
  const rate = await createLnbitsRateSource({ url: server.url }).rateOf('XXX')
  expect(rate).toMatchObject({ ok: false, reason: { code: 'refused' } })
})
