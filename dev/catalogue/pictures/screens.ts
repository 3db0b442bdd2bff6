/** Drawings of the download stall: what is read or seen on a screen. */
import { lit, mix, shaded } from './kit/colour'
import { CREAM, GRAPE, SLATE } from './downloadsColours'
import { leaf } from './kit/props'
import type { Draw } from './kit/scenes'
import { lyingShadow, roundedPath } from './kit/solids'
import { circle, ellipse, group, type Paint, path, rect, stroke, words } from './kit/svg'

/** A tablet or reader lying on the table, with something on its screen of `w` by `h`. */
function device(paint: Paint, w: number, h: number, colour: string, screen: string): string {
  const shell = roundedPath(-26, -26, w + 52, h + 76, 34)
  const glass = paint.clip(rect(0, 0, w, h, '#000', { rx: 8 }))
  return (
    lyingShadow(paint, shell, 20) +
    path(
      shell,
      paint.linear([0, 0, w, h], [0, lit(colour, 0.4)], [0.5, colour], [1, shaded(colour, 0.3)]),
    ) +
    group({ 'clip-path': glass }, screen) +
    rect(w / 2 - 34, h + 20, 68, 8, lit(colour, 0.5), { rx: 4, opacity: '0.7' })
  )
}

export const breadBook: Draw = (paint) => {
  const crumb = '#c98545'
  const cover =
    rect(0, 0, 350, 480, paint.linear([0, 0, 350, 480], [0, '#f6d9a2'], [1, '#e8a761'])) +
    circle(175, 262, 128, '#fbeccb') +
    path(
      'M70 290C58 210 118 168 180 170C252 172 300 214 286 292C280 330 232 346 176 344C118 342 76 328 70 290Z',
      paint.linear([70, 170, 290, 340], [0, lit(crumb, 0.3)], [1, shaded(crumb, 0.3)]),
    ) +
    [112, 162, 212]
      .map((x) =>
        path(
          `M${x} 204C${x + 24} 220 ${x + 32} 268 ${x + 24} 306C${x + 4} 280 ${x - 6} 240 ${x} 204Z`,
          '#f7deb0',
        ),
      )
      .join('') +
    words('THE PATIENT', 175, 74, 38, 260, '#5b3320', { 'font-weight': 'bold' }) +
    words('LOAF', 175, 118, 42, 130, '#5b3320', { 'font-weight': 'bold' }) +
    rect(120, 428, 110, 6, '#5b3320', { rx: 3, opacity: '0.6' })
  const wheat = Array.from({ length: 6 }, (_, i) =>
    leaf(656, 300 + i * 34, 44, i % 2 ? 40 : -40, '#d7a64a', 0.3),
  ).join('')
  return (
    group(
      { transform: 'translate(214 128) rotate(-8 175 240)' },
      device(paint, 350, 480, SLATE, cover),
    ) +
    group(
      { transform: 'rotate(14 656 400) translate(24 0)' },
      stroke('M656 290V640', '#b98a3c', 6),
      wheat,
    )
  )
}

export const tideBook: Draw = (paint) => {
  const wave = (y: number, colour: string) =>
    path(`M0 ${y}q44 -46 88 0t88 0t88 0t88 0V480H0Z`, colour)
  const cover =
    rect(0, 0, 350, 480, paint.linear([0, 0, 0, 480], [0, '#1f3f5c'], [1, '#4a8a97'])) +
    circle(232, 190, 62, '#f6ead0') +
    circle(214, 174, 13, '#e0d0b0') +
    circle(250, 206, 9, '#e0d0b0') +
    circle(236, 168, 6, '#e0d0b0') +
    wave(310, '#3b8290') +
    wave(352, '#2f6c7c') +
    wave(396, '#234f62') +
    wave(440, '#193b4c') +
    words('READING', 175, 74, 34, 190, CREAM, { 'font-weight': 'bold' }) +
    words('THE TIDE', 175, 114, 38, 220, CREAM, { 'font-weight': 'bold' })
  const shell = (x: number, y: number, size: number, colour: string) =>
    Array.from({ length: 7 }, (_, i) =>
      leaf(x, y, size, (i - 3) * 20, i % 2 ? colour : lit(colour, 0.25), 0.2),
    ).join('') + ellipse(x, y, size * 0.18, size * 0.12, shaded(colour, 0.15))
  return (
    group(
      { transform: 'translate(216 128) rotate(7 175 240)' },
      device(paint, 350, 480, '#e9e2d6', cover),
    ) +
    shell(130, 640, 84, '#e7a98d') +
    shell(204, 704, 54, '#d8c3a5')
  )
}

export const wallpapers: Draw = (paint) => {
  const scene = (
    w: number,
    h: number,
    [sky, glow, far, near, sun]: readonly [string, string, string, string, string],
    sunX: number,
  ) =>
    rect(0, 0, w, h, paint.linear([0, 0, 0, h], [0, sky], [0.7, glow])) +
    circle(w * sunX, h * 0.42, w * 0.16, sun) +
    path(
      `M0 ${h * 0.62}L${w * 0.25} ${h * 0.4}L${w * 0.45} ${h * 0.6}L${w * 0.7} ${h * 0.36}L${w} ${h * 0.64}V${h}H0Z`,
      mix(far, glow, 0.25),
    ) +
    path(
      `M0 ${h * 0.72}C${w * 0.3} ${h * 0.58} ${w * 0.6} ${h * 0.8} ${w} ${h * 0.64}V${h}H0Z`,
      far,
    ) +
    path(
      `M0 ${h * 0.84}C${w * 0.3} ${h * 0.74} ${w * 0.7} ${h * 0.92} ${w} ${h * 0.78}V${h}H0Z`,
      near,
    )
  const dawn = ['#f6c7a6', '#fbe7c3', '#c77b74', '#7d4560', '#fff6df'] as const
  const noon = ['#8fc1cf', '#e3efdf', '#5f9a84', '#2f6a5e', '#fffbe9'] as const
  const dusk = ['#2d2f5e', '#c07a92', '#5b4480', '#2c2648', '#f7dba8'] as const
  return (
    group(
      { transform: 'translate(92 120) rotate(-7)' },
      device(paint, 430, 280, SLATE, scene(430, 280, dawn, 0.58)),
    ) +
    group(
      { transform: 'translate(520 270) rotate(9)' },
      device(paint, 190, 380, GRAPE, scene(190, 380, dusk, 0.62)),
    ) +
    group(
      { transform: 'translate(150 500) rotate(4)' },
      device(paint, 300, 190, '#d9d2c8', scene(300, 190, noon, 0.4)),
    )
  )
}
