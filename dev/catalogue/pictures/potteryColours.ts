/** Colours that the pictures of the pottery stall share. */
import { slice, speckles, type Turned } from './kit/solids'
import { type Paint, path } from './kit/svg'

export const SAGE = '#8ba586'
export const CHALK = '#f0e6d4'
export const IRON = '#6a4a3c'
export const COBALT = '#41669a'
export const CLAY = '#c0724d'

export const freckled = (paint: Paint, turned: Turned, seed: number, colour = IRON): string => {
  const [top, bottom] = [turned.samples[0]?.[0] ?? 0, turned.samples.at(-1)?.[0] ?? 0]
  const area = [turned.cx - turned.widest, top, turned.widest * 2, bottom - top + 40] as const
  return speckles(paint.clip(path(slice(turned), '#000')), area, colour, 90, seed)
}
