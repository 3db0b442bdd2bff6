/** Drawings of the kitchen and garden stall: seeds, watering can and trowel. */
import { lit, shaded } from './kit/colour'
import { FOREST, PAPER, STEEL, WOOD } from './kitchenGardenColours'
import { leaf, sprig } from './kit/props'
import type { Draw } from './kit/scenes'
import {
  body,
  lyingShadow,
  roundedPath,
  shine,
  slice,
  standingShadow,
  tube,
  turn,
} from './kit/solids'
import { circle, ellipse, group, type Paint, path, rect, stroke, words } from './kit/svg'

/** A paper seed packet with a picture on its front. */
const packet = (paint: Paint, colour: string, title: string, picture: string): string => {
  const front = roundedPath(0, 0, 250, 350, 8)
  return (
    lyingShadow(paint, front, 14) +
    path(front, paint.linear([0, 0, 250, 350], [0, lit(colour, 0.25)], [1, shaded(colour, 0.1)])) +
    rect(0, 0, 250, 44, shaded(colour, 0.16), { rx: 8 }) +
    stroke('M6 44H244', lit(colour, 0.5), 2, { 'stroke-dasharray': '7 7' }) +
    rect(24, 66, 202, 190, PAPER, { rx: 8 }) +
    picture +
    words(title, 125, 298, 30, 176, PAPER, { 'font-weight': 'bold' }) +
    rect(70, 316, 110, 5, PAPER, { opacity: '0.6', rx: 2 })
  )
}

export const seeds: Draw = (paint) => {
  const tomato = (x: number, y: number, r: number) =>
    circle(
      x,
      y,
      r,
      paint.linear([x - r, y - r, x + r, y + r], [0, '#f07a4c'], [0.6, '#d6432c'], [1, '#a52c20']),
    ) +
    Array.from({ length: 5 }, (_, i) =>
      leaf(x, y - r * 0.7, r * 0.6, i * 72 - 20, '#4f7f42', 0.22),
    ).join('')
  const carrot = (x: number, tilt: number) =>
    group(
      { transform: `translate(${x} 130) rotate(${tilt})` },
      ...[-24, 0, 24].map((angle) => leaf(0, 6, 62, angle, '#5d9150', 0.26)),
      path('M-24 4C-10 -6 12 -6 24 4C20 50 8 90 0 112C-8 90 -20 50 -24 4Z', '#e5812f'),
      stroke('M-16 26H2M-4 52H12M-8 74H4', '#b95f1d', 3),
    )
  const flower = (x: number, y: number, colour: string) =>
    stroke(`M${x} ${y}V240`, '#5d9150', 5) +
    Array.from({ length: 8 }, (_, i) => leaf(x, y, 36, i * 45, colour, 0.4)).join('') +
    circle(x, y, 10, '#f2c14a')
  const clip = paint.clip(rect(24, 66, 202, 190, '#000', { rx: 8 }))
  const seed = (x: number, y: number, angle: number) =>
    ellipse(x, y, 9, 5, '#8a6a3c', { transform: `rotate(${angle} ${x} ${y})` })
  return (
    group(
      { transform: 'translate(108 170) rotate(-14)' },
      packet(paint, FOREST, 'CARROT', carrot(84, 10) + carrot(150, -12)),
    ) +
    group(
      { transform: 'translate(440 118) rotate(11)' },
      packet(
        paint,
        '#c9973b',
        'MEADOW',
        group(
          { 'clip-path': clip },
          flower(76, 120, '#d7534a'),
          flower(126, 146, '#7f74c2'),
          flower(178, 112, '#f0f0e8'),
        ),
      ),
    ) +
    group(
      { transform: 'translate(268 330) rotate(-2)' },
      packet(
        paint,
        '#a8432f',
        'TOMATO',
        tomato(96, 176, 46) + tomato(156, 150, 40) + tomato(160, 212, 32),
      ),
    ) +
    [
      seed(590, 610, 20),
      seed(626, 640, 80),
      seed(600, 672, 140),
      seed(650, 600, 50),
      seed(668, 668, 10),
      seed(560, 656, 100),
    ].join('')
  )
}

export const wateringCan: Draw = (paint) => {
  const can = turn(430, [
    [372, 124, 'corner'],
    [648, 142, 'corner'],
  ])
  const spout = paint.linear([150, 300, 220, 400], [0, lit(FOREST, 0.4)], [1, shaded(FOREST, 0.12)])
  return (
    standingShadow(paint, 430, 652, 138) +
    tube('M540 400C676 380 690 560 562 604', 24, FOREST) +
    path('M304 596C250 560 232 430 150 330L184 310C262 400 290 470 318 500Z', spout) +
    group(
      { transform: 'translate(160 314) rotate(-38)' },
      path('M-22 22L-46 -26H46L22 22Z', FOREST),
      ellipse(0, -26, 46, 13, lit('#d7b45c', 0.1)),
      ...[-26, -10, 8, 24].map((x) => circle(x, -26, 3, '#5b4a22')),
    ) +
    stroke('M214 400C300 350 360 380 400 372', shaded(FOREST, 0.1), 13) +
    body(paint, can, FOREST) +
    body(paint, can, '#d7b45c', 388, 402) +
    body(paint, can, '#d7b45c', 612, 626) +
    shine(can, 420, 600, 0.3) +
    path(slice(can, 372, 376), shaded(FOREST, 0.4)) +
    ellipse(430, 372, 124, 21, lit(FOREST, 0.4)) +
    ellipse(430, 374, 114, 16, shaded(FOREST, 0.5)) +
    tube('M330 368C340 250 520 250 530 368', 22, '#d7b45c') +
    sprig(206, 690, 60, -50, '#6c9a59', 50) +
    sprig(230, 690, 76, 24, '#7ba866', 52)
  )
}

export const trowel: Draw = (paint) => {
  const scoop = 'M322 96C400 60 472 96 478 190C484 290 452 372 400 420C348 372 314 290 318 190Z'
  return group(
    { transform: 'rotate(34 400 400)' },
    lyingShadow(paint, scoop, 16),
    lyingShadow(paint, roundedPath(374, 520, 54, 210, 26), 14),
    tube('M400 400V540', 24, STEEL),
    path(
      scoop,
      paint.linear(
        [316, 0, 482, 0],
        [0, '#f0f2f2'],
        [0.42, STEEL],
        [0.5, '#8f999f'],
        [1, '#d4dadd'],
      ),
    ),
    path('M400 110C404 220 404 330 400 420', 'none', {
      stroke: '#7d878d',
      'stroke-width': 5,
      opacity: '0.6',
    }),
    path(
      'M332 250C352 330 372 370 400 420C436 380 456 340 466 280C430 320 372 300 332 250Z',
      '#5b4030',
      { opacity: '0.85' },
    ),
    path(
      roundedPath(372, 510, 58, 216, 28),
      paint.linear([372, 0, 430, 0], [0, lit(WOOD, 0.4)], [0.5, WOOD], [1, shaded(WOOD, 0.35)]),
    ),
    rect(370, 504, 62, 26, '#c9a24e', { rx: 6 }),
    rect(370, 596, 62, 16, FOREST),
    stroke('M400 716V742', shaded(WOOD, 0.4), 7),
  )
}
