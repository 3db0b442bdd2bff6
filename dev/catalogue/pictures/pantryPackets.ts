/** Drawings of the pantry stall: coffee, paprika, chocolate and tea. */
import { lit, shaded } from './kit/colour'
import { INK, PAPER } from './pantryColours'
import { leaf, lid, strewn } from './kit/props'
import type { Draw } from './kit/scenes'
import { body, roundedPath, shine, standingShadow, tube, turn } from './kit/solids'
import { circle, ellipse, group, type Paint, path, rect, stroke, words } from './kit/svg'

/** A bag with a folded top, standing, with gussets at the sides. */
function paperBag(paint: Paint, colour: string, label: string): string {
  const front = 'M226 260H520L540 646Q384 664 206 646Z'
  return (
    standingShadow(paint, 380, 634, 172) +
    path('M520 260L566 284L584 634L540 646Z', shaded(colour, 0.36)) +
    path(
      front,
      paint.linear(
        [206, 260, 540, 640],
        [0, lit(colour, 0.28)],
        [0.5, colour],
        [1, shaded(colour, 0.2)],
      ),
    ) +
    path('M226 260L258 300L250 650Q226 650 206 646Z', lit(colour, 0.3), { opacity: '0.5' }) +
    path(
      'M216 206H530V272H216Z',
      paint.linear([216, 0, 530, 0], [0, lit(colour, 0.4)], [1, shaded(colour, 0.1)]),
    ) +
    path('M216 258H530V276H216Z', shaded(colour, 0.4), { opacity: '0.4' }) +
    path(roundedPath(266, 356, 216, 208, 12), label)
  )
}

export const coffee: Draw = (paint) => {
  const bean = (x: number, y: number, angle: number) =>
    group(
      { transform: `translate(${Math.round(x)} ${Math.round(y)}) rotate(${Math.round(angle)})` },
      ellipse(0, 0, 20, 14, '#53301f'),
      ellipse(-4, -4, 12, 6, '#7c4e34'),
      stroke('M-16 2Q0 -6 16 2', '#301a12', 3),
    )
  return (
    paperBag(paint, '#3f4a3a', PAPER) +
    circle(374, 424, 42, '#c2683a') +
    path('M344 424a30 30 0 0 1 60 0Z', '#f1b45c') +
    words('ESPRESSO', 374, 506, 34, 176, INK, { 'font-weight': 'bold' }) +
    rect(320, 526, 108, 5, INK, { opacity: '0.5', rx: 2 }) +
    strewn(paint, [600, 684, 100, 34], 26, 7, bean)
  )
}

export const paprika: Draw = (paint) => {
  const tin = turn(390, [
    [372, 118, 'corner'],
    [652, 118, 'corner'],
  ])
  const pepper = (x: number, y: number, turnBy: number, colour: string) =>
    group(
      { transform: `translate(${x} ${y}) rotate(${turnBy})` },
      path(
        'M0 -22C60 -30 150 -20 210 26C140 34 50 38 0 20C-16 10 -16 -14 0 -22Z',
        paint.linear(
          [0, -24, 0, 32],
          [0, lit(colour, 0.3)],
          [0.5, colour],
          [1, shaded(colour, 0.3)],
        ),
      ),
      path('M10 -14C60 -18 110 -10 150 6', 'none', {
        stroke: '#ffffff',
        'stroke-width': 6,
        'stroke-linecap': 'round',
        opacity: '0.4',
      }),
      tube('M-4 -2C-24 -8 -34 -20 -36 -36', 11, '#6f8a3c'),
    )
  const powder = (x: number, y: number) => circle(x, y, 3.4, y % 2 > 1 ? '#c2431f' : '#9c2f17')
  return (
    standingShadow(paint, 390, 654, 116) +
    body(paint, tin, '#b3341d') +
    body(paint, tin, '#e3b34b', 392, 410) +
    body(paint, tin, '#e3b34b', 618, 634) +
    shine(tin, 424, 604, 0.26) +
    ellipse(390, 520, 74, 84, PAPER) +
    ellipse(390, 520, 66, 76, 'none', { stroke: '#b3341d', 'stroke-width': 3 }) +
    path('M352 500C380 480 420 484 432 530C400 546 362 540 352 500Z', '#c8371d') +
    stroke('M352 500c-10 -6 -12 -16 -8 -26', '#6f8a3c', 7) +
    words('PIMENTÓN', 390, 578, 21, 92, INK, { 'font-weight': 'bold' }) +
    lid(paint, 390, [330, 374], 122, '#e3b34b') +
    strewn(paint, [586, 664, 80, 22], 130, 19, powder) +
    pepper(508, 716, -12, '#c1301c')
  )
}

export const chocolate: Draw = (paint) => {
  const cocoa = '#4f2d22'
  const square = (x: number, y: number) =>
    rect(
      x,
      y,
      66,
      58,
      paint.linear([x, y, x + 66, y + 58], [0, lit(cocoa, 0.24)], [1, shaded(cocoa, 0.2)]),
      { rx: 6 },
    ) + rect(x + 10, y + 9, 46, 40, cocoa, { rx: 4 })
  const squares = [0, 1, 2, 3].flatMap((col) =>
    [0, 1, 2].map((row) => square(260 + col * 70, 176 + row * 62)),
  )
  const sleeve = 'M246 330H552V640H246Z'
  const foil =
    'M250 330L270 300L296 324L322 296L350 322L380 294L408 322L436 296L466 324L496 298L522 322L548 330Z'
  return (
    standingShadow(paint, 400, 630, 160) +
    path('M552 330L574 338V632L552 640Z', '#1f3d3b') +
    rect(250, 166, 298, 220, shaded(cocoa, 0.25), { rx: 10 }) +
    squares.join('') +
    path(
      foil,
      paint.linear(
        [250, 290, 548, 330],
        [0, '#fbf3df'],
        [0.4, '#d9c08a'],
        [0.6, '#f7e7bd'],
        [1, '#b9975a'],
      ),
    ) +
    path(
      sleeve,
      paint.linear([246, 330, 552, 640], [0, '#4a7f78'], [0.5, '#2f625d'], [1, '#204643']),
    ) +
    path('M246 470C320 420 360 560 430 500S520 470 552 520V640H246Z', '#d9a441', {
      opacity: '0.9',
    }) +
    path('M246 520C320 470 360 600 430 545S520 520 552 566V640H246Z', '#b3522f') +
    rect(300, 366, 198, 84, PAPER, { rx: 6 }) +
    words('CACAO 72', 399, 420, 34, 158, INK, { 'font-weight': 'bold' }) +
    group(
      { transform: 'translate(590 664) rotate(-10)' },
      rect(0, 0, 78, 22, shaded(cocoa, 0.3), { rx: 4 }),
      path('M0 4L20 -26H98L78 4Z', lit(cocoa, 0.14)),
      path('M14 -2L26 -19H84L72 -2Z', cocoa),
    )
  )
}

export const tea: Draw = (paint) => {
  const tin = turn(370, [
    [330, 128, 'corner'],
    [652, 128, 'corner'],
  ])
  const daisy = (x: number, y: number, r: number) =>
    Array.from({ length: 10 }, (_, i) =>
      ellipse(x, y - r * 0.62, r * 0.2, r * 0.42, i % 2 ? '#fffdf5' : '#f1e9d8', {
        transform: `rotate(${i * 36} ${x} ${y})`,
      }),
    ).join('') +
    circle(x, y, r * 0.32, '#e5ac37') +
    circle(x - r * 0.08, y - r * 0.08, r * 0.18, '#f3ca66')
  const on = (x: number, y: number, r: number) =>
    ellipse(x + 8, y + r * 0.5, r, r * 0.42, paint.radial([0, '#3a2233', 0.5], [1, '#3a2233', 0])) +
    group({ transform: `translate(0 ${Math.round(y * 0.38)}) scale(1 0.62)` }, daisy(x, y, r))
  return (
    standingShadow(paint, 370, 654, 126) +
    body(paint, tin, '#5f8a86') +
    body(paint, tin, lit('#5f8a86', 0.4), 358, 372) +
    body(paint, tin, lit('#5f8a86', 0.4), 622, 632) +
    daisy(330, 470, 58) +
    daisy(424, 440, 42) +
    leaf(300, 536, 66, -50, '#a9c48c') +
    leaf(372, 528, 60, 44, '#a9c48c') +
    words('CHAMOMILE', 370, 590, 36, 186, PAPER, { 'font-weight': 'bold' }) +
    shine(tin, 380, 610, 0.24) +
    lid(paint, 370, [276, 336], 132, '#e7d9ae') +
    ellipse(370, 276, 92, 12, 'none', { stroke: shaded('#e7d9ae', 0.12), 'stroke-width': 3 }) +
    on(590, 650, 44) +
    on(530, 706, 34) +
    on(664, 700, 30)
  )
}
