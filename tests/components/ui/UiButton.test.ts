// @vitest-environment happy-dom
/** A busy button says what it does and lets no click through. */
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import UiButton from '@/components/ui/UiButton.vue'
import { anyRouter } from '../router'

describe('UiButton', () => {
  it('passes clicks on', async () => {
    const onClick = vi.fn()
    const wrapper = mount(UiButton, { attrs: { onClick }, slots: { default: 'Pay' } })
    await wrapper.trigger('click')
    expect(onClick).toHaveBeenCalledOnce()
    expect(wrapper.attributes('type')).toBe('button')
  })

  it('swallows clicks while busy, keeps the focus and says what is going on', async () => {
    const onClick = vi.fn()
    const wrapper = mount(UiButton, {
      props: { busy: 'Placing your order' },
      attrs: { onClick },
      slots: { default: 'Place order' },
    })
    await wrapper.trigger('click')
    expect(onClick).not.toHaveBeenCalled()
    expect(wrapper.text()).toBe('Placing your order')
    expect(wrapper.attributes('disabled')).toBeUndefined()
    expect(wrapper.attributes('aria-disabled')).toBe('true')
  })

  it('is a link where it leads somewhere', () => {
    const global = { plugins: [anyRouter()] }
    expect(mount(UiButton, { props: { to: '/cart' }, global }).attributes('href')).toBe('/cart')
    const wallet = mount(UiButton, { props: { href: 'lightning:lnbc1' } })
    expect(wallet.element.tagName).toBe('A')
    expect(wallet.attributes('href')).toBe('lightning:lnbc1')
  })
})
