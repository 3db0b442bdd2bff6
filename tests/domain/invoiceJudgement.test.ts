/** Which invoices may be paid at once, after consent, or never. */
import { describe, expect, it } from 'vitest'
import type { DecodedInvoice, ExpectedTotal, InvoiceProblem } from '@/domain/invoice'
import { explainInvoiceProblem, judgeInvoice, payableUntil } from '@/domain/invoiceJudgement'
import type { Msat, Sat } from '@/domain/money'
import { T0 } from '../factories/events'
import { invoice } from '../factories/invoices'

const EXACT: ExpectedTotal = { kind: 'exact', sat: 1100 as Sat }
const ESTIMATE: ExpectedTotal = { kind: 'estimate', sat: 1100 as Sat, toleranceSat: 22 as Sat }
const UNKNOWN: ExpectedTotal = { kind: 'unknown', why: 'No exchange rate for EUR was available.' }

const judge = (fields: Partial<Parameters<typeof judgeInvoice>[0]> = {}) =>
  judgeInvoice({
    invoice: invoice(),
    problem: null,
    expected: EXACT,
    network: 'regtest',
    now: T0,
    consented: false,
    ...fields,
  })

const over = (amountMsat: number | null): DecodedInvoice =>
  invoice({ amountMsat: amountMsat as Msat | null })

const failedChecks = (fields: Parameters<typeof judge>[0]) =>
  judge(fields).checks.filter(({ passed }) => !passed)

describe('an invoice as ordered', () => {
  it('is payable, and every check says so', () => {
    expect(judge().verdict).toBe('payable')
    expect(judge().checks.map(({ name, passed }) => [name, passed])).toEqual([
      ['invoice', true],
      ['network', true],
      ['expiry', true],
      ['amount', true],
    ])
  })
})

describe('never payable, with or without consent', () => {
  it.each<[string, Parameters<typeof judge>[0], string]>([
    ['wrong network', { network: 'bitcoin' }, 'network'],
    ['expired', { now: invoice().expiresAt }, 'expiry'],
    ['about to expire', { now: payableUntil(invoice()) }, 'expiry'],
    ['without an amount', { invoice: over(null) }, 'amount'],
    ['without an amount or a rate', { invoice: over(null), expected: UNKNOWN }, 'amount'],
    ['no invoice at all', { invoice: null }, 'invoice'],
    ['readable but with a problem', { problem: 'bad-signature' }, 'invoice'],
  ])('%s', (_, fields, failing) => {
    for (const consented of [false, true]) {
      expect(judge({ ...fields, consented }).verdict).toBe('refused')
    }
    expect(failedChecks(fields).map(({ name }) => name)).toContain(failing)
  })

  it.each<InvoiceProblem>([
    'not-an-invoice',
    'bad-checksum',
    'bad-signature',
    'bad-amount',
    'unknown-network',
    'unsupported-feature',
    'missing-field',
  ])('%s, explained in a sentence', (problem) => {
    const judgement = judge({ invoice: null, problem, consented: true })
    expect(judgement.verdict).toBe('refused')
    expect(judgement.checks[0]?.text).toMatch(/^[A-Z].*\.$/)
  })

  it('names both networks', () => {
    expect(failedChecks({ network: 'bitcoin' })[0]?.text).toContain(
      'for regtest, but this market runs on bitcoin',
    )
  })

  it('is payable until just before it expires', () => {
    expect(judge({ now: payableUntil(invoice()) - 1 }).verdict).toBe('payable')
  })
})

describe('the amount', () => {
  it.each([
    ['one millisatoshi more', 1_100_001],
    ['one millisatoshi less', 1_099_999],
    ['much more', 99_000_000],
  ])('of a sat stall: %s needs consent', (_, msat) => {
    expect(judge({ invoice: over(msat) }).verdict).toBe('needs-consent')
    expect(judge({ invoice: over(msat), consented: true }).verdict).toBe('payable')
  })

  it('is told next to ours', () => {
    const [amount] = failedChecks({ invoice: over(1_200_000) })
    expect(amount?.text).toMatch(/asks for 1.?200 sat; your order comes to 1.?100 sat/)
  })

  it.each([
    [1_122_000, 'payable'],
    [1_078_000, 'payable'],
    [1_122_001, 'needs-consent'],
    [1_077_999, 'needs-consent'],
  ])('of a fiat stall: %i msat for 1100 sat within 22 is %s', (msat, verdict) => {
    expect(judge({ invoice: over(msat), expected: ESTIMATE }).verdict).toBe(verdict)
  })

  it('without a rate needs consent and says why', () => {
    expect(judge({ expected: UNKNOWN }).verdict).toBe('needs-consent')
    expect(failedChecks({ expected: UNKNOWN })[0]?.text).toContain('No exchange rate for EUR')
    expect(judge({ expected: UNKNOWN, consented: true }).verdict).toBe('payable')
  })
})

describe('what a person is told', () => {
  const told = (fields: Parameters<typeof judge>[0] = {}) =>
    Object.fromEntries(judge(fields).checks.map(({ name, text }) => [name, text]))

  it('of an invoice as ordered', () => {
    expect(told()).toEqual({
      invoice: 'Sent and signed by this merchant',
      network: 'For the regtest network',
      expiry: 'Not expired',
      amount: 'Amount as ordered',
    })
  })

  it('of an amount that was estimated', () => {
    expect(told({ expected: ESTIMATE }).amount).toBe('Amount as estimated at the exchange rate')
  })

  it('of an invoice that has expired', () => {
    expect(told({ now: invoice().expiresAt }).expiry).toBe(
      'The invoice has expired. Ask the merchant for a new one.',
    )
  })

  it('of an invoice for another network', () => {
    expect(told({ network: 'signet' }).network).toBe(
      'The invoice is for regtest, but this market runs on signet. Do not pay it.',
    )
  })

  it('of an invoice without an amount', () => {
    expect(told({ invoice: over(null) }).amount).toBe(
      'The invoice names no amount, so it cannot be checked.',
    )
  })

  it('of an amount for which there is no rate: the figure, and why', () => {
    expect(told({ expected: UNKNOWN }).amount).toMatch(
      /^The amount of 1.?100 sat could not be checked. No exchange rate for EUR was available.$/,
    )
  })

  it('of anything that is no invoice: what is wrong with it, and nothing else', () => {
    expect(told({ invoice: null })).toEqual({
      invoice: 'What the merchant sent is not a Lightning invoice.',
    })
    expect(told({ invoice: null, problem: 'bad-signature' })).toEqual({
      invoice: explainInvoiceProblem('bad-signature'),
    })
  })

  it.each<[InvoiceProblem, string]>([
    ['bad-checksum', 'checksum'],
    ['bad-signature', 'signature'],
    ['bad-amount', 'amount'],
    ['unknown-network', 'network'],
    ['unsupported-feature', 'wallets do not support'],
    ['missing-field', 'lacks'],
  ])('of the problem %s', (problem, word) => {
    expect(explainInvoiceProblem(problem)).toContain(word)
  })
})

describe('every check', () => {
  it.each<[string, Parameters<typeof judge>[0], string[]]>([
    ['a wrong network', { network: 'bitcoin' }, ['network']],
    ['a wrong amount', { invoice: over(5) }, ['amount']],
    ['an unknown amount', { expected: UNKNOWN }, ['amount']],
    ['no amount', { invoice: over(null) }, ['amount']],
    ['an expired invoice', { now: invoice().expiresAt }, ['expiry']],
    [
      'all of these',
      { network: 'bitcoin', invoice: over(5), now: invoice().expiresAt },
      ['network', 'expiry', 'amount'],
    ],
  ])('of %s is listed, and the failing ones are marked', (_, fields, failing) => {
    expect(judge(fields).checks.map(({ name }) => name)).toEqual([
      'invoice',
      'network',
      'expiry',
      'amount',
    ])
    expect(failedChecks(fields).map(({ name }) => name)).toEqual(failing)
  })

  it('takes an invoice off the screen half a minute before it expires', () => {
    expect(payableUntil(invoice())).toBe(invoice().expiresAt - 30)
  })
})
