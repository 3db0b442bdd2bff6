// @vitest-environment happy-dom
/** The QR code follows the invoice: a new path is a new picture. */
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import QrCode from '@/components/payment/QrCode.vue'

it('draws the path it is given, and draws anew for another', async () => {
  const wrapper = mount(QrCode, { props: { size: 61, path: 'M4 4h1v1h-1z', label: 'Invoice' } })
  const before = wrapper.get('path').element
  expect(wrapper.get('svg').attributes()).toMatchObject({
    viewBox: '0 0 61 61',
    role: 'img',
    'aria-label': 'Invoice',
  })
  await wrapper.setProps({ size: 69, path: 'M5 5h1v1h-1z' })
  expect(wrapper.findAll('path')).toHaveLength(1)
  expect(wrapper.get('path').attributes('d')).toBe('M5 5h1v1h-1z')
  expect(wrapper.get('path').element).not.toBe(before)
  expect(wrapper.get('svg').attributes('viewBox')).toBe('0 0 69 69')
})
