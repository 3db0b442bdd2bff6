/** The ledger: balances move once, together, or not at all. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeInvoice } from '@/payments/bolt11'
import { encodeInvoice } from '../../../dev/wallet/bolt11Encoder'
import { Ledger, type LedgerPayment } from '../../../dev/wallet/ledger'

const NODE_KEY = '4'.repeat(64)
let ledger: Ledger
let clock = 0

const addWallet = (id: string, balanceMsat: number) =>
  ledger.addWallet({ id, name: id, adminkey: `${id}-admin`, inkey: `${id}-in`, balanceMsat })
const balances = () => ['customer', 'merchant', 'other'].map((id) => ledger.wallet(id)!.balanceMsat)
const invoice = (amountMsat = 5_000) =>
  ledger.createInvoice('merchant', { amountMsat, memo: 'Tea', expirySeconds: 60 })

beforeEach(() => {
  clock = 1_790_000_000_500
  ledger = new Ledger({ network: 'regtest', nodeKey: NODE_KEY, now: () => clock })
  addWallet('customer', 10_000)
  addWallet('merchant', 0)
  addWallet('other', 100_000)
})

describe('Ledger', () => {
  it('makes real invoices', () => {
    const made = invoice(1_234)
    expect(decodeInvoice(made.bolt11)).toMatchObject({
      ok: true,
      value: {
        network: 'regtest',
        amountMsat: 1_234,
        paymentHash: made.hash,
        description: 'Tea',
        createdAt: 1_790_000_000,
        expiresAt: 1_790_000_060,
      },
    })
  })

  it('moves the amount and tells both sides', () => {
    const heard: LedgerPayment[] = []
    const stop = ledger.onChange((payment) => heard.push(payment))
    const made = invoice()
    const paid = ledger.pay('customer', made.bolt11.toUpperCase())
    expect(paid).toMatchObject({ ok: true, value: { repeated: false } })
    expect(balances()).toEqual([5_000, 5_000, 100_000])
    expect(heard).toMatchObject([
      { walletId: 'customer', amountMsat: -5_000, state: 'success' },
      { walletId: 'merchant', amountMsat: 5_000, state: 'success' },
    ])
    expect(ledger.find(made.hash)?.state).toBe('success')
    stop()
    ledger.pay('customer', invoice(1).bolt11)
    expect(heard).toHaveLength(2)
  })

  it('gives the same payment back to the same payer, and nothing moves', () => {
    const made = invoice()
    const first = ledger.pay('customer', made.bolt11)
    const second = ledger.pay('customer', made.bolt11)
    expect(second).toEqual({ ok: true, value: { ...(first.ok && first.value), repeated: true } })
    expect(balances()).toEqual([5_000, 5_000, 100_000])
  })

  it('lets nobody else pay it again', () => {
    const made = invoice()
    ledger.pay('customer', made.bolt11)
    expect(ledger.pay('other', made.bolt11)).toEqual({ ok: false, reason: 'already-paid' })
    expect(balances()).toEqual([5_000, 5_000, 100_000])
  })

  it('takes an invoice that has expired, as LNbits does, but none that has failed', () => {
    const late = invoice()
    clock += 61_000
    expect(ledger.pay('customer', late.bolt11)).toMatchObject({ ok: true })
    const failed = invoice()
    ledger.failInvoice(failed.hash)
    expect(ledger.pay('customer', failed.bolt11)).toEqual({ ok: false, reason: 'failed-invoice' })
    ledger.failInvoice(late.hash)
    expect(ledger.find(late.hash)?.state).toBe('success')
  })

  it('refuses what it cannot pay and keeps every balance', () => {
    const made = invoice()
    const draft = { network: 'regtest', createdAt: 1_790_000_000, nodeKey: NODE_KEY } as const
    const twin = encodeInvoice({ ...draft, amountMsat: 1, paymentHash: made.hash })
    const strange = encodeInvoice({ ...draft, amountMsat: 1, paymentHash: '5'.repeat(64) })
    const open = encodeInvoice({ ...draft, amountMsat: null, paymentHash: made.hash })
    const reasonOf = (bolt11: string) => {
      const paid = ledger.pay('customer', bolt11)
      return paid.ok ? 'paid' : paid.reason
    }
    expect(reasonOf('lnbcrt1')).toBe('not-an-invoice')
    expect(reasonOf(twin)).toBe('not-of-this-ledger')
    expect(reasonOf(strange)).toBe('not-of-this-ledger')
    expect(reasonOf(open)).toBe('without-amount')
    expect(reasonOf(invoice(10_001).bolt11)).toBe('insufficient-balance')
    expect(balances()).toEqual([10_000, 0, 100_000])
  })

  it('can pay itself without making or losing money', () => {
    const made = ledger.createInvoice('other', { amountMsat: 700, memo: '' })
    expect(ledger.pay('other', made.bolt11)).toMatchObject({ ok: true })
    expect(balances()).toEqual([10_000, 0, 100_000])
  })

  it('never changes the sum, and no balance falls below zero', () => {
    const step = fc.record({
      payer: fc.constantFrom('customer', 'merchant', 'other'),
      payee: fc.constantFrom('customer', 'merchant', 'other'),
      amountMsat: fc.integer({ min: 1, max: 60_000 }),
      times: fc.integer({ min: 1, max: 2 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        for (const { payer, payee, amountMsat, times } of steps) {
          const { bolt11 } = ledger.createInvoice(payee, { amountMsat, memo: '' })
          for (let i = 0; i < times; i += 1) ledger.pay(payer, bolt11)
        }
        expect(balances().reduce((sum, balance) => sum + balance)).toBe(110_000)
        expect(Math.min(...balances())).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 20 },
    )
  })
})
