/** A demo merchant's stalls and products as Nostr events, and its stock as it sells. */
import { decodeCatalogueEvent } from '@/actions/followCatalogue'
import { publish } from '@/actions/publish'
import { createCatalogue, type Catalogue } from '@/domain/catalogue'
import { addressOf, type Pubkey } from '@/domain/ids'
import type { OrderState } from '@/domain/order'
import type { Product } from '@/domain/product'
import { KIND, type EventTemplate } from '@/protocol/event'
import { encodeProduct } from '@/protocol/product'
import { encodeProfile } from '@/protocol/profile'
import type { Outbox } from '@/protocol/relay'
import type { Signer } from '@/protocol/signer'
import { encodeStall } from '@/protocol/stall'
import type { DemoMerchant, DemoProduct, DemoStall } from '../catalogue/types'

export interface Goods {
  readonly catalogue: Catalogue
  /** Publishes profile, stalls and products. */
  publishAll(): Promise<void>
  /** Takes what a paid order holds out of stock and publishes what is left. */
  takeFromStock(order: OrderState): Promise<void>
  /** What the merchant writes once the order is paid: digital goods. */
  autoreplies(order: OrderState): readonly string[]
}

const productTemplate = (
  stall: DemoStall,
  product: DemoProduct,
  pictureUrl: (name: string) => string,
  now: number,
): EventTemplate => {
  const images = product.pictures.map(pictureUrl)
  const { id: stallId, currency } = stall
  return encodeProduct({ ...product, stallId, images, currency, active: true }, now)
}

/** The goods of one merchant. */
export function createGoods(
  merchant: DemoMerchant,
  ports: { readonly signer: Signer; readonly outbox: Outbox; readonly now: () => number },
  pictureBase: string,
): Goods {
  const catalogue = createCatalogue()
  const pictureUrl = (name: string): string => `${pictureBase}/${name}.svg`
  // A replaceable event of the same second would tie with the one before.
  let lastDate = 0
  const date = (): number => (lastDate = Math.max(ports.now(), lastDate + 1))

  async function put(template: EventTemplate): Promise<void> {
    const published = await publish(ports, template)
    if (!published.ok) throw new Error(published.reason.message)
    const fact = decodeCatalogueEvent(published.value)
    if (!fact.ok) throw new Error(fact.reason)
    catalogue.apply([fact.value])
  }

  async function lower(product: Product, pieces: number): Promise<void> {
    if (product.quantity === null) return
    const quantity = Math.max(0, product.quantity - pieces)
    await put(encodeProduct({ ...product, quantity }, date()))
  }

  const linesOf = (order: OrderState) => order.request?.lines ?? []
  const demoProducts = merchant.stalls.flatMap((stall) => stall.products)

  return {
    catalogue,
    async publishAll() {
      const now = ports.now()
      const { name, about, picture } = merchant.profile
      await put(encodeProfile({ name, about, picture: pictureUrl(picture) }, now))
      for (const stall of merchant.stalls) {
        await put(encodeStall(stall, now))
        for (const product of stall.products) {
          await put(productTemplate(stall, product, pictureUrl, now))
        }
      }
    },
    async takeFromStock(order) {
      for (const { productId, quantity } of linesOf(order)) {
        const address = addressOf(KIND.product, merchant.publicKey as Pubkey, productId)
        const product = catalogue.products.get(address)
        if (product) await lower(product, quantity)
      }
    },
    autoreplies(order) {
      const ordered = new Set(linesOf(order).map(({ productId }) => productId))
      return demoProducts.flatMap(({ id, autoreply }) =>
        ordered.has(id) && autoreply ? [autoreply] : [],
      )
    },
  }
}
