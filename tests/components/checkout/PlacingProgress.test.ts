// @vitest-environment happy-dom
/** Placing an order is told in words: never "sent" before a relay said so. */
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import PlacingProgress from '@/components/checkout/PlacingProgress.vue'
import type { RelayDelivery } from '@/components/order/relayDelivery'

const delivery = (
  relay: string,
  outcome: RelayDelivery['outcome'],
  reason = '',
): RelayDelivery => ({ relay, outcome, reason, nextAttemptAt: null })

afterEach(() => void vi.useRealTimers())

describe('PlacingProgress', () => {
  it.each([
    ['signing', 'Your order is saved'],
    ['sending', 'goes on being sent'],
  ] as const)('says more when %s takes longer than ten seconds', async (step, words) => {
    vi.useFakeTimers()
    const wrapper = mount(PlacingProgress, { props: { step } })
    const said = () => wrapper.get('[role=status]').text()
    const before = said()
    expect(before).not.toBe('')
    vi.advanceTimersByTime(9_900)
    await nextTick()
    expect(said()).toBe(before)
    vi.advanceTimersByTime(200)
    await nextTick()
    expect(said()).toContain(words)
  })

  it('tells where to look while an extension is asked', () => {
    const wrapper = mount(PlacingProgress, {
      props: { step: 'signing', signsElsewhere: 'your extension' },
    })
    expect(wrapper.get('[role=status]').text()).toContain('look for its window')
  })

  it('names each relay with its answer and counts those that took it', () => {
    const deliveries = [
      delivery('wss://one.example/', 'accepted'),
      delivery('wss://two.example', 'refused', 'blocked: no'),
      delivery('wss://three.example', 'timed-out'),
    ]
    const wrapper = mount(PlacingProgress, { props: { step: 'sent', deliveries } })
    expect(wrapper.get('[role=status]').text()).toBe(
      'Sent to 1 of 3 relays (two.example: refused: blocked: no; 1 more).',
    )
    expect(wrapper.text()).toContain('two.example: Refused: blocked: no')
    expect(wrapper.text()).toContain('three.example: Did not answer in time')
  })

  it('keeps calm about trouble and offers another try', async () => {
    const problem = 'You declined to sign.'
    const wrapper = mount(PlacingProgress, { props: { step: 'signing', problem } })
    expect(wrapper.get('[role=alert]').text()).toContain('cart and what you entered are kept')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })
})
