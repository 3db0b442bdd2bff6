/** QR codes of invoices and links, as data that a component draws. */

/** A code. `path` is SVG path data in modules; `size` includes the quiet zone. */
export interface QrPath {
  readonly size: number
  readonly path: string
}

/** A code for one invoice. */
export interface InvoiceQr extends QrPath {
  readonly bolt11: string
}

/** The margin in modules that scanners expect. */
const QUIET_ZONE = 4
const LEVEL = 'L'

/** Capitals alone, colon included, fit the compact alphanumeric mode. */
const qrText = (bolt11: string): string => `LIGHTNING:${bolt11.toUpperCase()}`

/** One horizontal stroke for each run of dark modules. */
function strokes(size: number, isDark: (row: number, column: number) => boolean): string {
  const parts: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let start = 0; start < size; start += 1) {
      let end = start
      while (end < size && isDark(row, end)) end += 1
      if (end === start) continue
      const length = end - start
      parts.push(`M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${length}v1h-${length}z`)
      start = end
    }
  }
  return parts.join('')
}

/** The QR code of any text. Loads the encoder when first called. Throws for more than it can hold. */
export async function textQr(text: string): Promise<QrPath> {
  const { default: QRCode } = await import('qrcode')
  const { modules } = QRCode.create(text, { errorCorrectionLevel: LEVEL })
  const path = strokes(modules.size, (row, column) => modules.get(row, column) === 1)
  return { size: modules.size + 2 * QUIET_ZONE, path }
}

/** The QR code of an invoice as a `LIGHTNING:` link. */
export const invoiceQr = async (bolt11: string): Promise<InvoiceQr> => ({
  bolt11,
  ...(await textQr(qrText(bolt11))),
})
