/** Colours as the light of the drawings changes them: warm where lit, plum where shaded. */

const LIGHT = '#fff4de'
const SHADE = '#2b1a2e'

const channels = (hex: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16))

/** A colour on the way from `a` (share 0) to `b` (share 1). Both are `#rrggbb`. */
export function mix(a: string, b: string, share: number): string {
  const to = channels(b)
  const mixed = channels(a).map((from, i) => Math.round(from + ((to[i] ?? 0) - from) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

export const lit = (colour: string, share = 0.35): string => mix(colour, LIGHT, share)

export const shaded = (colour: string, share = 0.25): string => mix(colour, SHADE, share)

/** Random numbers from 0 to 1 that are the same on every run. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
