/** What every refusal of an LNbits server means for the person, and what to do about it. */
import type { WalletProblem } from '@/domain/wallet'

/** A refused request: the HTTP status and the server's own words, empty where it had none. */
export interface LnbitsRefusal {
  readonly status: number
  readonly detail: string
  /** The server as the person knows it, such as `pay.example.org`. */
  readonly host: string
}

interface Rule {
  readonly status: (status: number) => boolean
  readonly detail?: RegExp
  readonly code: WalletProblem['code']
  readonly retryable?: boolean
  readonly say: (refusal: LnbitsRefusal) => string
}

const LONGEST_DETAIL = 200
const is =
  (...statuses: readonly number[]) =>
  (status: number) =>
    statuses.includes(status)
const KEY_PLACE = "LNbits shows it under the wallet's API keys as the invoice/read key"

/** The server's words in quotes, or nothing. */
const quoted = ({ detail }: LnbitsRefusal): string => (detail ? ` It said: "${detail}".` : '')

/** The first rule that fits explains the refusal. */
const RULES: readonly Rule[] = [
  {
    status: is(401),
    detail: /no api key/i,
    code: 'wrong-key',
    say: ({ host }) =>
      `${host} was asked without a key. Enter the invoice key of your wallet: ${KEY_PLACE}.`,
  },
  {
    status: is(401),
    code: 'wrong-key',
    say: (refusal) =>
      `${refusal.host} does not accept this key.${quoted(refusal)} Copy the invoice key of your wallet again: ${KEY_PLACE}.`,
  },
  {
    status: is(403),
    code: 'needs-other-key',
    say: (refusal) =>
      `${refusal.host} does not allow this with the key it was given.${quoted(refusal)} Enter the invoice key, not an admin key or another wallet's: ${KEY_PLACE}.`,
  },
  {
    status: is(404),
    detail: /wallet/i,
    code: 'wrong-key',
    say: ({ host }) =>
      `${host} knows no wallet with this key. Check that address and key belong together, then copy the invoice key again: ${KEY_PLACE}.`,
  },
  {
    status: is(404),
    detail: /payment/i,
    code: 'not-found',
    say: ({ host }) =>
      `${host} does not know this invoice. It was made by another wallet or removed there. Make a new invoice if it is still to be paid.`,
  },
  {
    status: is(404, 405),
    code: 'not-found',
    say: ({ host }) =>
      `There is no LNbits at ${host}, or it lies under another path. Check the address: it is the one you open LNbits with, without /wallet at the end.`,
  },
  {
    status: is(400),
    detail: /currency .* not allowed/i,
    code: 'refused',
    say: ({ host, detail }) =>
      `${host} has no exchange rate: ${detail} Ask its operator to allow the currency, or price in sat.`,
  },
  {
    status: is(400, 413, 422),
    code: 'refused',
    say: (refusal) =>
      `${refusal.host} did not accept the request.${quoted(refusal)} Check the amount and the text of the invoice.`,
  },
  {
    status: is(429),
    code: 'rate-limited',
    retryable: true,
    say: ({ host }) => `${host} was asked too often. It is asked again in a moment; just wait.`,
  },
  {
    status: is(520),
    detail: /amountless|too high|cannot exceed|permission/i,
    code: 'refused',
    say: (refusal) =>
      `The wallet at ${refusal.host} cannot make this invoice.${quoted(refusal)} Check the amount, or the limits of the wallet.`,
  },
  {
    status: is(520),
    code: 'server-error',
    retryable: true,
    say: (refusal) =>
      `The wallet behind ${refusal.host} could not do it.${quoted(refusal)} Try again; if it stays so, its operator must look at the funding source.`,
  },
  {
    status: (status) => status >= 500,
    code: 'server-error',
    retryable: true,
    say: (refusal) =>
      `${refusal.host} has trouble of its own (HTTP ${refusal.status}).${quoted(refusal)} Try again in a moment.`,
  },
]

/** Explains an HTTP answer that is not a success. */
export function explainRefusal(refusal: LnbitsRefusal): WalletProblem {
  const rule = RULES.find(
    ({ status, detail }) => status(refusal.status) && (detail?.test(refusal.detail) ?? true),
  )
  if (!rule) return badAnswer(refusal.host, `HTTP ${refusal.status}`)
  return { code: rule.code, message: rule.say(refusal), retryable: rule.retryable ?? false }
}

/** A request that got no answer at all: offline, wrong address, or forbidden by the browser. */
export const unreachable = (host: string): WalletProblem => ({
  code: 'unreachable',
  message: `${host} cannot be reached. Either this device is offline, the address is wrong, the server is down, or it does not let this page talk to it (CORS; a page on https can only use an https address). Check the address and your connection.`,
  retryable: true,
})

/** A request that took too long. */
export const timedOut = (host: string, seconds: number): WalletProblem => ({
  code: 'timed-out',
  message: `${host} did not answer within ${seconds} seconds. Try again; if it stays so, check that LNbits is running.`,
  retryable: true,
})

/** A success that does not say what LNbits would say. `why` is a short noun phrase. */
export const badAnswer = (host: string, why: string): WalletProblem => ({
  code: 'bad-answer',
  message: `${host} answered, but not as LNbits does (${why}). Check that the address is that of an LNbits server.`,
  retryable: false,
})

/** The reasons in Python's notation that LNbits sends when it refuses the fields of a request. */
function readValidation(text: string): string | null {
  const reasons = [...text.matchAll(/'loc': \(([^)]*)\), 'msg': (?:'([^']*)'|"([^"]*)")/g)]
  if (reasons.length === 0) return null
  return reasons
    .map(([, place, single, double]) => `${place?.match(/'(\w+)',?$/)?.[1]}: ${single ?? double}`)
    .join('; ')
}

/** The server's words out of the body of a refusal: a `detail` in one of its forms, or nothing. */
export function detailOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return ''
  const { detail } = body
  if (typeof detail === 'string') {
    return (readValidation(detail) ?? detail).slice(0, LONGEST_DETAIL)
  }
  const first: unknown = Array.isArray(detail) ? detail[0] : null
  if (typeof first !== 'object' || first === null || !('msg' in first)) return ''
  return String(first.msg).slice(0, LONGEST_DETAIL)
}
