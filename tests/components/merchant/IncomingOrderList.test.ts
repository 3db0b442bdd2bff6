// @vitest-environment happy-dom
/** A merchant's list: what needs doing on top, the oldest first. */
import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { OrderId } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import IncomingOrderList from '@/components/merchant/IncomingOrderList.vue'
import { fold, invoice, NOW, placed, reported, requested } from '../order/samples'

const incoming = (name: string, ...facts: (Fact | Fact[])[]) => ({
  order: { ...fold(...facts), orderId: name as OrderId },
  customerName: name,
})
const list = (props: Record<string, unknown>) =>
  mount(IncomingOrderList, {
    props: {
      incoming: [],
      now: NOW,
      linkTo: (order: OrderState) => `/m/${order.orderId}`,
      ...props,
    },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })

describe('IncomingOrderList', () => {
  it('groups by what has to be done', () => {
    const wrapper = list({
      incoming: [
        incoming('Done', placed(), reported(true, true, '')),
        incoming('Waiting', placed(), requested(invoice(12_800))),
        incoming('New', placed('sat', 100)),
        incoming('Paid', placed('sat', 900), reported(true, false, '')),
      ],
    })
    const groups = wrapper
      .findAll('section')
      .map((section) => [
        section.attributes('aria-label'),
        ...section.findAll('tbody td:nth-child(2)').map((cell) => cell.text()),
      ])
    expect(groups).toEqual([
      ['To do now', 'Paid', 'New'],
      ['Waiting for the customer', 'Waiting'],
      ['Done', 'Done'],
    ])
    const links = wrapper.findAllComponents(RouterLinkStub)
    expect(links[0]?.props('to')).toBe('/m/Paid')
    expect(links[0]?.text()).toContain('Ship')
  })

  it('has words for an empty list and for one that is loading', () => {
    expect(list({}).text()).toContain('No orders yet')
    expect(list({ loading: true }).get('[role=status]').text()).toBe('Loading your orders')
  })
})
