/** The part of the LNbits HTTP API that the embedded market needs: statuses and bodies as recorded. */
import type { Ledger, LedgerWallet, PayProblem } from './ledger'
import { lookupJson, paymentJson } from './lnbitsShapes'
import { convert, CURRENCIES, rateOf, toSat } from './rates'

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query?: URLSearchParams
  /** Empty without a key. */
  readonly key: string
  /** The parsed JSON body; undefined when it is not JSON. */
  readonly body: unknown
}

export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
}

type Fields = Readonly<Record<string, unknown>>
type Handler = (ledger: Ledger, request: ApiRequest, part: string) => ApiAnswer

const answer = (status: number, body: unknown): ApiAnswer => ({ status, body })
const refuse = (status: number, detail: string): ApiAnswer => answer(status, { detail })
const paymentFailed = (detail: string): ApiAnswer => answer(520, { detail, status: 'failed' })

/** A refusal of one field in Python's notation, as the real server writes it. */
const invalid = (field: string, msg: string, type: string, context = ''): ApiAnswer =>
  refuse(400, `[{'loc': ('body', '${field}'), 'msg': '${msg}', 'type': '${type}'${context}}]`)

const isFields = (body: unknown): body is Fields =>
  typeof body === 'object' && body !== null && !Array.isArray(body)

/** Pydantic reads numbers from text too. */
function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** The wallet of a key, or the refusal. */
function authorise(ledger: Ledger, key: string): LedgerWallet | ApiAnswer {
  if (!key) return refuse(401, 'No Api Key provided.')
  return ledger.walletByKey(key) ?? refuse(404, 'Wallet not found.')
}
const isRefusal = (value: LedgerWallet | ApiAnswer): value is ApiAnswer => 'status' in value

const showWallet: Handler = (ledger, { key }) => {
  const wallet = authorise(ledger, key)
  if (isRefusal(wallet)) return wallet
  const { id, name, balanceMsat: balance } = wallet
  return answer(200, key === wallet.adminkey ? { id, name, balance } : { name, balance })
}

function checkFields(fields: Fields): ApiAnswer | null {
  const amount = readNumber(fields.amount ?? 0)
  if (amount === null) return invalid('amount', 'value is not a valid float', 'type_error.float')
  if (amount < 0) {
    const message = 'ensure this value is greater than or equal to 0'
    const context = ", 'ctx': {'limit_value': 0}"
    return invalid('amount', message, 'value_error.number.not_ge', context)
  }
  if (typeof fields.memo === 'string' && fields.memo.length > 640) {
    const context = ", 'ctx': {'limit_value': 640}"
    const message = 'ensure this value has at most 640 characters'
    return invalid('memo', message, 'value_error.any_str.max_length', context)
  }
  return null
}

function createInvoice(ledger: Ledger, wallet: LedgerWallet, fields: Fields): ApiAnswer {
  const unit = typeof fields.unit === 'string' ? fields.unit : 'sat'
  const sat = toSat(readNumber(fields.amount ?? 0) ?? 0, unit)
  if (sat === null) return refuse(400, `Currency '${unit}' not allowed.`)
  if (sat <= 0) return paymentFailed('Amountless invoices not supported.')
  const invoice = ledger.createInvoice(wallet.id, {
    amountMsat: sat * 1000,
    memo: typeof fields.memo === 'string' ? fields.memo : 'LNbits',
    expirySeconds: readNumber(fields.expiry) ?? undefined,
    extra: isFields(fields.extra) ? fields.extra : {},
  })
  return answer(201, paymentJson(invoice, true))
}

const PAY_PROBLEMS: Readonly<Record<PayProblem, string>> = {
  'not-an-invoice': 'Bolt11 decoding failed.',
  'without-amount': 'Amountless invoices not supported.',
  'not-of-this-ledger': 'Only internal invoices can be used!',
  'already-paid': 'Internal invoice already paid.',
  'failed-invoice': 'Payment already failed.',
  'insufficient-balance': 'Insufficient balance.',
}

function payInvoice(ledger: Ledger, wallet: LedgerWallet, fields: Fields): ApiAnswer {
  if (typeof fields.bolt11 !== 'string') return refuse(400, 'Missing BOLT11 invoice')
  const paid = ledger.pay(wallet.id, fields.bolt11)
  if (!paid.ok) return paymentFailed(PAY_PROBLEMS[paid.reason])
  if (paid.value.repeated) return paymentFailed(PAY_PROBLEMS['already-paid'])
  return answer(201, paymentJson(paid.value.payment))
}

const postPayment: Handler = (ledger, { key, body }) => {
  const wallet = authorise(ledger, key)
  if (isRefusal(wallet)) return wallet
  if (!isFields(body)) return invalid('', 'value is not a valid dict', 'type_error.dict')
  const refused = checkFields(body)
  if (refused) return refused
  if (body.out === false) return createInvoice(ledger, wallet, body)
  // Without `out` the real server takes it for a payment, which an invoice key may not make.
  if (key !== wallet.adminkey) return refuse(403, 'Invoice (or Admin) key required.')
  return payInvoice(ledger, wallet, body)
}

/** The newest payments of the wallet first, a page at a time. */
const listPayments: Handler = (ledger, { key, query }) => {
  const wallet = authorise(ledger, key)
  if (isRefusal(wallet)) return wallet
  const from = readNumber(query?.get('offset')) ?? 0
  const count = readNumber(query?.get('limit')) ?? 10
  const page = ledger.payments(wallet.id).slice(from, from + count)
  return answer(
    200,
    page.map((payment) => paymentJson(payment)),
  )
}

const showPayment: Handler = (ledger, { key }, hash) => {
  const wallet = key ? ledger.walletByKey(key) : undefined
  const payment = ledger.find(hash, wallet?.id)
  if (!payment || (wallet && payment.walletId !== wallet.id)) {
    return refuse(404, 'Payment does not exist.')
  }
  return answer(200, lookupJson(payment, payment.walletId === wallet?.id))
}

const showRate: Handler = (_ledger, _request, currency) => {
  const rate = rateOf(currency)
  return rate ? answer(200, rate) : refuse(400, `Currency '${currency.toUpperCase()}' not allowed.`)
}

const showConversion: Handler = (_ledger, { body }) => {
  const fields = isFields(body) ? body : {}
  const amount = readNumber(fields.amount)
  if (amount === null) return invalid('amount', 'value is not a valid float', 'type_error.float')
  const from = typeof fields.from_ === 'string' ? fields.from_ : 'sat'
  const converted = convert(from, amount, typeof fields.to === 'string' ? fields.to : 'usd')
  return converted ? answer(200, converted) : refuse(400, `Currency '${from}' not allowed.`)
}

const ROUTES: readonly (readonly [string, RegExp, Handler])[] = [
  ['GET', /^\/api\/v1\/wallet$/, showWallet],
  ['GET', /^\/api\/v1\/payments$/, listPayments],
  ['POST', /^\/api\/v1\/payments$/, postPayment],
  ['GET', /^\/api\/v1\/payments\/([^/]+)$/, showPayment],
  ['GET', /^\/api\/v1\/rate\/([^/]+)$/, showRate],
  ['GET', /^\/api\/v1\/currencies$/, () => answer(200, CURRENCIES)],
  ['POST', /^\/api\/v1\/conversion$/, showConversion],
]

/** Answers one request as LNbits would. */
export function handleRequest(ledger: Ledger, request: ApiRequest): ApiAnswer {
  const fitting = ROUTES.filter(([, pattern]) => pattern.test(request.path))
  const route = fitting.find(([method]) => method === request.method)
  if (!route) return fitting.length ? refuse(405, 'Method Not Allowed') : refuse(404, 'Not Found')
  const [, pattern, handler] = route
  return handler(ledger, request, pattern.exec(request.path)?.[1] ?? '')
}
