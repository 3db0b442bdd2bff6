// @vitest-environment happy-dom
/** Shipping costs for a product grow with its quantity. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ZoneList from '@/components/stall/ZoneList.vue'
import { zone } from '../../factories/catalogue'

const ZONES = [
  zone({ id: 'eu', name: 'Europe', cost: 300, countries: ['France', 'Spain'] }),
  zone({ id: 'online-1', name: 'Online', cost: 0, countries: [] }),
]

const list = (props: { extras?: Record<string, number>; quantity?: number } = {}) =>
  mount(ZoneList, { props: { zones: ZONES, currency: 'sat', ...props } })

describe('ZoneList', () => {
  it('shows the base cost of each zone, where it goes, and what is free', () => {
    const rows = list().findAll('li')
    expect(rows.map((row) => row.text())).toEqual([
      expect.stringMatching(/Europe\s*France, Spain\s*300 sat/),
      expect.stringMatching(/Online\s*Sent online, nothing is shipped\s*Free/),
    ])
  })

  it('adds the extra cost of a product for each piece', () => {
    expect(list({ extras: { eu: 50 }, quantity: 3 }).text()).toContain('450 sat')
  })

  it('takes a zone id that every object knows for a plain name', () => {
    const zones = ['__proto__', 'constructor'].map((id) => zone({ id, cost: 300 }))
    const wrapper = mount(ZoneList, {
      props: { zones, currency: 'sat', extras: JSON.parse('{"__proto__": 50}') },
    })
    expect(wrapper.text()).toContain('350 sat')
    expect(wrapper.text()).not.toContain('NaN')
  })

  it('says that a stall without zones cannot take orders', () => {
    const wrapper = mount(ZoneList, { props: { zones: [], currency: 'sat' } })
    expect(wrapper.text()).toContain('no shipping zones')
  })
})
