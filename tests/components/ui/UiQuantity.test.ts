// @vitest-environment happy-dom
/** A quantity stays whole and within its bounds, however it is entered. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiQuantity from '@/components/ui/UiQuantity.vue'

const quantity = (modelValue: number, max?: number) =>
  mount(UiQuantity, { props: { modelValue, max, label: 'Quantity of Tea' } })

const emitted = (wrapper: ReturnType<typeof quantity>) =>
  (wrapper.emitted('update:modelValue') ?? []).map(([value]) => value)

const type = async (wrapper: ReturnType<typeof quantity>, text: string) => {
  const input = wrapper.get('input')
  input.element.value = text
  await input.trigger('change')
  return input.element.value
}

describe('UiQuantity', () => {
  it('steps up and down', async () => {
    const wrapper = quantity(2, 5)
    await wrapper.get('[aria-label="One more"]').trigger('click')
    await wrapper.get('[aria-label="One less"]').trigger('click')
    expect(emitted(wrapper)).toEqual([3, 2])
  })

  it('stops at both bounds and says so', async () => {
    const top = quantity(5, 5)
    await top.get('[aria-label="One more"]').trigger('click')
    expect(emitted(top)).toEqual([])
    expect(top.get('[aria-label="One more"]').attributes('aria-disabled')).toBe('true')

    const bottom = quantity(1, 5)
    await bottom.get('[aria-label="One less"]').trigger('click')
    expect(emitted(bottom)).toEqual([])
    expect(bottom.get('[aria-label="One less"]').attributes('aria-disabled')).toBe('true')
  })

  it.each([
    ['4', 4],
    ['99', 5],
    ['0', 1],
    ['-3', 1],
    ['2.9', 2],
    ['', 1],
    ['many', 1],
  ])('takes %j as %d', async (text, expected) => {
    const wrapper = quantity(3, 5)
    expect(await type(wrapper, text)).toBe(String(expected))
    expect(emitted(wrapper)).toEqual([expected])
  })

  it('names the group and the box', () => {
    const wrapper = quantity(1)
    expect(wrapper.get('[role="group"]').attributes('aria-label')).toBe('Quantity of Tea')
    expect(wrapper.get('input').attributes('aria-label')).toBe('Quantity of Tea')
  })
})
