/** QR codes of invoices, as data that a component draws. */

/** A code for one invoice. `path` is SVG path data in modules; `size` includes the quiet zone. */
export interface InvoiceQr {
  readonly bolt11: string
  readonly size: number
  readonly path: string
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

/** The QR code of an invoice as a `LIGHTNING:` link. Loads the encoder when first called. */
export async function invoiceQr(bolt11: string): Promise<InvoiceQr> {
  const { default: QRCode } = await import('qrcode')
  const { modules } = QRCode.create(qrText(bolt11), { errorCorrectionLevel: LEVEL })
  const path = strokes(modules.size, (row, column) => modules.get(row, column) === 1)
  return { bolt11, size: modules.size + 2 * QUIET_ZONE, path }
}
