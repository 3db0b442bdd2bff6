// @vitest-environment happy-dom
/** What was not applied is listed with who sent it and why, and can do nothing. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UnmatchedMessages from '@/components/order/UnmatchedMessages.vue'
import type { Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { hex64 } from '../../factories/events'
import { MERCHANT, STRANGER } from '../../factories/people'
import { status } from '../../factories/orders'
import { invoice, NOW, REF, reported, requested } from './samples'

const REASON = 'It names an order that you do not have with its sender.'
const show = (facts: readonly Fact[], leftOut: readonly (readonly [Pubkey, number])[] = []) =>
  mount(UnmatchedMessages, {
    props: {
      unmatched: [{ ref: REF, reason: REASON, facts }],
      leftOut: new Map(leftOut),
      now: NOW,
    },
  })
const messages = (wrapper: ReturnType<typeof show>) =>
  wrapper.findAll('li li').map((row) => row.text())

describe('messages that belong to no order', () => {
  it('are listed with claim, reason and author, and offer nothing to pay', () => {
    const wrapper = show([requested(invoice(600)), reported(true, true, 'Shipped!')])
    const rows = messages(wrapper)
    expect(rows).toHaveLength(2)
    expect(rows.join()).toContain('A request for payment')
    expect(rows.join()).toContain('A report on an order')
    expect(rows[0]).toContain(REASON)
    expect(wrapper.text()).toMatch(/From npub1\w+…/)
    expect(wrapper.html()).not.toContain('lnbc')
    expect(wrapper.find('svg[role=img]').exists()).toBe(false)
  })

  it('are grouped by sender, the newest on top, and what there was no room for is counted', () => {
    const of = (author: Pubkey, count: number, time: number) =>
      Array.from({ length: count }, (_, n) => status({ author, time: time + n }))
    const wrapper = show(
      [...of(STRANGER.pubkey, 30, NOW - 500), ...of(MERCHANT.pubkey, 2, NOW - 50)],
      [[STRANGER.pubkey, 70]],
    )
    const groups = wrapper.findAll('section > ul > li').map((group) => group.text())
    expect(groups).toHaveLength(2)
    expect(groups[0]).toContain('2 messages')
    expect(groups[1]).toContain('100 messages, the newest 10 are listed')
    expect(messages(wrapper)).toHaveLength(12)
  })

  it('of a sender who was pushed out are still counted', () => {
    expect(show([], [[STRANGER.pubkey, 1]]).text()).toContain('1 message, none is listed')
  })

  it('of many senders come in portions', async () => {
    const wrapper = show(
      Array.from({ length: 50 }, (_, n) => status({ author: hex64(n + 1) as Pubkey })),
    )
    expect(messages(wrapper)).toHaveLength(20)
    await wrapper.get('section > button').trigger('click')
    expect(messages(wrapper)).toHaveLength(40)
    await wrapper.get('section > button').trigger('click')
    expect(messages(wrapper)).toHaveLength(50)
    expect(wrapper.find('section > button').exists()).toBe(false)
  })
})
