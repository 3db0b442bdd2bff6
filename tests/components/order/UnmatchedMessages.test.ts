// @vitest-environment happy-dom
/** What was not applied is listed with who sent it and why, and can do nothing. */
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import UnmatchedMessages from '@/components/order/UnmatchedMessages.vue'
import { invoice, NOW, REF, reported, requested } from './samples'

it('lists every message with its claim, reason and author, and offers nothing to pay', () => {
  const unmatched = [
    {
      ref: REF,
      reason: 'It names an order that you do not have with its sender.',
      facts: [requested(invoice(600)), reported(true, true, 'Shipped!')],
    },
    { ref: REF, reason: 'Another reason.', facts: [reported(true, false, '')] },
  ]
  const wrapper = mount(UnmatchedMessages, { props: { unmatched, now: NOW } })
  const rows = wrapper.findAll('li').map((row) => row.text())
  expect(rows).toHaveLength(3)
  expect(rows[0]).toContain('A request for payment')
  expect(rows[0]).toContain('It names an order that you do not have with its sender.')
  expect(rows[0]).toMatch(/npub1\w+…/)
  expect(rows[1]).toContain('A report on an order')
  expect(rows[2]).toContain('Another reason.')
  expect(wrapper.html()).not.toContain('lnbc')
  expect(wrapper.find('svg[role=img]').exists()).toBe(false)
})
