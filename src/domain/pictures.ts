/** Which pictures of other people may be loaded, and from where. */
import type { Pubkey } from './ids'

/** Loaded at once, each only on a click, or never. */
export type PictureMode = 'load' | 'ask' | 'off'

export interface PictureChoice {
  readonly mode: PictureMode
  /** Whose pictures are loaded without asking, where each is asked for. */
  readonly merchants: readonly Pubkey[]
}

/** A picture that unfolds to more than this is not drawn: 40 million dots take 160 MB. */
const MAX_DOTS = 40_000_000
const MAX_SIDE = 16_000
/** Longest picture that an address itself may hold, in characters. */
const MAX_INLINE = 100_000

const OWN_FILE = /^\/(?!\/)[^\\]*$/
const INLINE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=]+$/i
const LOOPBACK = new Set(['127.0.0.1', 'localhost'])

function isWebPicture(address: string, pageHost: string): boolean {
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (username || password) return false
  return protocol === 'https:' || (LOOPBACK.has(hostname) && LOOPBACK.has(pageHost))
}

/**
 * True for `https:` pictures, files of the app itself, and small pictures inside of the address;
 * for `http:` only from this machine to a page of this machine (the embedded market).
 */
export function isPicture(address: string, pageHost: string): boolean {
  if (OWN_FILE.test(address)) return true
  if (address.length <= MAX_INLINE && INLINE.test(address)) return true
  return isWebPicture(address, pageHost)
}

/** The host that learns of it when a picture is loaded; empty for a picture that asks nobody. */
export const pictureHost = (address: string): string =>
  /^https?:/i.test(address) && URL.canParse(address) ? new URL(address).host : ''

/** True for a picture that is small enough to be drawn. Its size in dots. */
export const isDrawable = (width: number, height: number): boolean =>
  width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_DOTS

/** Whether a picture may be loaded unasked. `from`: a merchant's key, or an address of theirs. */
export function isLoadedUnasked({ mode, merchants }: PictureChoice, from: string): boolean {
  if (mode !== 'ask') return mode === 'load'
  const key = from.includes(':') ? from.split(':')[1] : from
  return merchants.some((merchant) => merchant === key)
}
