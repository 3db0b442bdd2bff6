/** What connects a merchant's LNbits wallet. */

export interface WalletAccess {
  /** Address of the LNbits server, without a trailing slash. */
  readonly url: string
  /** The key that can make invoices and look at them, never the admin key. */
  readonly invoiceKey: string
}

/** The address of a server out of what was typed; null when it is none. */
export function serverOf(text: string): string | null {
  const typed = text.trim()
  if (!URL.canParse(typed)) return null
  const { protocol, origin, pathname } = new URL(typed)
  return /^https?:$/.test(protocol) ? `${origin}${pathname}`.replace(/\/+$/, '') : null
}
