/** Drawings of the pantry stall: oil, honey and jam. */
import { lit, shaded } from './kit/colour'
import { INK, OLIVE, PAPER } from './pantryColours'
import { berry, leaf, lid, sprig, wrapLabel } from './kit/props'
import type { Draw } from './kit/scenes'
import { body, cap, shine, standingShadow, tube, turn } from './kit/solids'
import { ellipse, group, path, stroke } from './kit/svg'

export const oliveOil: Draw = (paint) => {
  const bottle = turn(380, [
    [216, 34, 'corner'],
    [320, 36],
    [372, 60],
    [424, 104],
    [480, 112, 'corner'],
    [628, 112],
    [654, 100, 'corner'],
  ])
  const cork = turn(380, [
    [178, 28, 'corner'],
    [222, 26, 'corner'],
  ])
  return (
    standingShadow(paint, 380, 654, 112) +
    body(paint, cork, '#c99c66') +
    cap(paint, 380, 178, 28, '#c99c66') +
    body(paint, bottle, shaded(OLIVE, 0.12)) +
    body(paint, bottle, lit(OLIVE, 0.12), 400, 640) +
    body(paint, bottle, '#b6873e', 216, 252) +
    wrapLabel(paint, bottle, [462, 606], PAPER, INK, 'OLIVE OIL') +
    shine(bottle, 290, 448, 0.35) +
    sprig(552, 676, 130, 90, '#7b8a4c', 66) +
    berry(paint, 560, 668, 32, '#5a6a2c') +
    berry(paint, 622, 684, 28, '#4a3247') +
    berry(paint, 520, 700, 26, '#75853a')
  )
}

export const honey: Draw = (paint) => {
  const jar = turn(370, [
    [366, 112, 'corner'],
    [392, 138],
    [440, 146],
    [600, 146],
    [652, 124, 'corner'],
  ])
  const amber = '#dd962a'
  const dipper = Array.from({ length: 5 }, (_, i) =>
    ellipse(
      0,
      i * 17,
      26 + Math.sin(((i + 0.6) / 5) * Math.PI) * 14,
      10,
      i % 2 ? '#a5703c' : '#c08a50',
    ),
  )
  return (
    standingShadow(paint, 370, 652, 140) +
    body(paint, jar, amber) +
    body(paint, jar, lit(amber, 0.24), 372, 424) +
    wrapLabel(paint, jar, [460, 600], PAPER, INK, 'HONEY') +
    shine(jar, 404, 622, 0.42) +
    lid(paint, 370, [306, 372], 122, '#7b4a2c') +
    ellipse(622, 694, 96, 20, paint.radial([0, '#e6a63c'], [0.85, '#d98f25'], [1, '#b9701a'])) +
    group(
      { transform: 'translate(580 672) rotate(62)' },
      tube('M0 0L6 -196', 15, '#c08a50'),
      ...dipper,
      path('M-34 22C-30 60 -10 74 6 96C16 70 36 56 38 22Z', amber, { opacity: '0.75' }),
    )
  )
}

export const jam: Draw = (paint) => {
  const plum = '#6c2a4a'
  const jar = turn(380, [
    [378, 108, 'corner'],
    [408, 132],
    [600, 134],
    [652, 112, 'corner'],
  ])
  const cloth =
    'M252 352C290 322 470 322 508 352L544 442C500 424 486 462 448 446C420 470 350 472 318 446C280 462 262 426 216 444Z'
  const checks = Array.from(
    { length: 11 },
    (_, i) =>
      stroke(`M${236 + i * 29} 320L${200 + i * 36} 470`, '#c2473f', 10, { opacity: '0.45' }) +
      stroke(`M200 ${340 + i * 22}H560`, '#c2473f', 8, { opacity: '0.4' }),
  )
  return (
    standingShadow(paint, 380, 652, 128) +
    body(paint, jar, plum) +
    wrapLabel(paint, jar, [478, 606], PAPER, '#5a2440', 'PLUM JAM') +
    shine(jar, 440, 626, 0.42) +
    path(
      cloth,
      paint.linear([216, 340, 544, 440], [0, '#fffaf0'], [0.6, '#f3e6d2'], [1, '#cdb4a4']),
    ) +
    group({ 'clip-path': paint.clip(path(cloth, '#000')) }, ...checks) +
    ellipse(380, 350, 126, 21, '#fdf3e2', { opacity: '0.75' }) +
    stroke('M250 398C300 420 460 420 510 398', '#8a5a34', 8) +
    berry(paint, 596, 650, 56, '#633059') +
    leaf(598, 600, 70, 58, '#74894a') +
    berry(paint, 530, 702, 42, '#7b3560')
  )
}
