/** What a backup holds: believed only when its owner signed it, and read entry by entry. */
import { describe, expect, it } from 'vitest'
import { addToCart, emptyCart } from '@/domain/cart'
import { readContents, writeContents } from '@/storage/backupContents'
import { contents, signedContents, signedText } from '../factories/backups'
import { product, stall } from '../factories/catalogue'
import { directMessage, eventId, signed, T0 } from '../factories/events'
import { intended, orderRef, paymentRequested, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'

const cart = addToCart(
  emptyCart(stall().address, MERCHANT.pubkey, T0 * 1000),
  product(),
  'sat',
  2,
  T0 * 1000,
)
const order = { ref: orderRef(), facts: [intended(), placed()], unreadable: [{ odd: true }] }
const text = { eventId: eventId(1), author: MERCHANT.pubkey, time: T0, text: 'Hello' }
const whole = contents({
  orders: [order],
  conversations: [{ peer: MERCHANT.pubkey, texts: [text] }],
  carts: [cart],
  settings: { theme: 'dark' },
  unsent: [directMessage('order', { from: CUSTOMER, to: MERCHANT })],
})
const reasonOf = (given: string, user = CUSTOMER) => {
  const read = readContents(given, user.pubkey)
  return read.ok ? 'read' : read.reason
}

it('come back as they were written', () => {
  const read = readContents(signedContents(whole), CUSTOMER.pubkey)
  expect(read).toEqual({ ok: true, value: { contents: whole, skipped: [] } })
})

describe('are refused', () => {
  it('for another identity, with what to do', () => {
    expect(reasonOf(signedContents(whole), STRANGER)).toMatch(/another key.*Sign in with its key/)
  })

  it('when somebody else made them up in the name of the owner', () => {
    expect(reasonOf(signedContents(whole, STRANGER))).toContain('somebody else signed it')
  })

  it('when a word in them was changed after the owner signed', () => {
    const lie = contents({ orders: [{ ...order, facts: [...order.facts, paymentRequested()] }] })
    expect(reasonOf(signedText(writeContents(whole), CUSTOMER, writeContents(lie)))).toContain(
      'what was signed are other contents',
    )
  })

  it('when the signature is of something else', () => {
    const note = signed(CUSTOMER, {
      kind: 1,
      created_at: T0,
      tags: [['d', 'souk-backup']],
      content: '',
    })
    const forged = JSON.stringify({ contents: writeContents(whole), proof: note })
    expect(reasonOf(forged)).toContain('not a backup')
    const none = JSON.stringify({ contents: writeContents(whole), proof: null })
    expect(reasonOf(none)).toContain('its signature does not hold')
  })

  it('with a reason of some words, whatever stands in their place', () => {
    const reason = reasonOf(signedText(JSON.stringify('long '.repeat(2_000))))
    expect(reason).toContain('cannot be read')
    expect(reason.length).toBeLessThan(400)
  })

  it('when a newer Souk made them', () => {
    const newer = writeContents(whole).replace('"version":1', '"version":2')
    expect(reasonOf(signedText(newer))).toContain('newer Souk')
  })

  it.each(['', 'null', '[]', '{"contents":7}'])('when they are %s', (given) => {
    expect(reasonOf(given)).toContain('empty')
  })
})

it('are read without the entries that are bad, each with its reason', () => {
  const other = orderRef({ merchant: MERCHANT.pubkey, customer: STRANGER.pubkey })
  const noText = { ...orderRef(), customer: { toString: 1 } }
  const withRef = (ref: unknown) => ({ ...order, ref: ref as never })
  const broken = contents({
    orders: [order, { ...order, ref: other }, ...[7, noText].map(withRef)],
    conversations: [{ peer: 'nobody' as never, texts: [] }],
    carts: [{ ...cart, merchant: STRANGER.pubkey }, cart],
    unsent: [directMessage('hi', { from: STRANGER }), { id: 'x' } as never],
  })
  const read = readContents(signedContents(broken), CUSTOMER.pubkey)
  expect(read).toMatchObject({
    ok: true,
    value: { contents: { orders: [order], conversations: [], carts: [cart], unsent: [] } },
  })
  expect(read.ok && read.value.skipped).toHaveLength(7)
  expect(read.ok && read.value.skipped).toContain('An order: it belongs to somebody else')
})
