/** The demo catalogue holds together: stalls, products, zones, prices and pictures. */
import { finalizeEvent } from 'nostr-tools/pure'
import { describe, expect, it } from 'vitest'
import { isSatCurrency } from '@/domain/money'
import type { Product } from '@/domain/product'
import { deliveryKind, type Stall } from '@/domain/stall'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { decodeProduct, encodeProduct } from '@/protocol/product'
import { decodeStall, encodeStall } from '@/protocol/stall'
import { demoMerchants } from '../../../dev/catalogue/catalogue'
import { pictureNames } from '../../../dev/catalogue/pictures/pictures'
import type { DemoMerchant, DemoStall } from '../../../dev/catalogue/types'

const NOW = 1_790_000_000

const stalls = demoMerchants.flatMap((merchant) =>
  merchant.stalls.map((stall) => ({ merchant, stall })),
)
const products = stalls.flatMap(({ merchant, stall }) =>
  stall.products.map((product) => ({ merchant, stall, product })),
)

function publish(merchant: DemoMerchant, template: EventTemplate): VerifiedEvent {
  const { kind, content, created_at, tags } = template
  const unsigned = { kind, content, created_at, tags: tags.map((tag) => [...tag]) }
  const event = verifyEvent(finalizeEvent(unsigned, Buffer.from(merchant.secretKey, 'hex')))
  if (!event.ok) throw new Error(event.reason)
  return event.value
}

function published(
  merchant: DemoMerchant,
  stall: DemoStall,
): { stall: Stall; products: Product[] } {
  const read = decodeStall(publish(merchant, encodeStall(stall, NOW)))
  if (!read.ok) throw new Error(read.reason)
  const list = stall.products.map((product) => {
    const images = product.pictures.map((name) => `http://127.0.0.1:7770/pictures/${name}.svg`)
    const written = {
      ...product,
      images,
      stallId: stall.id,
      currency: stall.currency,
      active: true,
    }
    const back = decodeProduct(publish(merchant, encodeProduct(written, NOW)))
    if (!back.ok) throw new Error(back.reason)
    return back.value
  })
  return { stall: read.value, products: list }
}

describe('the demo merchants', () => {
  it('are three, two answered by programs and one by a person', () => {
    const answeredBy = demoMerchants.map((merchant) => merchant.answeredBy)
    expect(answeredBy).toEqual(['program', 'program', 'person'])
    expect(new Set(demoMerchants.map(({ publicKey }) => publicKey)).size).toBe(3)
  })

  it('have portraits that exist', () => {
    for (const { profile } of demoMerchants) expect(pictureNames).toContain(profile.picture)
  })

  it('sign with the key they are known by', () => {
    for (const merchant of demoMerchants) {
      const event = publish(merchant, { kind: 1, content: '', created_at: NOW, tags: [] })
      expect(event.pubkey).toBe(merchant.publicKey)
    }
  })
})

describe('the demo stalls', () => {
  it('are five or six, in satoshi, US dollars and euro', () => {
    expect(stalls.length).toBeGreaterThanOrEqual(5)
    const currencies = new Set(stalls.map(({ stall }) => stall.currency))
    expect([...currencies].sort()).toEqual(['EUR', 'USD', 'sat'])
  })

  it('have ids of their own, and several zones each with countries', () => {
    expect(new Set(stalls.map(({ stall }) => stall.id)).size).toBe(stalls.length)
    for (const { stall } of stalls) {
      expect(stall.zones.length).toBeGreaterThanOrEqual(2)
      expect(new Set(stall.zones.map(({ id }) => id)).size).toBe(stall.zones.length)
      for (const { cost, countries } of stall.zones) {
        expect(cost).toBeGreaterThanOrEqual(0)
        expect(countries).not.toEqual([])
      }
    }
  })

  it('deliver in every way: shipped, digital and picked up', () => {
    const kinds = stalls.flatMap(({ stall }) => stall.zones.map(deliveryKind))
    expect(new Set(kinds)).toEqual(new Set(['shipped', 'digital', 'pickup']))
  })

  it.each(stalls)('$stall.name is read back as it was written', ({ merchant, stall }) => {
    const back = published(merchant, stall)
    expect(back.stall).toMatchObject({ id: stall.id, name: stall.name, zones: stall.zones })
    for (const [i, product] of back.products.entries()) {
      const { id, name, price, quantity, categories, specs, zoneCosts } = stall.products[i]!
      expect(product).toMatchObject({ id, name, price, quantity, categories, specs, zoneCosts })
      expect(product.stallAddress).toBe(back.stall.address)
      expect(product.images).toHaveLength(stall.products[i]!.pictures.length)
    }
  })
})

describe('the demo products', () => {
  it('are at least forty, each with an id of its own', () => {
    expect(products.length).toBeGreaterThanOrEqual(40)
    expect(new Set(products.map(({ product }) => product.id)).size).toBe(products.length)
  })

  it.each(products)('$product.name has a sane price and description', ({ stall, product }) => {
    const inSat = isSatCurrency(stall.currency)
    expect(product.price).toBeGreaterThanOrEqual(inSat ? 1000 : 1)
    expect(product.price).toBeLessThanOrEqual(inSat ? 250_000 : 250)
    // Whole satoshi, whole cents.
    expect(Number((product.price * (inSat ? 1 : 100)).toFixed(6)) % 1).toBe(0)
    expect(product.description.length).toBeGreaterThan(60)
    expect(product.categories).not.toEqual([])
  })

  it.each(products)('$product.name adds costs only to zones of its stall', ({ stall, product }) => {
    const zones = stall.zones.map(({ id }) => id)
    for (const [zone, cost] of Object.entries(product.zoneCosts)) {
      expect(zones).toContain(zone)
      expect(cost).toBeGreaterThan(0)
    }
  })

  it('show every kind of stock: unlimited, sold out and nearly', () => {
    const stock = products.map(({ product }) => product.quantity)
    expect(stock).toContain(null)
    expect(stock).toContain(0)
    expect(stock.some((count) => count === 1 || count === 2)).toBe(true)
  })

  it('have pictures that exist, the first their own', () => {
    const first = products.map(({ product }) => product.pictures[0])
    expect(new Set(first).size).toBe(products.length)
    for (const { product } of products) {
      for (const name of product.pictures) expect(pictureNames).toContain(name)
    }
  })

  it('are delivered by a message where they are digital', () => {
    const digital = products.filter(({ product }) => product.categories.includes('digital'))
    expect(digital.length).toBeGreaterThanOrEqual(5)
    for (const { product } of digital) expect(product.autoreply).toBeTruthy()
  })
})
