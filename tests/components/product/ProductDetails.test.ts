// @vitest-environment happy-dom
/** What a product page offers, also when its stall or its words are not as they should be. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ProductDetails from '@/components/product/ProductDetails.vue'
import type { Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'
import { product, stall } from '../../factories/catalogue'
import { anyRouter } from '../router'

const details = (of: Stall | null, fields: Partial<Product> = {}, complete = true) =>
  mount(ProductDetails, {
    props: { product: product(fields), stall: of, complete },
    global: { plugins: [anyRouter()] },
  })
const cartButton = (wrapper: ReturnType<typeof details>) =>
  wrapper.findAll('button').find((button) => button.text() === 'Add to cart')

describe('ProductDetails', () => {
  it('offers a product of a stall that delivers', () => {
    expect(cartButton(details(stall()))?.attributes('disabled')).toBeUndefined()
  })

  it.each<[string, Stall | null, boolean, string]>([
    ['without delivery', stall({ zones: [] }), true, 'names no delivery'],
    ['that is gone', null, true, 'not in the market'],
    ['whose currency is not known yet', null, false, 'still on its way'],
  ])('offers nothing of a stall %s, and says why', (_, of, complete, why) => {
    const wrapper = details(of, { currency: null }, complete)
    expect(cartButton(wrapper)?.attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain(why)
  })

  it('folds a very long description', async () => {
    const description = `${'word '.repeat(1000)}the end`
    const wrapper = details(stall(), { description })
    expect(wrapper.text()).not.toContain('the end')
    await wrapper.get('[aria-expanded="false"]').trigger('click')
    expect(wrapper.text()).toContain('the end')
  })

  it('shows a description of ordinary length as it is', () => {
    const wrapper = details(stall(), { description: 'Green tea.\nFresh.' })
    expect(wrapper.text()).toContain('Green tea.')
    expect(wrapper.find('[aria-expanded]').exists()).toBe(false)
  })
})
