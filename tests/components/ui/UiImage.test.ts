// @vitest-environment happy-dom
/** A picture never tells its host where it was shown, and is loaded only as the person chose. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import UiAvatar from '@/components/ui/UiAvatar.vue'
import UiImage from '@/components/ui/UiImage.vue'
import { providePictures } from '@/composables/providePictures'
import type { PictureMode } from '@/domain/pictures'
import { useSettingsStore } from '@/stores/settings'
import { MERCHANT, STRANGER } from '../../factories/people'

const TEA = 'https://pictures.example/tea.png'

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

  it('asks no host that it may not ask', () => {
    for (const src of [
      'http://pictures.example/a.png',
      'javascript:alert(1)',
      '//evil.example/a',
    ]) {
      expect(
        mount(UiImage, { props: { src, alt: '' } })
          .find('img')
          .exists(),
      ).toBe(false)
    }
  })

  it('is hidden until its size is known, and never drawn when it is too large', async () => {
    const wrapper = mount(UiImage, { props: { src: '/huge.png', alt: 'Tea' } })
    const img = wrapper.get('img')
    expect(img.classes()).toContain('invisible')
    Object.defineProperty(img.element, 'naturalWidth', { value: 30_000 })
    Object.defineProperty(img.element, 'naturalHeight', { value: 30_000 })
    await img.trigger('load')
    expect(wrapper.find('img').exists()).toBe(false)
  })
})

describe('UiAvatar', () => {
  it('is hidden until its size is known, and gives way to a pattern when it is too large', async () => {
    const wrapper = mount(UiAvatar, { props: { pubkey: MERCHANT.pubkey, picture: '/huge.png' } })
    const sized = async (side: number) => {
      const img = wrapper.get('img')
      expect(img.classes()).toContain('invisible')
      Object.defineProperty(img.element, 'naturalWidth', { value: side })
      Object.defineProperty(img.element, 'naturalHeight', { value: side })
      await img.trigger('load')
    }
    await sized(30_000)
    expect(wrapper.find('img').exists()).toBe(false)
    await wrapper.setProps({ picture: '/face.png' })
    await sized(300)
    expect(wrapper.get('img').classes()).not.toContain('invisible')
  })
})

describe('pictures as the person chose', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })

  async function page(mode: PictureMode) {
    const settings = useSettingsStore()
    settings.setPictures({ mode, merchants: [] })
    const wrapper = mount(
      defineComponent({
        setup() {
          providePictures()
          return () => [
            h(UiImage, { src: TEA, alt: 'Tea', from: MERCHANT.pubkey, ask: 'words' }),
            h(UiImage, { src: TEA, alt: '', from: `30018:${MERCHANT.pubkey}:tea` }),
            h(UiImage, { src: `${TEA}?other`, alt: '', from: STRANGER.pubkey }),
            h(UiAvatar, { pubkey: MERCHANT.pubkey, picture: `${TEA}?face` }),
          ]
        },
      }),
    )
    await vi.dynamicImportSettled()
    await flushPromises()
    const loaded = () => wrapper.findAll('img').map((img) => img.attributes('src'))
    const click = (label: string) =>
      wrapper
        .findAll('button')
        .find((button) => button.text() === label)
        ?.trigger('click')
    return { settings, wrapper, loaded, click }
  }

  it('load at once', async () => {
    expect((await page('load')).loaded()).toHaveLength(4)
  })

  it('load nothing, and offer nothing', async () => {
    const { loaded, wrapper } = await page('off')
    expect(loaded()).toEqual([])
    expect(wrapper.find('button').exists()).toBe(false)
  })

  it('load the one that was clicked, everywhere on the page', async () => {
    const { loaded, click, wrapper } = await page('ask')
    expect(loaded()).toEqual([])
    expect(wrapper.text()).toContain('pictures.example')
    await click('Show picture')
    expect(loaded()).toEqual([TEA, TEA])
  })

  it('load all of a merchant from then on, and keep that', async () => {
    const { loaded, click, settings } = await page('ask')
    await click('Always from this merchant')
    expect(loaded()).toEqual([TEA, TEA, `${TEA}?face`])
    setActivePinia(createPinia())
    expect(useSettingsStore().pictures).toEqual({ mode: 'ask', merchants: [MERCHANT.pubkey] })
    settings.setTheme('dark')
    setActivePinia(createPinia())
    expect(useSettingsStore().pictures.merchants).toEqual([MERCHANT.pubkey])
  })
})
