/** Drawings of the pottery stall: for tea, coffee and sugar. */
import { lit, shaded } from './kit/colour'
import { CHALK, CLAY, COBALT, freckled, IRON, SAGE } from './potteryColours'
import { steam } from './kit/props'
import type { Draw } from './kit/scenes'
import { body, cap, mouth, shine, slice, standingShadow, TILT, tube, turn } from './kit/solids'
import { ellipse, group, path, stroke } from './kit/svg'

export const teapot =
  (glaze = SAGE): Draw =>
  (paint) => {
    const pot = turn(390, [
      [372, 84, 'corner'],
      [400, 138],
      [470, 192],
      [560, 186],
      [630, 132],
      [652, 112, 'corner'],
    ])
    const top = turn(390, [
      [318, 16, 'corner'],
      [326, 44],
      [350, 84],
      [372, 92, 'corner'],
    ])
    const knob = turn(390, [
      [280, 12],
      [292, 24],
      [308, 20],
      [324, 12, 'corner'],
    ])
    const spout = paint.linear([150, 0, 260, 60], [0, lit(glaze, 0.4)], [1, shaded(glaze, 0.1)])
    return (
      standingShadow(paint, 390, 652, 165) +
      tube('M556 448C650 386 714 470 664 546C640 582 606 596 560 598', 36, glaze) +
      path('M250 596C176 566 196 452 118 404L176 376C246 412 246 456 290 470Z', spout) +
      stroke('M150 402C206 436 206 500 232 548', lit(glaze, 0.5), 9, { opacity: '0.5' }) +
      ellipse(147, 390, 32, 12, lit(glaze, 0.45), { transform: 'rotate(-26 147 390)' }) +
      ellipse(148, 390, 23, 7, shaded(glaze, 0.55), { transform: 'rotate(-26 148 390)' }) +
      body(paint, pot, glaze) +
      body(paint, pot, IRON, 618) +
      freckled(paint, pot, 3) +
      shine(pot, 430, 560) +
      ellipse(390, 374, 98, 98 * TILT, shaded(glaze, 0.35)) +
      body(paint, top, lit(glaze, 0.06)) +
      shine(top, 338, 360, 0.3) +
      body(paint, knob, IRON)
    )
  }

export const mug =
  (glaze = CHALK): Draw =>
  (paint) => {
    const cup = turn(370, [
      [352, 142],
      [480, 140],
      [600, 134],
      [648, 112, 'corner'],
    ])
    return (
      standingShadow(paint, 370, 650, 128) +
      tube('M500 428C616 396 634 556 492 576', 34, glaze) +
      body(paint, cup, glaze) +
      body(paint, cup, CLAY, 590) +
      freckled(paint, cup, 11) +
      shine(cup, 400, 560) +
      mouth(paint, 370, 352, 142, glaze) +
      ellipse(370, 360, 124, 16, '#5b3422') +
      ellipse(346, 357, 70, 6, '#8a5636', { opacity: '0.7' }) +
      steam(370, 318)
    )
  }

export const espressoCups: Draw = (paint) => {
  const cup = (x: number, y: number, glaze: string, seed: number) => {
    const turned = turn(x, [
      [y - 158, 96],
      [y - 70, 92],
      [y - 14, 70],
      [y, 56, 'corner'],
    ])
    return (
      standingShadow(paint, x, y, 72) +
      body(paint, turned, CHALK) +
      body(paint, turned, glaze, y - 158, y - 66) +
      freckled(paint, turned, seed) +
      shine(turned, y - 130, y - 36, 0.32) +
      mouth(paint, x, y - 158, 96, glaze) +
      ellipse(x, y - 152, 82, 10, '#4d2a1b') +
      ellipse(x - 14, y - 154, 44, 4, '#a66a3d')
    )
  }
  return group(
    { transform: 'translate(-136 -222) scale(1.34)' },
    cup(292, 622, SAGE, 5) + cup(502, 660, COBALT, 8) + steam(292, 430),
  )
}

export const sugarJar: Draw = (paint) => {
  const jar = turn(390, [
    [400, 128, 'corner'],
    [470, 146],
    [580, 140],
    [652, 104, 'corner'],
  ])
  const top = turn(390, [
    [340, 30, 'corner'],
    [356, 96],
    [384, 132],
    [404, 136, 'corner'],
  ])
  const knob = turn(390, [
    [292, 16],
    [310, 32],
    [332, 26],
    [346, 16, 'corner'],
  ])
  return (
    standingShadow(paint, 390, 652, 122) +
    body(paint, jar, CLAY) +
    body(paint, jar, CHALK, 400, 560) +
    freckled(paint, jar, 41) +
    shine(jar, 430, 590) +
    path(slice(jar, 400, 420), shaded(CHALK, 0.5), { opacity: '0.55' }) +
    body(paint, top, SAGE) +
    shine(top, 366, 392, 0.3) +
    cap(paint, 390, 342, 30, CLAY) +
    body(paint, knob, CLAY) +
    tube('M560 690L690 628', 14, '#a56c45') +
    ellipse(548, 696, 42, 20, '#a56c45', { transform: 'rotate(-25 548 696)' }) +
    ellipse(546, 693, 30, 12, lit('#a56c45', 0.35), { transform: 'rotate(-25 546 693)' })
  )
}
