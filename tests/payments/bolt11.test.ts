/** The official BOLT11 examples, the rules that they do not cover, and what must hold for any text. */
import fc from 'fast-check'
import { decode as decodeElsewhere } from 'light-bolt11-decoder'
import { describe, expect, it } from 'vitest'
import type { InvoiceProblem, Network } from '@/domain/invoice'
import { decodeInvoice } from '@/payments/bolt11'
import { encodeInvoice, type InvoiceDraft } from '../../dev/wallet/bolt11Encoder'
import vectors from '../fixtures/vectors/bolt11.vectors.json'

const PAYEE = '03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad'
const HASH = '0001020304050607080900010203040506070809000102030405060708090102'
const KEY = 'e126f68f7eafcc8b74f54d269fe206be715000f94dac067d1c04a8ca3b2db734'
const OTHER_PUBLIC_KEY = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'

const draft: InvoiceDraft = {
  network: 'regtest',
  amountMsat: 250_000_000,
  paymentHash: HASH,
  description: 'One teapot',
  createdAt: 1_790_000_000,
  nodeKey: KEY,
}
const make = (changes: Partial<InvoiceDraft> = {}) => encodeInvoice({ ...draft, ...changes })
const problemOf = (text: string) => {
  const result = decodeInvoice(text)
  return result.ok ? 'valid' : result.reason
}

describe('the official examples', () => {
  it('are all there', () => {
    expect([vectors.valid.length, vectors.invalid.length]).toEqual([16, 10])
  })

  it.each(vectors.valid)('accepts: $title', (example) => {
    const result = decodeInvoice(example.invoice)
    expect(result).toMatchObject({
      ok: true,
      value: {
        bolt11: example.invoice.toLowerCase(),
        amountMsat: example.amount_msat,
        createdAt: example.timestamp ?? 1496314658,
        expiresAt: (example.timestamp ?? 1496314658) + (example.expiry ?? 3600),
      },
    })
  })

  it('names the payee, the hash and the words of the first', () => {
    expect(decodeInvoice(vectors.valid[0]!.invoice)).toMatchObject({
      ok: true,
      value: {
        network: 'bitcoin',
        payee: PAYEE,
        paymentHash: HASH,
        description: 'Please consider supporting this project',
      },
    })
  })

  it('recovers the same payee from every example but the one signed by another node', () => {
    const payees = vectors.valid.map(({ invoice }) => {
      const result = decodeInvoice(invoice)
      return result.ok && result.value.payee
    })
    expect(payees.filter((payee) => payee === PAYEE).length).toBeGreaterThanOrEqual(14)
  })

  const REASONS: readonly InvoiceProblem[] = [
    'unsupported-feature',
    'bad-checksum',
    'not-an-invoice',
    'not-an-invoice',
    'bad-signature',
    'not-an-invoice',
    'bad-amount',
    'bad-amount',
    'missing-field',
    'bad-signature',
  ]
  it.each(vectors.invalid.map((example, index) => ({ ...example, reason: REASONS[index] })))(
    'refuses as $reason: $title',
    ({ invoice, reason }) => {
      expect(decodeInvoice(invoice)).toEqual({ ok: false, reason })
    },
  )
})

describe('decodeInvoice', () => {
  it('takes a lightning: prefix, upper case and surrounding space', () => {
    const bolt11 = make()
    const upper = bolt11.toUpperCase()
    for (const text of [
      `lightning:${bolt11}`,
      `LIGHTNING:${upper}`,
      `lightning://${bolt11}`,
      upper,
      ` ${bolt11}\n`,
    ]) {
      expect(decodeInvoice(text)).toMatchObject({ ok: true, value: { bolt11 } })
    }
  })

  it.each<[Network, string]>([
    ['bitcoin', 'lnbc2500u1'],
    ['testnet', 'lntb2500u1'],
    ['signet', 'lntbs2500u1'],
    ['regtest', 'lnbcrt2500u1'],
  ])('knows %s by its prefix', (network, start) => {
    const bolt11 = make({ network })
    expect(bolt11.startsWith(start)).toBe(true)
    expect(decodeInvoice(bolt11)).toMatchObject({ ok: true, value: { network } })
  })

  it.each<[string, string]>([
    ['an unknown network', 'lnsb2500u'],
    ['no network', 'ln2500u'],
  ])('refuses %s', (_name, prefix) => {
    expect(problemOf(make({ prefix }))).toMatch(/unknown-network|not-an-invoice/)
  })

  it.each([
    ['zero', 'lnbcrt0u'],
    ['a leading zero', 'lnbcrt02500u'],
    ['a fraction of a millisatoshi', 'lnbcrt15p'],
    ['two multipliers', 'lnbcrt25uu'],
    ['an unknown multiplier', 'lnbcrt25k'],
    ['more than an exact number holds', 'lnbcrt90072'],
    ['very many digits', `lnbcrt${'9'.repeat(60)}m`],
  ])('refuses an amount with %s', (_name, prefix) => {
    expect(problemOf(make({ prefix }))).toBe('bad-amount')
  })

  it.each([
    [1, '10p'],
    [99, '990p'],
    [100, '1n'],
    [100_000, '1u'],
    [100_000_000, '1m'],
    [100_000_000_000, '1'],
    [9_007_199_254_740_990, '90071992547409900p'],
  ])('reads %i msat', (amountMsat, text) => {
    const bolt11 = make({ amountMsat })
    expect(bolt11.startsWith(`lnbcrt${text}1`)).toBe(true)
    expect(decodeInvoice(bolt11)).toMatchObject({ ok: true, value: { amountMsat } })
  })

  it.each<[string, Partial<InvoiceDraft>, InvoiceProblem]>([
    ['no payment hash', { paymentHash: null, paymentSecret: HASH }, 'missing-field'],
    ['a payment hash of 31 bytes', { paymentHash: HASH.slice(2) }, 'missing-field'],
    ['no payment secret', { paymentSecret: null }, 'missing-field'],
    ['both descriptions', { descriptionHash: HASH }, 'not-an-invoice'],
    ['an unknown required feature', { features: [8, 14, 30] }, 'unsupported-feature'],
    ['a required feature far up', { features: [8, 14, 1000] }, 'unsupported-feature'],
    ['another payee than its signer', { payee: OTHER_PUBLIC_KEY }, 'bad-signature'],
    ['a payee that is no key', { payee: '05'.repeat(33) }, 'bad-signature'],
    ['a high S beside a named payee', { payee: true, highS: true }, 'bad-signature'],
    ['a signature of zeros', { signature: '00'.repeat(65) }, 'bad-signature'],
    ['a recovery number above 3', { signature: '11'.repeat(64) + '04' }, 'bad-signature'],
  ])('refuses %s', (_name, changes, reason) => {
    expect(problemOf(make(changes))).toBe(reason)
  })

  it('refuses no description at all', () => {
    const bolt11 = make({ descriptionHash: HASH, description: undefined })
    expect(decodeInvoice(bolt11)).toMatchObject({ ok: true, value: { description: null } })
    expect(problemOf(make({ descriptionHash: HASH.slice(2), description: undefined }))).toBe(
      'missing-field',
    )
  })

  it('accepts known features, odd unknown ones, a named payee and a high S without one', () => {
    for (const changes of [
      { features: [8, 14, 16, 24, 48] },
      { features: [9, 15, 99, 1001] },
      { payee: true as const },
      { highS: true },
    ]) {
      expect(decodeInvoice(make(changes))).toMatchObject({ ok: true, value: { payee: PAYEE } })
    }
  })

  it('takes the first of two lengths for an empty list of features', () => {
    expect(problemOf(make({ features: [] }))).toBe('valid')
  })

  it('reads the expiry, one hour where there is none, and no date beyond the calendar', () => {
    const expiresAt = (expirySeconds?: number) => {
      const result = decodeInvoice(make({ expirySeconds }))
      return result.ok && result.value.expiresAt
    }
    expect(expiresAt()).toBe(draft.createdAt + 3600)
    expect(expiresAt(0)).toBe(draft.createdAt)
    expect(expiresAt(600)).toBe(draft.createdAt + 600)
    const farOff = expiresAt(2 ** 60)
    expect(Number.isNaN(new Date(Number(farOff) * 1000).getTime())).toBe(false)
  })

  it('agrees with another decoder wherever that one can read the invoice', () => {
    for (const bolt11 of [
      make(),
      make({ amountMsat: 123_456 }),
      make({ description: 'Tee für zwei 🍵'.slice(0, -2) }),
    ]) {
      const sections = decodeElsewhere(bolt11).sections
      const value = (name: string) =>
        sections.map((s) => ({ value: undefined, ...s })).find((s) => s.name === name)?.value
      expect(decodeInvoice(bolt11)).toMatchObject({
        ok: true,
        value: {
          amountMsat: Number(value('amount')),
          paymentHash: value('payment_hash'),
          description: value('description'),
          createdAt: value('timestamp'),
        },
      })
    }
  })
})

describe('for any text', () => {
  const BECH32 = [...'qpzry9x8gf2tvdw0s3jn54khce6mua7l']

  it('never throws', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(...BECH32), maxLength: 400 }).map((data) => `lnbc1${data}`),
    )
    fc.assert(
      fc.property(texts, (text) => decodeInvoice(text).ok === false),
      { numRuns: 2000 },
    )
  })

  it('never throws on words with a right checksum, whatever they say', () => {
    const pieces = fc.record({
      features: fc.array(fc.nat(200), { maxLength: 4 }),
      paymentHash: fc.option(fc.uint8Array({ minLength: 30, maxLength: 34 })),
      signature: fc.uint8Array({ minLength: 65, maxLength: 65 }),
      prefix: fc.string({
        unit: fc.constantFrom(...'lnbcrtsm0123456789p'),
        minLength: 1,
        maxLength: 12,
      }),
    })
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
    fc.assert(
      fc.property(pieces, ({ features, paymentHash, signature, prefix }) => {
        const result = decodeInvoice(
          make({
            features,
            paymentHash: paymentHash && hex(paymentHash),
            signature: hex(signature),
            prefix,
          }),
        )
        expect(typeof result.ok).toBe('boolean')
      }),
      { numRuns: 120 },
    )
  })

  it('never reads another amount or hash after any one character changed', () => {
    const bolt11 = make()
    const change = fc.tuple(
      fc.nat(bolt11.length - 1),
      fc.oneof(
        fc.constantFrom(...BECH32, ...'1bioLNBC '),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    )
    fc.assert(
      fc.property(change, ([at, character]) => {
        const result = decodeInvoice(bolt11.slice(0, at) + character + bolt11.slice(at + 1))
        if (!result.ok) return
        expect(result.value).toMatchObject({ amountMsat: draft.amountMsat, paymentHash: HASH })
      }),
      { numRuns: 3000 },
    )
  })

  it('reads back what was written', () => {
    const drafts = fc.record({
      network: fc.constantFrom<Network>('bitcoin', 'testnet', 'signet', 'regtest'),
      amountMsat: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
      paymentHash: fc
        .uint8Array({ minLength: 32, maxLength: 32 })
        .map((b) => Buffer.from(b).toString('hex')),
      description: fc.string({ unit: 'grapheme', maxLength: 60 }),
      createdAt: fc.integer({ min: 0, max: 2 ** 35 - 1 }),
      expirySeconds: fc.integer({ min: 1, max: 2 ** 30 }),
    })
    fc.assert(
      fc.property(drafts, (fields) => {
        const { expirySeconds, createdAt, ...same } = fields
        expect(decodeInvoice(make(fields))).toMatchObject({
          ok: true,
          value: { ...same, createdAt, expiresAt: createdAt + expirySeconds, payee: PAYEE },
        })
      }),
      { numRuns: 60 },
    )
  })
})
