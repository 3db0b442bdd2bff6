// @vitest-environment happy-dom
/** A grid draws again what has changed, and only that. */
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import ProductGrid from '@/components/product/ProductGrid.vue'
import { addressOf } from '@/domain/ids'
import type { Product } from '@/domain/product'
import type { Stall } from '@/domain/stall'
import { KIND } from '@/protocol/event'
import { product, stall } from '../../factories/catalogue'
import { MERCHANT } from '../../factories/people'
import { anyRouter } from '../router'

const one = (id: string, fields: Partial<Product> = {}) =>
  product({ id, address: addressOf(KIND.product, MERCHANT.pubkey, id), name: id, ...fields })
const item = (of: Product, from: Stall | null = null) => ({ product: of, stall: from })

function grid(items: readonly ReturnType<typeof item>[]) {
  const to = vi.fn(({ id }: Product) => `/product/${id}`)
  const wrapper = mount(ProductGrid, {
    props: { items, productTo: to },
    global: { plugins: [anyRouter()] },
  })
  const names = () => wrapper.findAll('h2').map((heading) => heading.text())
  return { wrapper, to, names }
}

describe('ProductGrid', () => {
  it('leaves known cards alone when more products arrive', async () => {
    const [cup, lamp] = [one('Cup'), one('Lamp')]
    const { wrapper, to, names } = grid([item(cup)])
    await wrapper.setProps({ items: [item(cup), item(lamp)] })
    expect(names()).toEqual(['Cup', 'Lamp'])
    expect(to.mock.calls).toEqual([[cup], [lamp]])
  })

  it('shows a stall that arrives later, a new version and another order', async () => {
    const [cup, lamp] = [one('Cup'), one('Lamp')]
    const { wrapper, names } = grid([item(cup), item(lamp)])
    await wrapper.setProps({ items: [item(lamp, stall()), item(one('Cup', { name: 'Big cup' }))] })
    expect(names()).toEqual(['Lamp', 'Big cup'])
    expect(wrapper.findAll('article').map((card) => card.text().includes('Tea house'))).toEqual([
      true,
      false,
    ])
  })
})
