/** What the refusals of a wallet over Nostr Wallet Connect (NIP-47) mean, and what to do. */
import type { WalletProblem } from '@/domain/wallet'

type Explanation = Omit<WalletProblem, 'message'> & { readonly say: string }

const CODES: Readonly<Record<string, Explanation>> = {
  INSUFFICIENT_BALANCE: {
    code: 'insufficient-balance',
    say: 'Your wallet does not hold enough for this invoice and its fee. Top it up, or pay from another wallet.',
    retryable: true,
  },
  QUOTA_EXCEEDED: {
    code: 'refused',
    say: 'This payment is over the budget that you gave this connection. Raise the budget in your wallet, or pay from the wallet itself.',
    retryable: true,
  },
  RATE_LIMITED: {
    code: 'rate-limited',
    say: 'Your wallet was asked too often. Wait a few seconds and try again.',
    retryable: true,
  },
  UNAUTHORIZED: {
    code: 'wrong-key',
    say: 'Your wallet does not know this connection any more. Make a new one in your wallet and connect it here.',
    retryable: false,
  },
  RESTRICTED: {
    code: 'needs-other-key',
    say: 'This connection may not pay. Allow payments for it in your wallet, or make a new connection that may.',
    retryable: false,
  },
  NOT_IMPLEMENTED: {
    code: 'refused',
    say: 'This wallet cannot pay over a connection. Pay by scanning the code, or connect another wallet.',
    retryable: false,
  },
  UNSUPPORTED_ENCRYPTION: {
    code: 'refused',
    say: 'This wallet wants an encryption that Souk does not speak. Update the wallet, or pay by scanning the code.',
    retryable: false,
  },
  PAYMENT_FAILED: {
    code: 'refused',
    say: 'The payment did not go through, and your wallet kept the money. Try again, or pay from another wallet.',
    retryable: true,
  },
  NOT_FOUND: {
    code: 'not-found',
    say: 'Your wallet does not know this invoice.',
    retryable: false,
  },
  INTERNAL: {
    code: 'server-error',
    say: 'Your wallet has trouble of its own. Look whether it shows this payment; if not, try again.',
    retryable: true,
  },
}

const OTHER: Explanation = {
  code: 'refused',
  say: 'Your wallet refused the payment.',
  retryable: false,
}

/** Explains an error answer. The wallet's own words follow, since they often know more. */
export function explainNwcError(code: string, words: string): WalletProblem {
  const { say, ...rest } = (Object.hasOwn(CODES, code) && CODES[code]) || OTHER
  const quoted = words.trim().slice(0, 200)
  return { ...rest, message: quoted ? `${say} It said: "${quoted}".` : say }
}

/** A connection text that cannot be used; `reason` is a full sentence. */
export const badConnection = (reason: string): WalletProblem => ({
  code: 'wrong-key',
  message: `${reason} Copy the connection from your wallet again.`,
  retryable: false,
})

/** The request reached no relay, so nothing was paid. */
export const nwcUnreachable = (relays: string): WalletProblem => ({
  code: 'unreachable',
  message: `Your wallet's relay did not take the request, so nothing was paid (${relays}). Check your connection and try again, or pay by scanning the code.`,
  retryable: true,
})

/** The request was sent, and no answer came: the payment may still happen. */
export const nwcTimedOut = (seconds: number): WalletProblem => ({
  code: 'timed-out',
  message: `Your wallet has not answered within ${seconds} seconds. It may still pay: look into the wallet before you try again.`,
  retryable: true,
})

/** An answer that makes no sense; `why` is a short clause. */
export const nwcBadAnswer = (why: string): WalletProblem => ({
  code: 'bad-answer',
  message: `Your wallet answered, but ${why}. Look into the wallet whether it has paid before you try again.`,
  retryable: false,
})

export const withoutAmount: WalletProblem = {
  code: 'refused',
  message:
    'This invoice leaves the amount open, so it is not paid from here. Ask the merchant for one with an amount.',
  retryable: false,
}
