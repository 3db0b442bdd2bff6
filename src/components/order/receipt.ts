/** The receipt that LNbits merchants put into a payment request, with one figure a line. */

const BETWEEN = /\]\s*;?\s*\[/g

/** `[Tea: 2 x ...] [Total: ...]` as lines without brackets; any other text as it is. */
export function receiptLines(text: string): string {
  const trimmed = text.trim()
  if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return trimmed
  return trimmed.slice(1, -1).replace(BETWEEN, '\n')
}
