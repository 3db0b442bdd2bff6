/** Carts in two to four tabs at once: whatever each does, all end with the same cart and lose nothing. */
import { describe, expect, it } from 'vitest'
import { addToCart, chooseZone, emptyCart, setQuantity, type Cart } from '@/domain/cart'
import { mergeCarts } from '@/domain/cartMerge'
import { createCartDocuments } from '@/storage/cartDocuments'
import { seededRandom } from '../factories/random'
import { product } from '../factories/catalogue'
import { createFakeBrowser, type FakeTab } from './fakeBrowser'

const OPERATIONS = 500
const PRODUCTS = Array.from({ length: 8 }, (_, n) => product({ id: `p${n}`, quantity: null }))
const { stallAddress: STALL, merchant } = PRODUCTS[0]!

/** A tab as the store works: what it shows, joined with what is stored, is what it changes. */
function openCarts(tab: FakeTab) {
  const documents = createCartDocuments({ storage: tab.storage, events: tab.events })
  let shown: Cart | null = documents.read(STALL)
  documents.onChange((_stall, cart) => (shown = cart))
  return {
    close: documents.close,
    cart: () => shown,
    edit(change: (cart: Cart) => Cart, now: number): Cart {
      const stored = documents.read(STALL)
      const current = stored && shown ? mergeCarts(stored, shown) : stored
      shown = documents.merge(STALL, change(current ?? emptyCart(STALL, merchant, now)))
      return shown
    },
  }
}

type OpenTab = ReturnType<typeof openCarts>

function randomEdit(random: () => number, now: number): (cart: Cart) => Cart {
  const pick = (count: number): number => Math.floor(random() * count)
  const one = PRODUCTS[pick(PRODUCTS.length)]!
  switch (pick(5)) {
    case 0:
    case 1:
      return (cart) => addToCart(cart, one, 'sat', 1 + pick(3), now)
    case 2:
      return (cart) => setQuantity(cart, one.address, 1 + pick(9), now)
    case 3:
      return (cart) => setQuantity(cart, one.address, 0, now)
    default:
      return (cart) => chooseZone(cart, `zone-${pick(3)}`, now)
  }
}

/** What a cart must be: the union of every state that any tab ever stored. */
function run(tabCount: number, seed: number) {
  const random = seededRandom(seed)
  const pick = (count: number): number => Math.floor(random() * count)
  const browser = createFakeBrowser()
  const tabs: OpenTab[] = Array.from({ length: tabCount }, () => openCarts(browser.openTab()))
  let wanted: Cart | null = null
  let now = 1_800_000_000_000
  for (let n = 0; n < OPERATIONS; n += 1) {
    now += pick(3)
    const at = pick(tabCount)
    const after = tabs[at]!.edit(randomEdit(random, now), now)
    wanted = wanted ? mergeCarts(wanted, after) : after
    const then = pick(10)
    if (then < 3) browser.propagate()
    else if (then < 5) browser.settle()
    else if (then === 5) {
      // A tab closes once its writes have gone out, and a new one opens.
      browser.settle()
      tabs[at]!.close()
      tabs[at] = openCarts(browser.openTab())
    }
  }
  browser.settle()
  const stored = createCartDocuments({ storage: browser.openTab().storage }).read(STALL)
  return { tabs, wanted, stored }
}

describe.each([2, 3, 4])('%i tabs with 500 random changes', (tabCount) => {
  it.each([1, 2])('agree with each other and with the storage (seed %i)', (seed) => {
    const { tabs, wanted, stored } = run(tabCount, seed)
    expect(stored).toEqual(wanted)
    for (const tab of tabs) expect(tab.cart()).toEqual(wanted)
    expect(stored!.lines.length + stored!.removed.length).toBe(PRODUCTS.length)
  })
})
