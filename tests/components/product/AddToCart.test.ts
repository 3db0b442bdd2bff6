// @vitest-environment happy-dom
/** No more can be put into the cart than the stall has. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import AddToCart from '@/components/product/AddToCart.vue'
import { product } from '../../factories/catalogue'
import { anyRouter } from '../router'

const form = (quantity: number | null, inCart = 0) =>
  mount(AddToCart, {
    props: { product: product({ quantity }), inCart },
    global: { plugins: [anyRouter()] },
  })

const main = (wrapper: ReturnType<typeof form>) => wrapper.findAll('button').at(-1)!

describe('AddToCart', () => {
  it('adds the chosen quantity', async () => {
    const wrapper = form(5)
    await wrapper.get('[aria-label="One more"]').trigger('click')
    await main(wrapper).trigger('click')
    expect(wrapper.emitted('add')).toEqual([[2]])
  })

  it('offers only what the cart does not hold yet', () => {
    expect(form(5, 3).get('input').attributes('max')).toBe('2')
  })

  it('stops when the cart holds everything', () => {
    const wrapper = form(5, 5)
    expect(main(wrapper).text()).toBe('All in your cart')
    expect(main(wrapper).attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain('5 in your cart')
  })

  it('says why nothing can be ordered', () => {
    const wrapper = mount(AddToCart, {
      props: { product: product({ quantity: 5 }), blocked: 'Its stall is gone.' },
      global: { plugins: [anyRouter()] },
    })
    expect(wrapper.text()).toContain('Its stall is gone.')
    expect(main(wrapper).attributes('disabled')).toBeDefined()
  })

  it('says sold out', () => {
    const wrapper = form(0)
    expect(main(wrapper).text()).toBe('Sold out')
    expect(main(wrapper).attributes('disabled')).toBeDefined()
  })

  it('knows no bound for unlimited stock', () => {
    expect(Number(form(null).get('input').attributes('max'))).toBeGreaterThan(1000)
  })
})
