/** An order that the tests of wallets make invoices for. */
import type { OrderId, OrderRef, Pubkey } from '@/domain/ids'
import type { Sat } from '@/domain/money'
import type { InvoiceRequest } from '@/domain/wallet'

const order: OrderRef = {
  merchant: 'a'.repeat(64) as Pubkey,
  customer: 'b'.repeat(64) as Pubkey,
  orderId: 'order-1' as OrderId,
}

export const invoiceRequest = (amount: number, changes: Partial<InvoiceRequest> = {}) => ({
  amount: amount as Sat,
  memo: 'One teapot',
  expirySeconds: 600,
  order,
  ...changes,
})
