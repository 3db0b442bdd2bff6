/** Decides whether an invoice may be paid for an order. Nothing shows a QR code without its word. */
import type {
  DecodedInvoice,
  ExpectedTotal,
  InvoiceCheck,
  InvoiceJudgement,
  InvoiceProblem,
  Network,
} from './invoice'
import { formatSat, msatAsSat } from './money'

/** An invoice is taken off the screen this long before it expires: a payment takes a moment. */
const EXPIRY_MARGIN_SECONDS = 30

/** Unix seconds until which an invoice is offered for payment. */
export const payableUntil = (invoice: DecodedInvoice): number =>
  invoice.expiresAt - EXPIRY_MARGIN_SECONDS

const PROBLEMS: Record<InvoiceProblem, string> = {
  'not-an-invoice': 'What the merchant sent is not a Lightning invoice.',
  'bad-checksum': 'The invoice is damaged: its checksum does not fit.',
  'bad-signature': 'The signature of the invoice is not valid.',
  'bad-amount': 'The amount in the invoice cannot be read.',
  'unknown-network': 'The invoice is for a network that is not known here.',
  'unsupported-feature': 'The invoice demands something that Lightning wallets do not support.',
  'missing-field': 'The invoice lacks something that every payment needs.',
}

/** Why an invoice text was refused, in one sentence. */
export const explainInvoiceProblem = (problem: InvoiceProblem): string => PROBLEMS[problem]

const check = (name: InvoiceCheck['name'], passed: boolean, text: string): InvoiceCheck => ({
  name,
  passed,
  text,
})

function checkNetwork(invoice: DecodedInvoice, network: Network): InvoiceCheck {
  const passed = invoice.network === network
  return check(
    'network',
    passed,
    passed
      ? `For the ${network} network`
      : `The invoice is for ${invoice.network}, but this market runs on ${network}. Do not pay it.`,
  )
}

function checkExpiry(invoice: DecodedInvoice, now: number): InvoiceCheck {
  const passed = now < payableUntil(invoice)
  return check(
    'expiry',
    passed,
    passed ? 'Not expired' : 'The invoice has expired. Ask the merchant for a new one.',
  )
}

function checkAmount(invoice: DecodedInvoice, expected: ExpectedTotal): InvoiceCheck {
  if (invoice.amountMsat === null) {
    return check('amount', false, 'The invoice names no amount, so it cannot be checked.')
  }
  const charged = formatSat(msatAsSat(invoice.amountMsat))
  if (expected.kind === 'unknown') {
    return check('amount', false, `The amount of ${charged} could not be checked. ${expected.why}`)
  }
  const tolerance = expected.kind === 'exact' ? 0 : expected.toleranceSat * 1000
  const passed = Math.abs(invoice.amountMsat - expected.sat * 1000) <= tolerance
  if (!passed) {
    const ours = formatSat(expected.sat)
    return check('amount', false, `The merchant asks for ${charged}; your order comes to ${ours}.`)
  }
  return check(
    'amount',
    true,
    expected.kind === 'exact' ? 'Amount as ordered' : 'Amount as estimated at the exchange rate',
  )
}

/**
 * Judges an invoice before its QR code is shown: readable and signed, right network, not expired,
 * amount as expected. Only an amount that differs, or that could not be checked, can be consented
 * to; anything else is refused. An invoice without an amount is refused.
 *
 * @param now Unix seconds
 * @param consented the person has seen both figures of this very invoice and agreed
 */
export function judgeInvoice(input: {
  readonly invoice: DecodedInvoice | null
  readonly problem: InvoiceProblem | null
  readonly expected: ExpectedTotal
  readonly network: Network
  readonly now: number
  readonly consented: boolean
}): InvoiceJudgement {
  const { invoice, problem, expected, network, now, consented } = input
  if (!invoice || problem) {
    return {
      verdict: 'refused',
      checks: [check('invoice', false, explainInvoiceProblem(problem ?? 'not-an-invoice'))],
    }
  }
  const amount = checkAmount(invoice, expected)
  const hard = [
    check('invoice', true, 'Sent and signed by this merchant'),
    checkNetwork(invoice, network),
    checkExpiry(invoice, now),
  ]
  const refused = hard.some((one) => !one.passed) || invoice.amountMsat === null
  const payable = amount.passed || consented
  return {
    verdict: refused ? 'refused' : payable ? 'payable' : 'needs-consent',
    checks: [...hard, amount],
  }
}
