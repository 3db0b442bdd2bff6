/** Who is told about which fact, and in which tone. */
import { describe, expect, it } from 'vitest'
import type { Fact } from '@/domain/order'
import { orderNotice } from '@/domain/orderNotice'
import { cannotBeProcessed, intended, paymentRequested, placed } from '../factories/orders'
import { proved, relaySaid, request, status } from '../factories/orders'

const toCustomer = (fact: Fact) => orderNotice(fact, 'customer', 'Mina')
const toMerchant = (fact: Fact) => orderNotice(fact, 'merchant', 'npub1abc')

describe('the customer hears of', () => {
  it('an invoice, with its amount where there is one', () => {
    expect(toCustomer(paymentRequested())).toMatchObject({
      tone: 'info',
      title: 'Mina sent the invoice',
      text: expect.stringMatching(/^1.?100 sat to pay$/),
    })
    expect(toCustomer(paymentRequested({ invoice: null }))?.text).toContain('Open the order')
  })

  it('a failure reply', () => {
    expect(toCustomer(cannotBeProcessed())).toMatchObject({ tone: 'warning' })
  })

  it.each([
    [{ paid: true, shipped: true }, 'success', 'Your order is on its way'],
    [{ paid: true, shipped: false }, 'success', 'Mina confirmed your payment'],
    [{ shipped: false }, 'info', 'News from Mina'],
  ])('the status %j', (fields, tone, title) => {
    expect(toCustomer(status(fields))).toMatchObject({ tone, title })
  })

  it.each([placed(), intended(), proved(), relaySaid('wss://one.example', true)])(
    'nothing they did or saw themselves: $type',
    (fact) => {
      expect(toCustomer(fact)).toBeNull()
    },
  )
})

describe('the merchant hears of', () => {
  it('a new order, by the name of the customer or their key', () => {
    expect(toMerchant(placed())?.text).toBe('From Alice')
    expect(toMerchant(placed({ request: request({ name: '' }) }))?.text).toBe('From npub1abc')
  })

  it('nothing they wrote themselves', () => {
    expect(toMerchant(status({ paid: true }))).toBeNull()
  })
})
