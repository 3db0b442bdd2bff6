/** Whatever the protocol lets in, storage reads back: a fact that it refused would come again and again. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attribute } from '@/actions/messageFact'
import { decodeInvoice } from '@/payments/bolt11'
import { decodeOrderMessage } from '@/protocol/orderMessage'
import { parseFact } from '@/storage/factSchema'
import { eventId, T0 } from '../factories/events'
import { bolt11 } from '../factories/invoices'
import { CUSTOMER, MERCHANT } from '../factories/people'

const quantity = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom('1', '-3', null),
)
const text = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(null, {}, []))
const option = fc.record({
  type: fc.constantFrom('ln', 'url', 'btc'),
  link: fc.constantFrom(bolt11(), 'nonsense', ''),
})
const message = fc.record(
  {
    type: fc.constantFrom(0, 1, 2, '0', '1', '2'),
    id: fc.oneof(fc.string({ minLength: 1 }), fc.integer()),
    items: fc.array(fc.record({ product_id: fc.constantFrom('a', 'b', '__proto__'), quantity })),
    shipping_id: text,
    address: text,
    name: text,
    message: text,
    contact: fc.oneof(text, fc.record({ email: text, phone: text })),
    payment_options: fc.oneof(text, fc.array(option, { maxLength: 3 })),
    paid: fc.constantFrom(true, false, null),
    shipped: fc.constantFrom(true, false, null),
  },
  { requiredKeys: ['type', 'id', 'items'] },
)

describe('facts of decoded messages', () => {
  it('survive storage', () => {
    let facts = 0
    fc.assert(
      fc.property(message, (body) => {
        const decoded = decodeOrderMessage(JSON.stringify(body))
        if (!decoded.ok) return
        const frame = {
          eventId: eventId(1),
          author: CUSTOMER.pubkey,
          recipient: MERCHANT.pubkey,
          time: T0,
        }
        const attributed = attribute(frame, decoded.value, decodeInvoice)
        if (attributed.type !== 'fact') return
        facts += 1
        const stored: unknown = JSON.parse(JSON.stringify(attributed.fact))
        expect(parseFact(stored)).toEqual({ ok: true, value: stored })
      }),
      { numRuns: 400 },
    )
    expect(facts).toBeGreaterThan(50)
  })

  it('leaves out an order whose merged quantities no number can hold', () => {
    const items = [1, 2].map(() => ({ product_id: 'a', quantity: Number.MAX_SAFE_INTEGER }))
    const decoded = decodeOrderMessage(JSON.stringify({ type: 0, id: 'x', items }))
    expect(decoded).toEqual({ ok: false, reason: 'items: a quantity is too large' })
  })
})
