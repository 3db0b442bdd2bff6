/** Wrong invoices of every class, signed for real: none is payable, and only an amount can be agreed to. */
import { describe, expect, it } from 'vitest'
import { attribute } from '@/actions/messageFact'
import type { OrderId, Pubkey } from '@/domain/ids'
import { judgeInvoice } from '@/domain/invoiceJudgement'
import type { OrderPricing } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import { expectedTotal, priceOrder } from '@/domain/pricing'
import { decodeInvoice } from '@/payments/bolt11'
import { encodeInvoice, type InvoiceDraft } from '../../dev/wallet/bolt11Encoder'
import { product, stall, zone } from '../factories/catalogue'
import { eventId, hex64, T0 } from '../factories/events'
import { orderRef, placed, pricing } from '../factories/orders'
import { MERCHANT, STRANGER } from '../factories/people'
import { seededRandom } from '../factories/random'

/** The whole figure with `SOUK_INVOICES=10000`; a tenth of it in every test run. */
const WRONG = Number(process.env.SOUK_INVOICES ?? 1_000)
const HONEST = WRONG / 10
const NOW = T0 + 60
const HOUR = 3600

type Kind = 'amount' | 'never'
interface Wrong {
  readonly what: string
  readonly kind: Kind
  readonly changes: (n: number, sat: number) => Partial<InvoiceDraft>
  readonly author?: Pubkey
  readonly mangle?: (bolt11: string, n: number) => string
}

const flip = (text: string, n: number): string => {
  const at = 12 + (n % (text.length - 12))
  return text.slice(0, at) + (text[at] === 'q' ? 'p' : 'q') + text.slice(at + 1)
}
const NETWORKS = ['bitcoin', 'testnet', 'signet'] as const

const CLASSES: readonly Wrong[] = [
  { what: '1 msat more', kind: 'amount', changes: (_, sat) => ({ amountMsat: sat * 1000 + 1 }) },
  { what: '1 msat less', kind: 'amount', changes: (_, sat) => ({ amountMsat: sat * 1000 - 1 }) },
  { what: 'twice as much', kind: 'amount', changes: (_, sat) => ({ amountMsat: sat * 2000 }) },
  { what: 'no amount', kind: 'never', changes: () => ({ amountMsat: null }) },
  { what: 'network', kind: 'never', changes: (n) => ({ network: NETWORKS[n % 3] }) },
  {
    what: 'signature',
    kind: 'never',
    changes: (n) => ({ payee: true, signature: `${hex64(n + 1)}${hex64(n + 2)}00` }),
  },
  { what: 'a changed letter', kind: 'never', changes: () => ({}), mangle: flip },
  { what: 'author', kind: 'never', changes: () => ({}), author: STRANGER.pubkey },
  {
    what: 'expiry',
    kind: 'never',
    changes: (n) => ({ createdAt: NOW - HOUR - (n % HOUR), expirySeconds: HOUR + 29 }),
  },
  {
    what: 'expiry and amount',
    kind: 'never',
    changes: (n, sat) => ({ createdAt: NOW - 2 * HOUR, amountMsat: sat * 1000 + n + 1 }),
  },
]

/** What the customer's page makes of one payment request: the verdicts without and with consent. */
function verdicts(bolt11: string, order: OrderPricing, author: Pubkey, n: number) {
  const message = {
    type: 'payment-request',
    orderId: 'order-1' as OrderId,
    text: '',
    options: [{ type: 'ln', link: bolt11 }],
  } as const
  const frame = { eventId: eventId(n), author, recipient: orderRef().customer, time: T0 }
  const received = attribute(frame, message, decodeInvoice)
  if (received.type !== 'fact') throw new Error('a payment request is a fact')
  const state = foldOrder(orderRef(), [placed(), received.fact])
  const [asked] = state.paymentRequests
  const { invoice = null, invoiceProblem: problem = null } = asked ?? {}
  const expected = expectedTotal(order)
  const judge = (consented: boolean) =>
    judgeInvoice({ invoice, problem, expected, network: 'regtest', now: NOW, consented }).verdict
  return { before: judge(false), after: judge(true) }
}

const draft = (n: number, sat: number): InvoiceDraft => ({
  network: 'regtest',
  amountMsat: sat * 1000,
  paymentHash: hex64(n + 1),
  createdAt: T0,
  expirySeconds: HOUR,
  nodeKey: '07'.repeat(32),
})

describe('wrong invoices', () => {
  it.each(CLASSES)(
    '$what: no code without consent, and consent for nothing but the amount',
    ({ kind, changes, author = MERCHANT.pubkey, mangle }) => {
      const counts = { shown: 0, offered: 0, agreed: 0 }
      const each = Math.ceil(WRONG / CLASSES.length)
      for (let n = 0; n < each; n += 1) {
        const sat = 1100 + n
        const order = pricing({ zone: { ...pricing().zone, cost: 100 + n } })
        const text = encodeInvoice({ ...draft(n, sat), ...changes(n, sat) })
        const seen = verdicts(mangle ? mangle(text, n) : text, order, author, n)
        if (seen.before === 'payable') counts.shown += 1
        if (seen.before === 'needs-consent') counts.offered += 1
        if (seen.after === 'payable') counts.agreed += 1
      }
      const agreed = kind === 'amount' ? each : 0
      expect(counts).toEqual({ shown: 0, offered: agreed, agreed })
    },
    300_000,
  )
})

/** Half to even, as Python rounds. */
function pythonRound(value: number): number {
  const down = Math.floor(value)
  const rest = value - down
  if (rest !== 0.5) return Math.round(value)
  return down % 2 === 0 ? down : down + 1
}

describe('honest carts', () => {
  it.each(['sat', 'EUR'])(
    'in %s are never refused',
    (currency) => {
      const next = seededRandom(currency.length)
      const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
      let refused = 0
      for (let n = 0; n < HONEST / 2; n += 1) {
        const isSat = currency === 'sat'
        const cents = (most: number) => between(100, most) / (isSat ? 1 : 100)
        const shipping = zone({ cost: cents(5000) })
        const lines = Array.from({ length: between(1, 5) }, (_, i) => ({
          product: product({
            id: `p${i}`,
            price: isSat && n % 3 === 0 ? cents(5000) + 0.5 : cents(9000),
            zoneCosts: { world: between(0, 3) },
          }),
          quantity: between(1, 9),
        }))
        const ours = 900 + next() * 400
        // The merchant asks for a rate of its own, up to one in a hundred away.
        const theirs = isSat ? 1 : ours * (0.99 + next() * 0.02)
        const sats = (amount: number) => (isSat ? amount : Math.trunc(amount * theirs))
        const goods = lines.reduce(
          (sum, { product: one, quantity }) =>
            sum + quantity * sats(one.price + (one.zoneCosts.world ?? 0)),
          0,
        )
        const total = pythonRound(goods + sats(shipping.cost))
        const order = priceOrder(stall({ currency, zones: [shipping] }), shipping, lines, ours)
        const bolt11 = encodeInvoice(draft(n, total))
        if (verdicts(bolt11, order, MERCHANT.pubkey, n).before !== 'payable') refused += 1
      }
      expect(refused).toBe(0)
    },
    300_000,
  )
})
