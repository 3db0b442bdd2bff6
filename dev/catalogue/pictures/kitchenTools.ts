/** Drawings of the kitchen and garden stall: board, knife, skillet and mill. */
import { lit, shaded } from './kit/colour'
import { STEEL, WOOD } from './kitchenGardenColours'
import { leaf } from './kit/props'
import type { Draw } from './kit/scenes'
import { body, cap, lyingShadow, roundedPath, shine, standingShadow, turn } from './kit/solids'
import { circle, ellipse, group, type Paint, path, stroke } from './kit/svg'

/** Wood grain over a clipped shape. */
const grain = (paint: Paint, d: string, colour: string, lines: readonly string[]): string =>
  group(
    { 'clip-path': paint.clip(path(d, '#000')), opacity: '0.35' },
    ...lines.map((line, i) => stroke(line, colour, 3 + (i % 3) * 2)),
  )

export const breadBoard: Draw = (paint) => {
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
    circle(690, 432, 15, '#a5a6a2'),
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

export const knife: Draw = (paint) => {
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

export const skillet: Draw = (paint) => {
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
    ellipse(690, 686, 14, 12, '#ab9674', { transform: 'rotate(45 690 686)' }) +
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

export const pepperMill: Draw = (paint) => {
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
