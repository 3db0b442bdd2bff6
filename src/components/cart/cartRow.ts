/** A line of a cart beside what the catalogue says of its product now. */
import type { CartLine } from '@/domain/cart'
import { stockOf, type Product } from '@/domain/product'

export interface CartRow {
  readonly line: CartLine
  /** Null when the product is not offered any more, or has not arrived yet. */
  readonly product: Product | null
  /** True while the catalogue is on its way: then a missing product says nothing. */
  readonly pending?: boolean
}

/** The price per piece that counts now. */
export const unitPrice = ({ line, product }: CartRow): number => product?.price ?? line.price

/** How many pieces can be asked for: the stock, or as many as an order may hold. */
export function mostPieces({ product }: CartRow): number {
  const stock = product ? stockOf(product) : 'unlimited'
  return stock === 'unlimited' ? 9999 : stock
}

/** What the line comes to; nothing while none of it can be ordered. */
export const rowTotal = (row: CartRow): number =>
  isOrderable(row) ? row.line.quantity * unitPrice(row) : 0

/** True while the product is offered, as far as is known, and at least one piece is left. */
export const isOrderable = (row: CartRow): boolean =>
  (row.product !== null || row.pending === true) && mostPieces(row) > 0

/** What stands in the way of ordering this line, or what changed; null when all is well. */
export function rowProblem(
  row: CartRow,
  format: (amount: number) => string,
): { readonly blocking: boolean; readonly text: string } | null {
  const { line, product } = row
  if (!product && row.pending) return null
  if (!product) return { blocking: true, text: 'Not offered any more. Remove it to go on.' }
  const most = mostPieces(row)
  if (most === 0) return { blocking: true, text: 'Sold out. Remove it to go on.' }
  if (line.quantity > most) return { blocking: true, text: `Only ${most} left.` }
  if (product.price === line.price) return null
  return { blocking: false, text: `The price changed: it was ${format(line.price)}.` }
}
