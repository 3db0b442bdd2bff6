/** Finds the invoices that a wallet made for an order, so that a lost answer does not make a second. */
import * as v from 'valibot'
import type { OrderRef } from '@/domain/ids'
import type { DecodedInvoice } from '@/domain/invoice'
import { ok, type Result } from '@/domain/result'
import type { WalletProblem } from '@/domain/wallet'
import { decodeInvoice } from './bolt11'
import { askLnbits, type LnbitsAccess } from './lnbitsHttp'

const PAGE = 200
/** The newest thousand payments: what was interrupted is looked for soon after. */
const MAX_PAGES = 5

const maybeText = v.nullish(v.string())
/** One payment of the list. Up to 0.12 `pending`, from 1.0 `status`; `extra` is whatever was given. */
const Entry = v.object({
  bolt11: maybeText,
  payment_request: maybeText,
  amount: v.number(),
  status: maybeText,
  pending: v.nullish(v.boolean()),
  extra: v.nullish(v.record(v.string(), v.unknown())),
})
type Entry = v.InferOutput<typeof Entry>
/** An entry of another kind than an invoice must not hide those that can be read. */
const List = v.array(v.unknown())

/** True for an invoice that waits for its payment: neither paid nor failed, and incoming. */
const isOpen = ({ amount, status, pending }: Entry): boolean =>
  amount > 0 && (status == null ? pending === true : status === 'pending')

const isFor = ({ extra }: Entry, { orderId, merchant, customer }: OrderRef): boolean =>
  extra?.order_id === orderId &&
  extra.merchant_pubkey === merchant &&
  extra.customer_pubkey === customer

function openInvoice(raw: unknown, order: OrderRef): DecodedInvoice[] {
  const entry = v.safeParse(Entry, raw)
  if (!entry.success || !isOpen(entry.output) || !isFor(entry.output, order)) return []
  const decoded = decodeInvoice(entry.output.bolt11 ?? entry.output.payment_request ?? '')
  return decoded.ok ? [decoded.value] : []
}

/**
 * The open invoices of an order among the wallet's newest payments, newest first. An order is known
 * by what `createInvoice` wrote into `extra`.
 */
export async function findOpenInvoices(
  access: LnbitsAccess,
  order: OrderRef,
): Promise<Result<readonly DecodedInvoice[], WalletProblem>> {
  const found: DecodedInvoice[] = []
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const path = `/api/v1/payments?limit=${PAGE}&offset=${page * PAGE}`
    const answer = await askLnbits(access, { method: 'GET', path, answer: List })
    if (!answer.ok) return answer
    found.push(...answer.value.flatMap((entry) => openInvoice(entry, order)))
    if (answer.value.length < PAGE) break
  }
  return ok(found.sort((a, b) => b.createdAt - a.createdAt))
}
