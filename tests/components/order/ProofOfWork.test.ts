// @vitest-environment happy-dom
/** A proof of work is explained before it is begun, shown while it goes on, and can be stopped. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ProofOfWork from '@/components/order/ProofOfWork.vue'

const offer = { relay: 'wss://one.example', bits: 20 }

describe('ProofOfWork', () => {
  it('says who asks, what it costs, and that the order is signed anew', async () => {
    const wrapper = mount(ProofOfWork, { props: { offer, progress: null, problem: '' } })
    expect(wrapper.text()).toContain('one.example takes the order only after')
    expect(wrapper.text()).toContain('20 bits, up to a minute or so')
    expect(wrapper.text()).toContain('signed once more')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('prove')).toHaveLength(1)
  })

  it('tells how far it is, and can be stopped', async () => {
    const progress = { bits: 20, tries: 400_000 }
    const wrapper = mount(ProofOfWork, { props: { offer, progress, problem: '' } })
    expect(wrapper.text()).toContain('400 thousand tries so far; about 1.0 million are needed')
    expect(wrapper.get('progress').attributes('aria-label')).toBe('Proof of work')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('stop')).toHaveLength(1)
  })

  it('is nothing where nothing is asked, and keeps why it did not work', () => {
    const props = { offer: null, progress: null, problem: '' }
    expect(mount(ProofOfWork, { props }).text()).toBe('')
    const failed = mount(ProofOfWork, { props: { ...props, problem: 'You declined.' } })
    expect(failed.get('[role=alert]').text()).toBe('You declined.')
  })
})
