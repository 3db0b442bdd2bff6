// @vitest-environment happy-dom
/** A field ties its label, hint and error to whichever control it holds. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h, type Component } from 'vue'
import UiField from '@/components/ui/UiField.vue'
import UiInput from '@/components/ui/UiInput.vue'
import UiTextarea from '@/components/ui/UiTextarea.vue'

const field = (control: Component, props: Record<string, unknown> = {}) =>
  mount(UiField, {
    props: { label: 'Email', ...props },
    slots: { default: () => h(control, { modelValue: '' }) },
  })

describe('UiField', () => {
  it.each([
    ['input', UiInput],
    ['textarea', UiTextarea],
  ])('names its %s', (tag, control) => {
    const wrapper = field(control)
    const id = wrapper.get(tag).attributes('id')
    expect(id).toBeTruthy()
    expect(wrapper.get('label').attributes('for')).toBe(id)
  })

  it('describes the control by hint and error, and marks it invalid', () => {
    const wrapper = field(UiInput, { hint: 'Only the merchant sees it.', error: 'No @ in it.' })
    const input = wrapper.get('input')
    const described = (input.attributes('aria-describedby') ?? '').split(' ')
    expect(described.map((id) => wrapper.get(`[id="${id}"]`).text())).toEqual([
      'Only the merchant sees it.',
      'No @ in it.',
    ])
    expect(input.attributes('aria-invalid')).toBe('true')
  })

  it('is quiet without hint and error', () => {
    const input = field(UiInput).get('input')
    expect(input.attributes('aria-describedby')).toBeUndefined()
    expect(input.attributes('aria-invalid')).toBeUndefined()
  })

  it('says which fields are optional and requires the others', () => {
    expect(field(UiInput).get('label').text()).toContain('(optional)')
    const wrapper = field(UiInput, { required: true })
    expect(wrapper.get('label').text()).toBe('Email')
    expect(wrapper.get('input').attributes('required')).toBeDefined()
  })

  it('follows an error that appears and goes', async () => {
    const wrapper = field(UiInput)
    await wrapper.setProps({ error: 'Required' })
    expect(wrapper.get('input').attributes('aria-invalid')).toBe('true')
    await wrapper.setProps({ error: '' })
    expect(wrapper.get('input').attributes('aria-invalid')).toBeUndefined()
  })
})
