// @vitest-environment happy-dom
/** Pictures are chosen by click and by arrow keys. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ProductGallery from '@/components/product/ProductGallery.vue'

const gallery = (...images: string[]) =>
  mount(ProductGallery, { props: { images, name: 'Tea' }, attachTo: document.body })

const shown = (wrapper: ReturnType<typeof gallery>) => wrapper.get('img').attributes('src')

describe('ProductGallery', () => {
  it('shows the picture that is chosen', async () => {
    const wrapper = gallery('/a.svg', '/b.svg')
    await wrapper.get('[aria-label="Show picture 2"]').trigger('click')
    expect(shown(wrapper)).toBe('/b.svg')
    expect(wrapper.get('img').attributes('alt')).toBe('Tea, picture 2 of 2')
  })

  it('goes around with the arrow keys and takes the focus along', async () => {
    const wrapper = gallery('/a.svg', '/b.svg', '/c.svg')
    await wrapper.get('[aria-label="Show picture 1"]').trigger('keydown', { key: 'ArrowLeft' })
    expect(shown(wrapper)).toBe('/c.svg')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Show picture 3')
    wrapper.unmount()
  })

  it('offers no choice of one, and copes with none', () => {
    expect(gallery('/a.svg').findAll('button')).toHaveLength(0)
    expect(gallery().get('[role="img"]').attributes('aria-label')).toBe('Tea (no picture)')
  })
})
