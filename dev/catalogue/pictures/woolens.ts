/** Drawings of the wool and wick stall: scarf, socks and blanket. */
import { lit, shaded } from './kit/colour'
import type { Draw } from './kit/scenes'
import { lyingShadow, standingShadow } from './kit/solids'
import { group, type Paint, path, rect, stroke, words } from './kit/svg'
import { MUSTARD, OAT, PLUM, WINE } from './woolAndWickColours'

/** A woven surface: fine lines across a clipped shape. */
const weave = (paint: Paint, d: string, colour: string, step = 13): string =>
  group(
    { 'clip-path': paint.clip(path(d, '#000')), opacity: '0.3' },
    ...Array.from({ length: Math.ceil(1300 / step) }, (_, i) =>
      stroke(`M${i * step - 400} 0l400 800`, colour, 1.6),
    ),
  )

export const scarf =
  (main = WINE, stripe = OAT): Draw =>
  (paint) => {
    const shape =
      'M150 170C330 120 520 132 652 172C676 330 664 470 640 560L176 574C150 440 138 300 150 170Z'
    const end = 'M356 330L596 316L622 640L384 654Z'
    const light = paint.linear(
      [150, 150, 650, 580],
      [0, lit(main, 0.3)],
      [0.5, main],
      [1, shaded(main, 0.22)],
    )
    const bars = (d: string, lines: string[]) =>
      group({ 'clip-path': paint.clip(path(d, '#000')) }, ...lines)
    const fringe = Array.from({ length: 16 }, (_, i) => {
      const x = 392 + i * 15
      return stroke(
        `M${x} ${648 - i * 0.9}q${i % 2 ? 6 : -6} 34 ${i % 2 ? -2 : 3} 66`,
        i % 2 ? main : shaded(main, 0.18),
        7,
      )
    })
    return (
      lyingShadow(paint, shape, 18) +
      path(shape, light) +
      bars(shape, [
        stroke('M110 252C330 206 520 214 700 254', stripe, 26),
        stroke('M110 300C330 254 520 262 700 302', MUSTARD, 10),
      ]) +
      stroke('M158 420C320 396 500 398 660 424', shaded(main, 0.4), 5, { opacity: '0.5' }) +
      weave(paint, shape, lit(main, 0.6)) +
      lyingShadow(paint, end, 12) +
      fringe.join('') +
      path(end, paint.linear([360, 320, 620, 650], [0, lit(main, 0.34)], [1, shaded(main, 0.08)])) +
      bars(end, [
        stroke('M340 560L640 544', stripe, 30),
        stroke('M340 508L640 492', stripe, 10),
        stroke('M340 606L640 590', MUSTARD, 10),
      ]) +
      weave(paint, end, lit(main, 0.6))
    )
  }

export const socks: Draw = (paint) => {
  const sock = (colour: string, tip: string) => {
    const shape =
      'M0 0H150V250C150 300 176 318 240 340C306 364 310 440 244 446H96C40 446 0 410 0 352Z'
    const ribs = Array.from({ length: 9 }, (_, i) =>
      stroke(`M${10 + i * 16.3} 6V74`, shaded(colour, 0.25), 3, { opacity: '0.5' }),
    )
    const bands = [120, 152].map((y) => rect(-4, y, 160, 14, tip))
    const toe = path('M222 320C320 350 330 450 236 450C214 420 208 352 222 320Z', tip)
    const heel = path('M-4 300C30 310 56 340 60 452H-4Z', tip)
    return (
      lyingShadow(paint, shape, 14) +
      group(
        { 'clip-path': paint.clip(path(shape, '#000')) },
        path(
          shape,
          paint.linear(
            [0, 0, 300, 440],
            [0, lit(colour, 0.4)],
            [0.5, colour],
            [1, shaded(colour, 0.2)],
          ),
        ),
        rect(-4, 0, 160, 80, lit(colour, 0.2)),
        ...ribs,
        ...bands,
        toe,
        heel,
      ) +
      stroke('M40 410C20 390 16 370 16 340', lit(colour, 0.6), 5, { opacity: '0.5' })
    )
  }
  return (
    group({ transform: 'translate(392 98) rotate(12)' }, sock(MUSTARD, WINE)) +
    group({ transform: 'translate(168 224) rotate(-6)' }, sock(OAT, PLUM))
  )
}

export const blanket: Draw = (paint) => {
  const fold = (
    y: number,
    height: number,
    left: number,
    right: number,
    colour: string,
    stripe: string,
  ) => {
    const r = height / 2
    const d = `M${left + r} ${y}H${right - 14}q14 0 14 14V${y + height - 14}q0 14 -14 14H${left + r}a${r} ${r} 0 0 1 0 ${-height}Z`
    const bars = [0.3, 0.42, 0.7].map((share, i) =>
      rect(left + (right - left) * share, y, i === 1 ? 14 : 40, height, stripe, {
        opacity: '0.75',
      }),
    )
    return (
      path(
        d,
        paint.linear(
          [0, y, 0, y + height],
          [0, lit(colour, 0.4)],
          [0.4, colour],
          [1, shaded(colour, 0.3)],
        ),
      ) +
      group(
        { 'clip-path': paint.clip(path(d, '#000')) },
        ...bars,
        weave(paint, d, shaded(colour, 0.3), 16),
      ) +
      stroke(`M${left + r + 8} ${y + r}H${right - 12}`, shaded(colour, 0.45), 4, { opacity: '0.4' })
    )
  }
  const fringe = (x: number, y: number, count: number, colour: string) =>
    Array.from({ length: count }, (_, i) =>
      stroke(
        `M${x} ${y + i * 9}q20 4 36 ${14 + (i % 3) * 5}`,
        i % 2 ? colour : shaded(colour, 0.2),
        5,
      ),
    ).join('')
  return (
    standingShadow(paint, 400, 656, 235) +
    fold(556, 100, 160, 640, PLUM, WINE) +
    fringe(638, 566, 9, PLUM) +
    fold(460, 98, 172, 630, OAT, MUSTARD) +
    fringe(628, 470, 9, OAT) +
    fold(366, 96, 166, 636, WINE, OAT) +
    fringe(634, 374, 9, WINE) +
    group(
      { transform: 'translate(250 350) rotate(-8)' },
      rect(0, -26, 92, 62, '#f7eeda', { rx: 6 }),
      words('WOOL', 46, 10, 22, 62, WINE),
    )
  )
}
