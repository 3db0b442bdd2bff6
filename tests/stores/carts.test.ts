// @vitest-environment happy-dom
/** Carts: one a stall, stored before they are shown, together with what other tabs do. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chooseZone, setQuantity } from '@/domain/cart'
import type { Address } from '@/domain/ids'
import { createCartDocuments } from '@/storage/cartDocuments'
import { useCartsStore } from '@/stores/carts'
import { useNoticesStore } from '@/stores/notices'
import { product } from '../factories/catalogue'
import { fillStorage, tellOfOtherTab } from '../support/browser'

const tea = product()
const cup = product({ id: 'cup', name: 'Cup', quantity: null })
const soap = product({ id: 'soap', stallId: 'bath', name: 'Soap', quantity: 2 })
const STALL = tea.stallAddress
const KEY = `souk:cart:${STALL}`

const reopen = () => {
  setActivePinia(createPinia())
  return useCartsStore()
}
const quantities = (carts: ReturnType<typeof useCartsStore>, stall: Address = STALL) =>
  Object.fromEntries(
    (carts.cart(stall)?.lines ?? []).map((line) => [line.productId, line.quantity]),
  )

afterEach(() => void vi.useRealTimers())

describe('carts', () => {
  it('keeps one cart a stall, also after a reload', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 2)
    carts.add(soap, 'EUR', 1)
    carts.add(cup, 'sat', 3)
    expect(quantities(carts)).toEqual({ tea: 2, cup: 3 })
    expect(quantities(carts, soap.stallAddress)).toEqual({ soap: 1 })
    expect(carts.pieces).toBe(6)
    const later = reopen()
    expect(quantities(later)).toEqual({ tea: 2, cup: 3 })
    expect(later.carts).toHaveLength(2)
    expect(later.cart(STALL)?.lines[0]).toMatchObject({ name: 'Tea', price: 1000, currency: 'sat' })
  })

  it('never holds more than is in stock, nor a line of nothing', () => {
    const carts = reopen()
    carts.add(soap, 'EUR', 5)
    carts.add(soap, 'EUR', 5)
    expect(quantities(carts, soap.stallAddress)).toEqual({ soap: 2 })
    carts.add(product({ id: 'gone', quantity: 0 }), 'sat', 1)
    expect(carts.cart(STALL)).toBeNull()
  })

  it('keeps of an emptied cart only that its line was taken out, and that for a month', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    carts.setLine(STALL, tea.address, 0)
    expect(carts.carts).toEqual([])
    expect(localStorage.getItem(KEY)).not.toContain('Tea')
    vi.setSystemTime(1_800_000_000_000 + 31 * 24 * 3600 * 1000)
    expect(reopen().carts).toEqual([])
    expect(localStorage.getItem(KEY)).toBeNull()
  })

  it('keeps the order of the carts while quantities change', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    vi.setSystemTime(1_800_000_010_000)
    carts.add(soap, 'EUR', 1)
    vi.setSystemTime(1_800_000_020_000)
    carts.setLine(STALL, tea.address, 3)
    expect(carts.carts.map((cart) => cart.stallAddress)).toEqual([soap.stallAddress, STALL])
  })

  it('undoes a removal without undoing what was done since', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 2)
    carts.add(cup, 'sat', 1)
    const before = carts.cart(STALL)!
    carts.setLine(STALL, tea.address, 0)
    carts.setLine(STALL, cup.address, 4)
    carts.restore(before, tea.address)
    expect(carts.cart(STALL)?.lines.map((line) => line.productId)).toEqual(['tea', 'cup'])
    expect(quantities(carts)).toEqual({ tea: 2, cup: 4 })
    carts.restore(before, tea.address)
    expect(quantities(carts)).toEqual({ tea: 2, cup: 4 })
  })

  it('undoes the removal of the last line, with the chosen zone', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 2)
    carts.setZone(STALL, 'world')
    const before = carts.cart(STALL)!
    carts.setLine(STALL, tea.address, 0)
    carts.restore(before, tea.address)
    expect(carts.cart(STALL)).toMatchObject({ zoneId: 'world' })
    expect(quantities(carts)).toEqual({ tea: 2 })
  })

  it('does not bring back what was ordered meanwhile', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 2)
    carts.add(cup, 'sat', 1)
    const before = carts.cart(STALL)!
    carts.setLine(STALL, tea.address, 0)
    carts.takeOut(STALL, [{ productId: 'cup', quantity: 1 }])
    carts.restore(before, tea.address)
    expect(quantities(carts)).toEqual({ tea: 2 })
  })

  it('takes out what was ordered and leaves what came later', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 2)
    carts.add(cup, 'sat', 1)
    carts.takeOut(STALL, [{ productId: 'tea', quantity: 2 }])
    expect(quantities(carts)).toEqual({ cup: 1 })
    carts.takeOut(STALL, [{ productId: 'cup', quantity: 1 }])
    expect(carts.carts).toEqual([])
  })
})

describe('carts in two tabs', () => {
  it('shows what another tab put in, and what it emptied', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    const other = createCartDocuments()
    const theirs = other.read(STALL)!
    other.merge(STALL, setQuantity(theirs, tea.address, 4, Date.now()))
    tellOfOtherTab(KEY)
    expect(quantities(carts)).toEqual({ tea: 4 })
    other.remove(STALL)
    tellOfOtherTab(KEY)
    expect(carts.carts).toEqual([])
  })

  it('adds to what another tab wrote, before its event arrives', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    const theirs = createCartDocuments()
    const cart = chooseZone(theirs.read(STALL)!, 'world', Date.now())
    theirs.merge(STALL, setQuantity(cart, tea.address, 3, Date.now()))
    carts.add(cup, 'sat', 1)
    expect(quantities(carts)).toEqual({ tea: 3, cup: 1 })
    expect(carts.cart(STALL)?.zoneId).toBe('world')
  })

  it('keeps what another tab took out, and what it overwrote', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    const before = localStorage.getItem(KEY)!
    carts.add(cup, 'sat', 2)
    // A tab that had not seen the cup takes the tea out: its write replaces the record.
    localStorage.setItem(KEY, before)
    const other = createCartDocuments({ events: new EventTarget() })
    other.merge(STALL, setQuantity(other.read(STALL)!, tea.address, 0, Date.now() + 5))
    tellOfOtherTab(KEY)
    expect(quantities(carts)).toEqual({ cup: 2 })
    expect(quantities(reopen())).toEqual({ cup: 2 })
  })

  it('does not bring a cart back that another tab has ordered', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    createCartDocuments().remove(STALL)
    carts.setLine(STALL, tea.address, 3)
    expect(carts.carts).toEqual([])
    expect(localStorage.getItem(KEY)).toBeNull()
  })
})

describe('a cart of a newer version', () => {
  it('is left as it is, and the person is told to reload', () => {
    const text = JSON.stringify({ version: 3, data: { something: 'new' } })
    localStorage.setItem(KEY, text)
    const carts = reopen()
    expect(carts.add(tea, 'sat', 1)).toBe(false)
    expect(carts.carts).toEqual([])
    expect(localStorage.getItem(KEY)).toBe(text)
    const told = useNoticesStore().takeAll()
    expect(told.map((notice) => notice.text).join()).toMatch(/newer Souk.*Reload the page/)
  })
})

describe('carts when nothing more can be stored', () => {
  it('changes nothing on the page and says why', () => {
    const carts = reopen()
    expect(carts.add(tea, 'sat', 1)).toBe(true)
    fillStorage()
    expect(carts.add(cup, 'sat', 1)).toBe(false)
    expect(carts.setLine(STALL, tea.address, 4)).toBe(false)
    expect(quantities(carts)).toEqual({ tea: 1 })
    const [told] = useNoticesStore().takeAll()
    expect(told).toMatchObject({ tone: 'danger', title: 'The cart was not changed' })
    expect(told?.text).toContain('no room left')
  })

  it('still takes things out', () => {
    const carts = reopen()
    carts.add(tea, 'sat', 1)
    fillStorage()
    expect(carts.setLine(STALL, tea.address, 0)).toBe(true)
    expect(carts.carts).toEqual([])
  })
})
