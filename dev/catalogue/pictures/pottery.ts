/** Pictures of the pottery stall: stoneware in chalk, sage, iron and cobalt. */
import { lit, mix, shaded } from './colour'
import { leaf, sprig, steam } from './props'
import { lying, standing, type Draw, type Palette } from './scenes'
import {
  body,
  cap,
  lyingShadow,
  mouth,
  roundedPath,
  shine,
  slice,
  speckles,
  standingShadow,
  TILT,
  tube,
  turn,
  type Turned,
} from './solids'
import { circle, ellipse, group, path, stroke, type Paint } from './svg'

const PALETTE: Palette = {
  wall: '#ead9c0',
  table: '#d6b592',
  backdrop: 'arch',
  backdropColour: '#d98e63',
}
const SAGE = '#8ba586'
const CHALK = '#f0e6d4'
const IRON = '#6a4a3c'
const COBALT = '#41669a'
const CLAY = '#c0724d'

const freckled = (paint: Paint, turned: Turned, seed: number, colour = IRON): string => {
  const [top, bottom] = [turned.samples[0]?.[0] ?? 0, turned.samples.at(-1)?.[0] ?? 0]
  const area = [turned.cx - turned.widest, top, turned.widest * 2, bottom - top + 40] as const
  return speckles(paint.clip(path(slice(turned), '#000')), area, colour, 90, seed)
}

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

const mug =
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

export const noodleBowl: Draw = (paint) => {
  const bowl = turn(400, [
    [440, 226, 'corner'],
    [500, 212],
    [580, 160],
    [622, 96, 'corner'],
    [652, 90, 'corner'],
  ])
  const noodles = Array.from({ length: 9 }, (_, i) =>
    stroke(
      `M${228 + i * 16} ${446 + (i % 3) * 5}q${70 - i * 2} ${-34 + i * 2} ${150 + i * 4} 0`,
      i % 2 ? '#f0cf86' : '#e0b563',
      9,
    ),
  )
  const stick = (x: number) => tube(`M${x} 418L${x + 236} 286`, 14, '#7d4a32')
  return (
    standingShadow(paint, 400, 652, 130) +
    body(paint, bowl, COBALT) +
    body(paint, bowl, mix(COBALT, CHALK, 0.85), 470, 492) +
    body(paint, bowl, mix(COBALT, CHALK, 0.85), 502, 508) +
    shine(bowl, 470, 590, 0.3) +
    mouth(paint, 400, 440, 226, COBALT, '#7f4a2a', 12) +
    group(
      { 'clip-path': paint.clip(ellipse(400, 442, 212, 31, '#000')) },
      ellipse(400, 452, 206, 26, '#b06a35'),
      ...noodles,
      ellipse(512, 440, 42, 17, '#fbf3e2') + ellipse(512, 438, 20, 9, '#eea43c'),
      leaf(330, 460, 80, 70, '#5d8a4a') + leaf(420, 456, 74, 112, '#6c9a50'),
    ) +
    stick(520) +
    stick(548)
  )
}

export const herbPot: Draw = (paint) => {
  const pot = turn(400, [
    [440, 130, 'corner'],
    [480, 132, 'corner'],
    [480, 120, 'corner'],
    [632, 92, 'corner'],
  ])
  const saucer = turn(400, [
    [622, 142, 'corner'],
    [654, 118, 'corner'],
  ])
  const green = '#5f8f57'
  return (
    standingShadow(paint, 400, 654, 128) +
    body(paint, saucer, CLAY) +
    mouth(paint, 400, 622, 142, CLAY, shaded(CLAY, 0.3)) +
    sprig(352, 442, 190, -118, shaded(green, 0.12)) +
    sprig(446, 442, 200, 116, shaded(green, 0.08)) +
    body(paint, pot, CLAY) +
    body(paint, pot, CHALK, 528, 574) +
    path(slice(pot, 480, 492), shaded(CLAY, 0.4), { opacity: '0.5' }) +
    shine(pot, 500, 610, 0.28) +
    mouth(paint, 400, 440, 132, CLAY, '#4a3029') +
    sprig(372, 444, 250, -46, green, 70) +
    sprig(424, 444, 280, 34, lit(green, 0.08), 74) +
    sprig(400, 448, 170, 10, lit(green, 0.14), 66)
  )
}

export const budVase: Draw = (paint) => {
  const vase = turn(400, [
    [318, 34, 'corner'],
    [380, 28],
    [440, 54],
    [520, 118],
    [600, 124],
    [652, 84, 'corner'],
  ])
  const petals = (x: number, y: number, r: number, colour: string) =>
    Array.from({ length: 7 }, (_, i) => leaf(x, y, r, i * 51.4, colour, 0.42)).join('') +
    circle(x, y, r * 0.26, '#e8b64c') +
    circle(x - r * 0.06, y - r * 0.07, r * 0.14, '#f6d684')
  return (
    standingShadow(paint, 400, 652, 100) +
    stroke('M400 330C398 250 350 220 326 168', '#5d7f4d', 7) +
    stroke('M402 330C410 262 452 236 486 214', '#5d7f4d', 6) +
    leaf(392, 280, 92, 52, '#6e945a') +
    leaf(378, 252, 76, -78, '#628a51') +
    petals(322, 160, 72, '#f4e3d0') +
    petals(492, 208, 52, '#efc9ae') +
    body(paint, vase, COBALT) +
    body(paint, vase, CHALK, 318, 470) +
    body(paint, vase, mix(COBALT, CHALK, 0.45), 470, 500) +
    freckled(paint, vase, 21, shaded(COBALT, 0.3)) +
    shine(vase, 505, 610) +
    mouth(paint, 400, 318, 34, CHALK, IRON, 6)
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

export const dinnerPlate: Draw = (paint) => {
  const disc = (cx: number, cy: number, r: number, glaze: string, seed: number) => {
    const light = paint.linear(
      [cx - r, cy - r, cx + r, cy + r],
      [0, lit(glaze, 0.6)],
      [1, shaded(glaze, 0.12)],
    )
    const well = paint.linear(
      [cx - r, cy - r, cx + r, cy + r],
      [0, shaded(glaze, 0.14)],
      [1, lit(glaze, 0.5)],
    )
    const area = [cx - r, cy - r, r * 2, r * 2] as const
    return (
      lyingShadow(paint, roundedPath(cx - r, cy - r, r * 2, r * 2, r), 18) +
      circle(cx, cy, r, shaded(CLAY, 0.1)) +
      circle(cx, cy, r - 7, light) +
      circle(cx, cy, r * 0.7, well) +
      circle(cx, cy, r * 0.67, lit(glaze, 0.14)) +
      speckles(paint.clip(circle(cx, cy, r - 8, '#000')), area, IRON, 170, seed)
    )
  }
  return (
    disc(510, 300, 232, SAGE, 31) +
    disc(352, 452, 264, CHALK, 33) +
    leaf(330, 540, 180, 28, '#7a9a63') +
    leaf(338, 548, 130, -30, '#6b8c57')
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

/** Every picture of this stall by file name. */
export const potteryPictures: Record<string, () => string> = {
  'round-teapot': () => standing(PALETTE, teapot()),
  'round-teapot-cobalt': () => standing(PALETTE, teapot(COBALT)),
  'morning-mug': () => standing(PALETTE, mug()),
  'morning-mug-sage': () => standing(PALETTE, mug(SAGE)),
  'noodle-bowl': () => standing(PALETTE, noodleBowl),
  'herb-pot': () => standing(PALETTE, herbPot),
  'bud-vase': () => standing(PALETTE, budVase),
  'espresso-cups': () => standing(PALETTE, espressoCups),
  'dinner-plates': () => lying(PALETTE, dinnerPlate),
  'sugar-jar': () => standing(PALETTE, sugarJar),
}
