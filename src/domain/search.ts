/** Finds products by words: every word must begin or be part of something that names the product. */
import type { Product } from './product'

/** Names around a product that people search by. */
export interface ProductContext {
  readonly stall: string
  readonly merchant: string
}

/** Lower case without accents, so that `cafe` finds `Café`. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** How well one word fits: a name counts more than a description; 0 is no match. */
function score(product: Product, context: ProductContext, word: string): number {
  const name = fold(product.name)
  if (name.startsWith(word)) return 8
  if (name.includes(word)) return 6
  if (product.categories.some((category) => fold(category).includes(word))) return 4
  if (fold(context.stall).includes(word) || fold(context.merchant).includes(word)) return 3
  return fold(product.description).includes(word) ? 1 : 0
}

/** The products that fit every word of the query, best first; all of them for an empty query. */
export function searchProducts(
  products: readonly Product[],
  query: string,
  contextOf: (product: Product) => ProductContext,
): readonly Product[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return products
  const scored = products.flatMap((product) => {
    const context = contextOf(product)
    const scores = words.map((word) => score(product, context, word))
    return scores.includes(0) ? [] : [{ product, total: scores.reduce((a, b) => a + b, 0) }]
  })
  return scored.sort((a, b) => b.total - a.total).map(({ product }) => product)
}
