/** QR codes of invoices: compact, with a quiet zone, the same picture in every form. */
import { create } from 'qrcode'
import { describe, expect, it } from 'vitest'
import { invoiceQr } from '@/payments/qr'
import vectors from '../fixtures/vectors/bolt11.vectors.json'

const bolt11 = vectors.valid[1]!.invoice

/** Draws the path back into cells. */
function cellsOf(path: string): Set<string> {
  const cells = new Set<string>()
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(length); i += 1) cells.add(`${Number(x) + i},${y}`)
  }
  return cells
}

describe('invoiceQr', () => {
  it('draws exactly the dark modules of the uppercase link, inside a margin of four', async () => {
    const { size, path } = await invoiceQr(bolt11)
    const text = `LIGHTNING:${bolt11.toUpperCase()}`
    const code = create(text, { errorCorrectionLevel: 'L' })
    expect(code.segments.map(({ mode }) => mode.id)).toEqual(['Alphanumeric'])
    expect(size).toBe(code.modules.size + 8)
    const dark = new Set<string>()
    for (let y = 0; y < code.modules.size; y += 1) {
      for (let x = 0; x < code.modules.size; x += 1) {
        if (code.modules.get(y, x)) dark.add(`${x + 4},${y + 4}`)
      }
    }
    expect(cellsOf(path)).toEqual(dark)
  })

  it('names its invoice and is the same for capitals', async () => {
    const lower = await invoiceQr(bolt11)
    const upper = await invoiceQr(bolt11.toUpperCase())
    expect(lower.bolt11).toBe(bolt11)
    expect(upper.path).toBe(lower.path)
  })

  it('draws another picture for another invoice', async () => {
    const other = await invoiceQr(vectors.valid[3]!.invoice)
    expect(other.path).not.toBe((await invoiceQr(bolt11)).path)
  })
})
