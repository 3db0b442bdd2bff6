// @vitest-environment happy-dom
/** Delivery by relay: how many took the order, why the others did not, and another try. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import OrderDelivery from '@/components/order/OrderDelivery.vue'
import {
  deliveriesOf,
  deliverySummary,
  deliveryWords,
  type RelayDelivery,
} from '@/components/order/relayDelivery'
import { NOW } from './samples'

const answer = (relay: string, accepted: boolean, reason = '', retrying = false) => ({
  relay,
  accepted,
  reason,
  retrying,
  time: NOW,
})

describe('OrderDelivery', () => {
  it('says how many relays took the order and why others did not', async () => {
    const deliveries = deliveriesOf(
      [answer('wss://one.example', true), answer('wss://two.example', false, 'blocked: no')],
      ['wss://one.example', 'wss://two.example', 'wss://three.example'],
    )
    const wrapper = mount(OrderDelivery, { props: { deliveries, now: NOW } })
    expect(wrapper.get('summary').text()).toBe(
      'Sent to 1 of 3 relays (two.example: refused: blocked: no; 1 more)',
    )
    const rows = wrapper.findAll('li').map((row) => row.text())
    expect(rows[1]).toBe('two.example: Refused: blocked: no')
    expect(rows[2]).toBe('three.example: Waiting for an answer')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('tells what a relay said from what it did not say', () => {
    const delivery = (outcome: RelayDelivery['outcome'], reason: string) =>
      deliveryWords({ relay: 'wss://a.example', outcome, reason, nextAttemptAt: null })
    expect(delivery('refused', '')).toBe('Refused without a reason')
    expect(delivery('refused', 'go away')).toBe('Refused: go away')
    expect(delivery('timed-out', 'The relay took the event but did not answer')).toBe(
      'Did not answer in time',
    )
    expect(delivery('unreachable', 'The connection ended')).toBe('The connection ended')
    expect(delivery('unreachable', '')).toBe('Could not be reached')
  })

  it('says "sent" only after a relay has said so, and when it is tried again', () => {
    const silent = deliveriesOf([], ['wss://one.example'])
    expect(deliverySummary(silent)).toBe('Saved, not sent yet')
    expect(deliverySummary(deliveriesOf([answer('wss://a.example', false, 'no')]))).toBe(
      'Saved, but no relay took it',
    )
    const due = [
      {
        relay: 'wss://a.example',
        outcome: 'unreachable',
        reason: '',
        nextAttemptAt: (NOW + 12) * 1000,
      } as const,
    ]
    const wrapper = mount(OrderDelivery, { props: { deliveries: due, now: NOW } })
    expect(wrapper.text()).toContain('Could not be reached. Trying again in 12 s')
    expect(wrapper.get('summary').text()).toBe('Saved, not sent yet')
    expect(wrapper.get('details').attributes()).toHaveProperty('open')
  })
})
