// @vitest-environment happy-dom
/** The timeline is read from first to last, with the merchant's words, trouble and what is to come. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { EventId } from '@/domain/ids'
import type { OrderState } from '@/domain/order'
import OrderTimeline from '@/components/order/OrderTimeline.vue'
import { fact, fold, invoice, NOW, placed, proved, reported, requested } from './samples'

const timeline = (order: OrderState, more: Record<string, unknown> = {}) =>
  mount(OrderTimeline, { props: { order, now: NOW, merchantName: 'Kiln', ...more } })
const rows = (wrapper: ReturnType<typeof timeline>) =>
  wrapper.findAll('li').map((row) => row.get('p').text())

describe('OrderTimeline', () => {
  it('tells an order from first to last, whatever the order of arrival', () => {
    const decoded = invoice(12_800)
    const facts = [
      reported(true, true, 'On its way', 10),
      proved(decoded, 40),
      requested(decoded, 'Thanks', 60),
      ...placed(),
    ]
    expect(rows(timeline(fold(facts)))).toEqual([
      'Order placed',
      'Stored by 2 relays',
      'Invoice from the merchant for 12,800 sat',
      'Paid',
      'Shipped',
    ])
    const state = fold(facts)
    const shuffled = { ...state, timeline: [...state.timeline].reverse() }
    expect(rows(timeline(shuffled)).at(0)).toBe('Order placed')
    expect(rows(timeline(shuffled)).at(-1)).toBe('Shipped')
  })

  it('puts the merchant’s words beside what happened', () => {
    const wrapper = timeline(fold(placed(), requested(invoice(12_800), '[Tea: 1] [Total: 2 sat]')))
    const words = wrapper.findAll('blockquote').map((quote) => quote.text())
    expect(words[0]).toMatch(/^You:\s*Please wrap/)
    expect(words[1]).toMatch(/^Kiln:\s*Tea: 1\nTotal: 2 sat$/)
  })

  it('shows markup in words as plain text', () => {
    const wrapper = timeline(fold(placed(), reported(true, false, '<img src=x onerror=alert(1)>')))
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.text()).toContain('<img src=x onerror=alert(1)>')
  })

  it('says what to do about trouble, and blames the relay for its own words', () => {
    const refusal = fact(230, {
      type: 'refused-by-relay',
      eventId: 'e'.repeat(64) as EventId,
      relay: 'wss://three.example',
      reason: 'rate-limited: slow down',
      retrying: true,
    })
    const row = timeline(fold(placed(), refusal)).get('[data-type=refused-by-relay]')
    expect(row.text()).toMatch(/The relay:\s*rate-limited: slow down/)
    expect(row.text()).toContain('Your order is safe on this device.')
  })

  it('lists the steps to come for either side, and none once it ended', () => {
    const toCome = (order: OrderState, side: string) => rows(timeline(order, { side })).slice(2)
    expect(toCome(fold(placed()), 'customer')).toEqual([
      'To come: The merchant sends an invoice',
      'To come: You pay it',
      'To come: The merchant ships your order',
    ])
    expect(toCome(fold(placed()), 'merchant')[0]).toBe('To come: You send an invoice')
    const ended = fact(9, { type: 'cannot-be-processed', text: 'No' })
    expect(rows(timeline(fold(placed(), ended))).at(-1)).toBe(
      'The merchant cannot process this order',
    )
  })
})
