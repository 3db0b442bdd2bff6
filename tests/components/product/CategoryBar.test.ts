// @vitest-environment happy-dom
/** However many categories merchants write, the market below stays in reach. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import CategoryBar from '@/components/product/CategoryBar.vue'

const many = (length: number) =>
  Array.from({ length }, (_, i) => ({ name: `category ${i}`, count: 1 }))
const bar = (length: number, selected: string | null = null) =>
  mount(CategoryBar, { props: { categories: many(length), modelValue: selected } })
const chips = (wrapper: ReturnType<typeof bar>) =>
  wrapper.findAll('button').filter((button) => button.text().startsWith('category'))

describe('CategoryBar', () => {
  it('shows twenty, and the others when asked', async () => {
    const wrapper = bar(50)
    expect(chips(wrapper)).toHaveLength(20)
    await wrapper.get('[aria-expanded="false"]').trigger('click')
    expect(chips(wrapper)).toHaveLength(50)
    await wrapper.get('[aria-expanded="true"]').trigger('click')
    expect(chips(wrapper)).toHaveLength(20)
  })

  it('shows the chosen one in any case', () => {
    expect(bar(50, 'category 40').get('[aria-pressed="true"]').text()).toContain('category 40')
  })

  it('folds nothing where there are few', () => {
    expect(bar(20).find('[aria-expanded]').exists()).toBe(false)
  })
})
