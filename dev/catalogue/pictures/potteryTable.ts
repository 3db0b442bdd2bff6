/** Drawings of the pottery stall: bowl, plates, pot and vase. */
import { lit, mix, shaded } from './kit/colour'
import { CHALK, CLAY, COBALT, freckled, IRON, SAGE } from './potteryColours'
import { leaf, sprig } from './kit/props'
import type { Draw } from './kit/scenes'
import {
  body,
  lyingShadow,
  mouth,
  roundedPath,
  shine,
  slice,
  speckles,
  standingShadow,
  tube,
  turn,
} from './kit/solids'
import { circle, ellipse, group, path, stroke } from './kit/svg'

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
