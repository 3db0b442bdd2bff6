// @vitest-environment happy-dom
/** A card shows picture, name, price and stall, and says when there is nothing left. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ProductCard from '@/components/product/ProductCard.vue'
import type { Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'
import { product, stall } from '../../factories/catalogue'
import { anyRouter } from '../router'

const card = (fields: Partial<Product> = {}, of: Stall | null = stall()) =>
  mount(ProductCard, {
    props: { product: product(fields), stall: of, to: '/product/tea' },
    global: { plugins: [anyRouter()] },
  })

describe('ProductCard', () => {
  it('shows name, stall and price, and leads to the product', () => {
    const wrapper = card()
    expect(wrapper.text()).toContain('Tea house')
    expect(wrapper.text()).toContain('1,000 sat')
    expect(wrapper.get('a').attributes('href')).toBe('/product/tea')
    expect(wrapper.text()).not.toContain('Sold out')
  })

  it.each([
    ['nothing in stock', { quantity: 0 }],
    ['a product taken off', { active: false }],
  ])('says sold out for %s', (_, fields) => {
    expect(card(fields).text()).toContain('Sold out')
  })

  it('does not for unlimited stock', () => {
    expect(card({ quantity: null }).text()).not.toContain('Sold out')
  })

  it('counts in the currency of the stall, whatever the product names', () => {
    expect(card({ currency: 'USD' }, stall({ currency: 'EUR' })).text()).toContain('€1,000.00')
  })

  it('shows a product whose stall has not arrived', () => {
    const wrapper = card({ currency: 'EUR' }, null)
    expect(wrapper.text()).toContain('Stall not loaded yet')
    expect(wrapper.text()).toContain('€1,000.00')
  })

  it('does not wait for ever for a stall that is not there', () => {
    const wrapper = mount(ProductCard, {
      props: { product: product(), stall: null, complete: true, to: '/product/tea' },
      global: { plugins: [anyRouter()] },
    })
    expect(wrapper.text()).toContain('Stall not in the market')
  })
})
