/** Pictures of the kitchen and garden stall: wood, steel and seed paper in forest and straw. */
import { lit, shaded } from './colour'
import { leaf, sprig } from './props'
import { lying, standing, type Draw, type Palette } from './scenes'
import {
  body,
  cap,
  lyingShadow,
  roundedPath,
  shine,
  slice,
  standingShadow,
  tube,
  turn,
} from './solids'
import { circle, ellipse, group, path, rect, stroke, words, type Paint } from './svg'

const PALETTE: Palette = {
  wall: '#d8e0cf',
  table: '#b9a27b',
  backdrop: 'panel',
  backdropColour: '#a9c0a6',
}
const FOREST = '#35604d'
const WOOD = '#b77e4b'
const STEEL = '#b9c1c6'
const PAPER = '#f5ecd6'

/** Wood grain over a clipped shape. */
const grain = (paint: Paint, d: string, colour: string, lines: readonly string[]): string =>
  group(
    { 'clip-path': paint.clip(path(d, '#000')), opacity: '0.35' },
    ...lines.map((line, i) => stroke(line, colour, 3 + (i % 3) * 2)),
  )

const breadBoard: Draw = (paint) => {
  const board = `${roundedPath(120, 240, 470, 380, 46)}`
  const handle = 'M584 372C640 380 640 396 700 396A36 36 0 0 1 700 468C640 468 640 484 584 492Z'
  const lines = Array.from(
    { length: 12 },
    (_, i) => `M100 ${254 + i * 33}C280 ${240 + i * 34} 420 ${278 + i * 31} 740 ${256 + i * 32}`,
  )
  const crust = '#b8743a'
  const loaf =
    'M196 452C176 340 262 300 356 304C470 308 536 360 522 456C512 520 430 546 356 544C270 542 208 520 196 452Z'
  const slash = (x: number) =>
    path(
      `M${x} 350C${x + 34} 372 ${x + 46} 430 ${x + 34} 484C${x + 6} 450 ${x - 6} 396 ${x} 350Z`,
      '#ecc890',
    )
  const wood = paint.linear(
    [120, 240, 600, 620],
    [0, lit(WOOD, 0.4)],
    [0.5, WOOD],
    [1, shaded(WOOD, 0.18)],
  )
  return group(
    { transform: 'rotate(-14 400 420)' },
    lyingShadow(paint, board, 16),
    lyingShadow(paint, handle, 14),
    path(handle, wood),
    path(board, wood),
    grain(paint, board, shaded(WOOD, 0.4), lines),
    circle(690, 432, 15, shaded(PALETTE.wall, 0.3)),
    lyingShadow(paint, loaf, 12),
    path(
      loaf,
      paint.linear(
        [200, 310, 520, 540],
        [0, lit(crust, 0.4)],
        [0.5, crust],
        [1, shaded(crust, 0.3)],
      ),
    ),
    slash(262) + slash(338) + slash(414),
    stroke('M222 420C220 366 268 332 330 324', '#ffffff', 8, { opacity: '0.3' }),
    leaf(180, 300, 70, 40, '#6f9160') + leaf(172, 304, 60, -24, '#7da06d'),
  )
}

const knife: Draw = (paint) => {
  const blade = 'M404 356C540 352 650 386 738 446C640 462 520 462 404 462Z'
  const handle =
    'M120 372C180 356 300 362 372 364V444C300 446 190 452 132 434C104 424 100 384 120 372Z'
  const board = 'M-40 520L840 430V840H-40Z'
  return (
    path(board, WOOD) +
    grain(
      paint,
      board,
      shaded(WOOD, 0.4),
      Array.from({ length: 9 }, (_, i) => `M-40 ${560 + i * 40}L840 ${480 + i * 42}`),
    ) +
    group(
      { transform: 'rotate(-24 400 410)' },
      lyingShadow(paint, blade, 14),
      lyingShadow(paint, handle, 16),
      path(
        blade,
        paint.linear(
          [404, 356, 440, 470],
          [0, '#eef1f2'],
          [0.45, STEEL],
          [0.5, '#98a2a9'],
          [1, '#d9dee0'],
        ),
      ),
      path('M404 432C540 438 640 440 738 446C640 462 520 462 404 462Z', '#f4f6f6'),
      stroke('M410 358C540 354 646 388 734 444', '#ffffff', 3, { opacity: '0.8' }),
      path('M366 358H410V464H366Z', paint.linear([0, 358, 0, 464], [0, '#e6e0cf'], [1, '#a39a82'])),
      path(
        handle,
        paint.linear(
          [0, 356, 0, 450],
          [0, lit('#6b4030', 0.35)],
          [0.5, '#6b4030'],
          [1, shaded('#6b4030', 0.35)],
        ),
      ),
      ...[170, 246, 322].map(
        (x) => circle(x, 404, 9, '#d9c48c') + circle(x - 2, 402, 4, '#f3e6bd'),
      ),
      stroke('M140 384C200 370 290 374 356 376', '#ffffff', 5, { opacity: '0.25' }),
    ) +
    ellipse(250, 640, 62, 60, '#d8452f') +
    ellipse(226, 614, 20, 12, '#ffffff', { opacity: '0.5' }) +
    Array.from({ length: 5 }, (_, i) => leaf(254, 588, 40, i * 72 + 10, '#5d8a4a', 0.22)).join('') +
    ellipse(360, 672, 44, 42, '#c83c28') +
    ellipse(344, 654, 14, 9, '#ffffff', { opacity: '0.5' })
  )
}

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

const seeds: Draw = (paint) => {
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

const skillet: Draw = (paint) => {
  const iron = '#3c3f42'
  const handle =
    'M500 512L536 478C630 572 690 632 716 668A30 30 0 0 1 674 710C638 684 580 626 490 536Z'
  const light = paint.linear([110, 110, 580, 600], [0, '#6c7073'], [0.5, iron], [1, '#24262a'])
  const egg = (x: number, y: number, turnBy: number) =>
    group(
      { transform: `translate(${x} ${y}) rotate(${turnBy})` },
      path(
        'M-92 6C-104 -44 -50 -84 -8 -72C40 -92 96 -50 84 2C104 44 52 86 8 72C-36 94 -92 60 -92 6Z',
        '#fffaf0',
      ),
      path('M-92 6C-104 -44 -50 -84 -8 -72', 'none', { stroke: '#e7d4a8', 'stroke-width': 5 }),
      circle(0, -2, 36, paint.linear([-36, -36, 36, 36], [0, '#ffd564'], [1, '#e88c1e'])),
      ellipse(-12, -16, 11, 6, '#fff7d8', { transform: 'rotate(-30 -12 -16)' }),
    )
  return (
    lyingShadow(paint, roundedPath(92, 112, 508, 508, 254), 20) +
    lyingShadow(paint, handle, 16) +
    path(handle, light) +
    ellipse(690, 686, 14, 12, shaded(PALETTE.table, 0.1), { transform: 'rotate(45 690 686)' }) +
    path('M60 300l60 -24v80Z', iron) +
    circle(346, 366, 254, light) +
    circle(
      346,
      366,
      226,
      paint.linear([120, 140, 570, 590], [0, '#1f2124'], [0.6, '#34373a'], [1, '#55595c']),
    ) +
    path('M150 290A208 208 0 0 1 300 164', 'none', {
      stroke: '#ffffff',
      'stroke-width': 7,
      'stroke-linecap': 'round',
      opacity: '0.18',
    }) +
    egg(272, 330, 12) +
    egg(430, 438, -34) +
    leaf(400, 300, 84, 58, '#6d9a5b') +
    leaf(404, 300, 70, 108, '#5d8a4d') +
    leaf(250, 500, 66, -70, '#6d9a5b')
  )
}

const trowel: Draw = (paint) => {
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

const pepperMill: Draw = (paint) => {
  const mill = turn(390, [
    [318, 66, 'corner'],
    [352, 78],
    [400, 60],
    [460, 50],
    [540, 68],
    [600, 92],
    [652, 92, 'corner'],
  ])
  const head = turn(390, [
    [206, 44, 'corner'],
    [230, 66],
    [266, 74],
    [300, 54],
    [316, 62, 'corner'],
  ])
  const knob = turn(390, [
    [172, 10],
    [184, 20],
    [198, 16],
    [212, 8, 'corner'],
  ])
  const corn = (x: number, y: number, r: number) =>
    ellipse(x + 4, y + r * 0.8, r * 1.1, r * 0.4, '#3a2233', { opacity: '0.3' }) +
    circle(x, y, r, '#3b2c28') +
    circle(x - r * 0.3, y - r * 0.3, r * 0.35, '#7a6258')
  return (
    standingShadow(paint, 390, 652, 94) +
    body(paint, knob, '#c9a24e') +
    body(paint, mill, '#8a5433') +
    body(paint, mill, lit('#8a5433', 0.14), 612, 626) +
    shine(mill, 410, 610, 0.3) +
    cap(paint, 390, 320, 64, '#c9a24e') +
    body(paint, head, '#8a5433') +
    shine(head, 226, 286, 0.34) +
    [
      corn(540, 664, 13),
      corn(572, 690, 12),
      corn(606, 656, 11),
      corn(520, 700, 12),
      corn(630, 690, 13),
      corn(250, 688, 11),
      corn(560, 720, 10),
    ].join('')
  )
}

/** Every picture of this stall by file name. */
export const kitchenGardenPictures: Record<string, () => string> = {
  'bread-board': () => lying(PALETTE, breadBoard),
  'kitchen-knife': () => lying(PALETTE, knife),
  'seed-packets': () => lying(PALETTE, seeds),
  'watering-can': () => standing(PALETTE, wateringCan),
  'iron-skillet': () => lying(PALETTE, skillet),
  'hand-trowel': () => lying(PALETTE, trowel),
  'pepper-mill': () => standing(PALETTE, pepperMill),
}
