// @vitest-environment happy-dom
/** The keyboard finds the search field and leaves it. */
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import SearchBox from '@/components/product/SearchBox.vue'

let wrapper: ReturnType<typeof box>
const box = (modelValue = '') =>
  mount(SearchBox, { props: { modelValue }, attachTo: document.body })
const press = (target: EventTarget, key: string) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  target.dispatchEvent(event)
  return event
}
afterEach(() => wrapper.unmount())

describe('SearchBox', () => {
  it('takes the focus on a slash', () => {
    wrapper = box()
    expect(press(document.body, '/').defaultPrevented).toBe(true)
    expect(document.activeElement).toBe(wrapper.get('input').element)
  })

  it('leaves a slash to whoever is typing', () => {
    wrapper = box()
    const other = document.body.appendChild(document.createElement('textarea'))
    other.focus()
    expect(press(other, '/').defaultPrevented).toBe(false)
    expect(document.activeElement).toBe(other)
    other.remove()
  })

  it('empties on Escape', async () => {
    wrapper = box('tea')
    await wrapper.get('input').trigger('keydown', { key: 'Escape' })
    expect(wrapper.emitted('update:modelValue')).toEqual([['']])
  })

  it('searches on Enter', async () => {
    wrapper = box('tea')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('search')).toEqual([['tea']])
  })
})
