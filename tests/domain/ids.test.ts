/** Keys and addresses: what is taken apart is what was put together. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressOf,
  orderKey,
  parseAddress,
  parseOrderKey,
  toPubkey,
  type OrderId,
} from '@/domain/ids'
import { orderRef } from '../factories/orders'
import { MERCHANT } from '../factories/people'

describe('a public key', () => {
  it('has 64 lowercase hex characters', () => {
    expect(toPubkey(MERCHANT.pubkey)).toEqual({ ok: true, value: MERCHANT.pubkey })
  })

  it.each([MERCHANT.pubkey.toUpperCase(), `${MERCHANT.pubkey}0`, '', null, 7, [MERCHANT.pubkey]])(
    'is not %j',
    (text) => {
      expect(toPubkey(text).ok).toBe(false)
    },
  )
})

describe('an address', () => {
  it('is taken apart again, whatever its identifier', () => {
    fc.assert(
      fc.property(fc.nat(65535), fc.string({ unit: 'binary' }), (kind, d) => {
        const parts = { kind, pubkey: MERCHANT.pubkey, d }
        expect(parseAddress(addressOf(kind, MERCHANT.pubkey, d))).toEqual({
          ok: true,
          value: parts,
        })
      }),
    )
  })

  it('is not just any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseAddress(text).ok).toBe(false)
      }),
    )
  })
})

describe('an order key', () => {
  it('is taken apart again, whatever the customer chose as id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (id) => {
        const ref = orderRef({ orderId: id as OrderId })
        expect(parseOrderKey(orderKey(ref))).toEqual({ ok: true, value: ref })
      }),
    )
  })

  it('is not just any text', () => {
    expect(parseOrderKey('a:b:c').ok).toBe(false)
  })
})
