// @vitest-environment happy-dom
/** A picture never tells its host where it was shown, and a missing one is named. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiImage from '@/components/ui/UiImage.vue'

describe('UiImage', () => {
  it('loads late and without a referrer', () => {
    const img = mount(UiImage, { props: { src: '/tea.svg', alt: 'Tea' } }).get('img')
    expect(img.attributes()).toMatchObject({ loading: 'lazy', referrerpolicy: 'no-referrer' })
  })

  it('shows a calm face for a broken picture, and tries a new one', async () => {
    const wrapper = mount(UiImage, { props: { src: '/gone.svg', alt: 'Tea' } })
    await wrapper.get('img').trigger('error')
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('[role="img"]').attributes('aria-label')).toBe('Tea (no picture)')
    await wrapper.setProps({ src: '/tea.svg' })
    expect(wrapper.get('img').attributes('src')).toBe('/tea.svg')
  })
})
