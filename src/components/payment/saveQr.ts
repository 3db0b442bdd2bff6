/** Saves a QR code as a picture that wallets can read from a phone's gallery. */

const PIXELS_PER_MODULE = 12

/** A PNG of the code as a data URL; null where the browser cannot draw. */
function drawPng(size: number, path: string): string | null {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * PIXELS_PER_MODULE
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(PIXELS_PER_MODULE, PIXELS_PER_MODULE)
  context.fillStyle = '#000'
  context.fill(new Path2D(path))
  return canvas.toDataURL('image/png')
}

/** Offers the code as a download. Says whether the browser could draw it. */
export function saveQr(
  qr: { readonly size: number; readonly path: string },
  name: string,
): boolean {
  const url = drawPng(qr.size, qr.path)
  if (!url) return false
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  return true
}
