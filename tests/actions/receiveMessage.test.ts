/** A message becomes a fact of the order between its signer and its recipient, or says why not. */
import { describe, expect, it } from 'vitest'
import { journalReceived, receiveMessage } from '@/actions/receiveMessage'
import { orderKey } from '@/domain/ids'
import { createOrderBook } from '@/domain/orderBook'
import { fail } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import type { VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import { localSigner } from '@/signing/localKey'
import { directMessage, T0, unsigned } from '../factories/events'
import { bolt11 } from '../factories/invoices'
import { orderRef, request } from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'
import { testJournal } from '../factories/ports'

const signer = localSigner(CUSTOMER.secretKey)
const receive = (event: VerifiedEvent) => receiveMessage(event, { signer, decodeInvoice })

const order = encodeOrderMessage({ type: 'order', request: request() })
const asks = (link: string, extra: object = {}) =>
  JSON.stringify({ type: 1, id: 'order-1', payment_options: [{ type: 'ln', link }], ...extra })
const says = (fields: object) => JSON.stringify({ type: 2, id: 'order-1', ...fields })

describe('receiving', () => {
  it('the own order from another device', async () => {
    const event = directMessage(order, { from: CUSTOMER, to: MERCHANT })
    expect(await receive(event)).toMatchObject({
      type: 'fact',
      ref: orderRef(),
      fact: { type: 'placed', id: event.id, time: T0, request: request() },
    })
  })

  it('a payment request with its invoice', async () => {
    expect(await receive(directMessage(asks(bolt11())))).toMatchObject({
      ref: orderRef(),
      fact: { type: 'payment-requested', invoice: { amountMsat: 1_100_000 }, invoiceProblem: null },
    })
  })

  it('a payment request whose invoice is not one, with the reason', async () => {
    expect(await receive(directMessage(asks('lnbc1nonsense')))).toMatchObject({
      fact: { type: 'payment-requested', invoice: null, invoiceProblem: expect.any(String) },
    })
  })

  it('the first of several payment options that is an invoice', async () => {
    const ln = (...links: string[]) => links.map((link) => ({ type: 'ln', link }))
    const offers = (...links: string[]) =>
      receive(directMessage(asks('', { payment_options: ln(...links) })))
    const good = bolt11()
    expect(await offers('lnurl1nonsense', good, bolt11({ amountMsat: 9_000 }))).toMatchObject({
      fact: { invoice: { bolt11: good }, invoiceProblem: null },
    })
    const damaged = `${good.slice(0, -1)}${good.endsWith('q') ? 'p' : 'q'}`
    expect(await offers(damaged, 'nonsense')).toMatchObject({
      fact: { invoice: null, invoiceProblem: 'bad-checksum' },
    })
  })

  it('a failure reply', async () => {
    const reply = asks('', { payment_options: [] })
    expect(await receive(directMessage(reply))).toMatchObject({
      fact: { type: 'cannot-be-processed' },
    })
  })

  it('plain text into the conversation with the other party', async () => {
    const journal = testJournal()
    for (const event of [
      directMessage('Hello'),
      directMessage('Hi', { from: CUSTOMER, to: MERCHANT }),
    ]) {
      const received = await receive(event)
      if (received.type !== 'quarantined') journalReceived(received, CUSTOMER.pubkey, journal)
    }
    expect(journal.texts.map(({ peer, text }) => [peer, text.author, text.text])).toEqual([
      [MERCHANT.pubkey, MERCHANT.pubkey, 'Hello'],
      [MERCHANT.pubkey, CUSTOMER.pubkey, 'Hi'],
    ])
  })
})

describe('quarantine', () => {
  it('keeps what cannot be decoded, for good', async () => {
    const event = directMessage(says({ paid: 'maybe' }))
    expect(await receive(event)).toEqual({
      type: 'quarantined',
      eventId: event.id,
      author: MERCHANT.pubkey,
      time: T0,
      reason: expect.stringContaining('paid'),
      retryable: false,
    })
  })

  it.each([
    ['another kind', unsigned({ kind: 1, tags: [['p', CUSTOMER.pubkey]] })],
    ['clear text', unsigned({ kind: 4, tags: [['p', CUSTOMER.pubkey]], content: order })],
    [
      'a damaged ciphertext',
      unsigned({ kind: 4, tags: [['p', CUSTOMER.pubkey]], content: 'AA?iv=BB' }),
    ],
  ])('keeps %s', async (_, event) => {
    expect(await receive(event)).toMatchObject({ type: 'quarantined', eventId: event.id })
  })

  it('lets a message be tried again whose signer was not available', async () => {
    const problem = { code: 'locked', message: 'The signer is locked.' } as const
    const locked = { ...signer, nip04Decrypt: async () => fail(problem) }
    const event = directMessage('Hello')
    expect(await receiveMessage(event, { signer: locked, decodeInvoice })).toMatchObject({
      reason: problem.message,
      retryable: true,
    })
  })
})

describe('an impostor', () => {
  const NEWER = T0 + 9_000_000
  const disguise = [
    ['pubkey', MERCHANT.pubkey],
    ['id', 'order-1'],
    ['kind', '4'],
    ['content', 'x'],
    ['created_at', '1'],
    ['__proto__', MERCHANT.pubkey],
  ]
  const forge = (text: string, time = T0) =>
    directMessage(text, { from: STRANGER, time, tags: disguise })

  it.each([
    ['a payment request', forge(asks(bolt11()))],
    ['a newer payment request', forge(asks(bolt11()), NEWER)],
    ['a failure reply', forge(asks('', { payment_options: [] }), NEWER)],
    ['a status', forge(says({ paid: true, shipped: true }), NEWER)],
    [
      'a status that names the merchant inside',
      forge(says({ paid: true, pubkey: MERCHANT.pubkey, merchant_public_key: MERCHANT.pubkey })),
    ],
    ['an order under the same id', forge(order, T0 - 1)],
  ])('with %s leaves the order as it was', async (_, forged) => {
    const book = createOrderBook()
    const journal = {
      ...testJournal(),
      record: (ref, facts) => facts.forEach((fact) => book.add(ref, fact)),
    } satisfies ReturnType<typeof testJournal>
    for (const event of [
      directMessage(order, { from: CUSTOMER, to: MERCHANT }),
      directMessage(asks(bolt11())),
    ]) {
      const received = await receive(event)
      if (received.type !== 'quarantined') journalReceived(received, CUSTOMER.pubkey, journal)
    }
    const before = structuredClone(book.order(orderKey(orderRef())))
    expect(before?.settlement).toBe('invoiced')

    const received = await receive(forged)
    if (received.type === 'quarantined') throw new Error(received.reason)
    journalReceived(received, CUSTOMER.pubkey, journal)
    expect(book.order(orderKey(orderRef()))).toEqual(before)
    const listed = book.unmatched().flatMap(({ facts }) => facts.map(({ id }) => id))
    const isOrder = received.type === 'fact' && received.fact.type === 'placed'
    expect(listed).toEqual(isOrder ? [] : [forged.id])
  })

  it.each([
    ['a payment request', asks(bolt11(), { id: undefined })],
    ['a status', says({ paid: true, id: undefined })],
    ['a status with a null id', says({ paid: true, id: null })],
  ])('with %s without an id is quarantined', async (_, text) => {
    expect(await receive(forge(text))).toMatchObject({ type: 'quarantined' })
  })
})
