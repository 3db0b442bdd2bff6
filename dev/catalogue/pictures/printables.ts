/** Drawings of the download stall: what is printed, heard or set in type. */
import { dice, lit, mix, shaded } from './kit/colour'
import { CORAL, CREAM, GRAPE, SLATE, TEAL } from './downloadsColours'
import { sprig } from './kit/props'
import type { Draw } from './kit/scenes'
import { lyingShadow, roundedPath, tube } from './kit/solids'
import { circle, ellipse, group, type Paint, path, rect, stroke, words } from './kit/svg'

const sheet = (paint: Paint, w: number, h: number, drawing: string): string =>
  lyingShadow(paint, roundedPath(0, 0, w, h, 4), 13) +
  rect(0, 0, w, h, paint.linear([0, 0, w, h], [0, '#fffdf6'], [1, '#efe6d6']), { rx: 4 }) +
  drawing

const textLines = (
  x: number,
  y: number,
  width: number,
  count: number,
  colour = '#b6aebd',
): string =>
  Array.from({ length: count }, (_, i) =>
    rect(x, y + i * 20, i % 4 === 3 ? width * 0.6 : width, 6, colour, { rx: 3 }),
  ).join('')

export const knittingChart: Draw = (paint) => {
  const pattern = [
    '..11..22..',
    '.1111.222.',
    '111111.2..',
    '.1111.333.',
    '..11.33333',
    '2....33333',
    '22..1.333.',
    '222111.3..',
    '.2.11111..',
    '....111...',
  ]
  const tones: Record<string, string> = { '1': CORAL, '2': TEAL, '3': GRAPE }
  const cells = pattern.flatMap((row, y) =>
    [...row].map((cell, x) =>
      rect(44 + x * 32, 104 + y * 32, 30, 30, tones[cell] ?? '#f0e7d8', { rx: 4 }),
    ),
  )
  const page =
    words('FAIR ISLE', 204, 72, 38, 220, GRAPE, { 'font-weight': 'bold' }) +
    cells.join('') +
    textLines(44, 448, 320, 4)
  const clip = paint.clip(circle(0, 0, 84, '#000'))
  const yarn =
    circle(
      0,
      0,
      84,
      paint.linear([-84, -84, 84, 84], [0, lit(CORAL, 0.4)], [0.5, CORAL], [1, shaded(CORAL, 0.3)]),
    ) +
    group(
      { 'clip-path': clip, opacity: '0.6' },
      ...Array.from({ length: 8 }, (_, i) =>
        stroke(`M-90 ${-60 + i * 18}q90 ${-50 + i * 4} 180 0`, lit(CORAL, 0.4), 4),
      ),
      ...Array.from({ length: 5 }, (_, i) =>
        stroke(`M${-70 + i * 20} -90q60 90 0 180`, shaded(CORAL, 0.15), 4),
      ),
    )
  const needle = (d: string) => tube(d, 14, '#c79a62')
  return (
    group({ transform: 'translate(190 92) rotate(-6 204 290)' }, sheet(paint, 408, 560, page)) +
    group(
      { transform: 'translate(606 610)' },
      stroke('M-60 60C-150 120 -220 70 -300 110', CORAL, 8),
      lyingShadow(paint, roundedPath(-84, -84, 168, 168, 84), 14),
      yarn,
      needle('M-120 -70L90 70'),
      needle('M-60 -120L60 104'),
      circle(-124, -73, 15, GRAPE),
      circle(-63, -125, 15, GRAPE),
    )
  )
}

export const rainSounds: Draw = (paint) => {
  const roll = dice(9)
  const bars = Array.from({ length: 21 }, (_, i) => {
    const height = 20 + Math.abs(Math.sin(i * 0.62)) * 110 + roll() * 34
    return rect(26 + i * 19.4, 200 - height / 2, 10, height, mix(TEAL, CORAL, i / 20), { rx: 5 })
  })
  const reel = (x: number) =>
    circle(x, 168, 40, '#fbf4e6') +
    Array.from({ length: 6 }, (_, i) =>
      rect(x - 4, 132, 8, 14, SLATE, { transform: `rotate(${i * 60} ${x} 168)` }),
    ).join('') +
    circle(x, 168, 22, SLATE) +
    circle(x, 168, 9, '#fbf4e6')
  const shell = roundedPath(0, 0, 440, 290, 24)
  const cassette =
    lyingShadow(paint, shell, 18) +
    path(
      shell,
      paint.linear([0, 0, 440, 290], [0, lit(GRAPE, 0.35)], [0.5, GRAPE], [1, shaded(GRAPE, 0.3)]),
    ) +
    rect(30, 26, 380, 188, CREAM, { rx: 14 }) +
    rect(30, 26, 380, 22, CORAL, { rx: 8 }) +
    rect(30, 58, 380, 10, TEAL) +
    words('RAIN', 220, 108, 34, 92, SLATE, { 'font-weight': 'bold' }) +
    rect(92, 122, 256, 92, mix(SLATE, GRAPE, 0.3), { rx: 46 }) +
    reel(140) +
    reel(300) +
    path('M92 290L112 232H328L348 290Z', shaded(GRAPE, 0.28)) +
    [
      [22, 22],
      [418, 22],
      [22, 268],
      [418, 268],
    ]
      .map(([x, y]) => circle(x ?? 0, y ?? 0, 6, lit(GRAPE, 0.5)))
      .join('')
  const drop = (x: number, y: number, s: number) =>
    path(
      `M${x} ${y - s * 1.5}C${x + s * 1.3} ${y} ${x + s} ${y + s} ${x} ${y + s}S${x - s * 1.3} ${y} ${x} ${y - s * 1.5}Z`,
      '#6fb0b6',
      { opacity: '0.85' },
    ) + ellipse(x - s * 0.3, y + s * 0.1, s * 0.16, s * 0.34, '#ffffff', { opacity: '0.8' })
  return (
    group({ transform: 'translate(176 80)' }, ...bars) +
    group({ transform: 'translate(180 340) rotate(-9 220 145)' }, cassette) +
    drop(690, 370, 26) +
    drop(120, 350, 20) +
    drop(664, 690, 18) +
    drop(132, 692, 28) +
    drop(728, 450, 14)
  )
}

export const planner: Draw = (paint) => {
  const days = Array.from({ length: 35 }, (_, i) => {
    const [x, y] = [36 + (i % 7) * 52, 132 + Math.floor(i / 7) * 62]
    const done = [3, 9, 16, 18, 24].includes(i)
    return rect(
      x,
      y,
      46,
      54,
      done ? mix(CREAM, [CORAL, TEAL, GRAPE][i % 3] ?? CORAL, 0.55) : '#f3ebdf',
      { rx: 8 },
    )
  })
  const month =
    rect(0, 0, 430, 96, TEAL, { rx: 4 }) +
    words('MONDAY START', 215, 62, 36, 320, CREAM, { 'font-weight': 'bold' }) +
    days.join('') +
    textLines(36, 466, 350, 3)
  const list =
    words('TODAY', 120, 60, 34, 130, GRAPE, { 'font-weight': 'bold' }) +
    Array.from(
      { length: 7 },
      (_, i) =>
        rect(30, 96 + i * 46, 24, 24, i < 3 ? CORAL : '#e5dccf', { rx: 6 }) +
        (i < 3 ? stroke(`M36 ${108 + i * 46}l5 6l9 -12`, '#ffffff', 4) : '') +
        rect(68, 104 + i * 46, 120 + ((i * 37) % 40), 7, '#b6aebd', { rx: 3 }),
    ).join('')
  return (
    group({ transform: 'translate(420 270) rotate(10)' }, sheet(paint, 250, 440, list)) +
    group({ transform: 'translate(110 120) rotate(-5)' }, sheet(paint, 430, 540, month)) +
    group(
      { transform: 'translate(600 160) rotate(58)' },
      path(
        'M-120 -10H90V10H-120Z',
        paint.linear([0, -10, 0, 10], [0, lit(CORAL, 0.4)], [1, shaded(CORAL, 0.2)]),
      ),
      path('M90 -10L126 0L90 10Z', '#eccf9f'),
      path('M114 -4L126 0L114 4Z', SLATE),
      rect(-134, -10, 20, 20, '#f0c3bc', { rx: 5 }),
    )
  )
}

export const typeface: Draw = (paint) => {
  const specimen =
    rect(
      0,
      0,
      420,
      560,
      paint.linear([0, 0, 420, 560], [0, lit(CORAL, 0.12)], [1, shaded(CORAL, 0.12)]),
      { rx: 4 },
    ) +
    // The letters are drawn, so that the picture does not depend on a font: a capital A and a small a.
    path('M40 380L130 120H176L266 380H214L194 320H112L92 380ZM126 276H180L153 190Z', CREAM, {
      'fill-rule': 'evenodd',
    }) +
    path(
      'M382 380H338V360C322 380 300 388 280 384C240 376 236 312 282 300L334 290C334 262 302 254 282 276L258 246C296 208 382 214 382 284ZM334 322L300 330C282 336 286 354 304 352C324 350 334 338 334 322Z',
      CREAM,
      { 'fill-rule': 'evenodd' },
    ) +
    stroke('M40 420H380', CREAM, 3, { opacity: '0.6' }) +
    words('SALTMARSH DISPLAY', 210, 462, 27, 330, CREAM) +
    [0, 1, 2, 3, 4]
      .map((i) => circle(60 + i * 44, 510, 14, [CREAM, SLATE, TEAL, GRAPE, '#f2b84b'][i] ?? CREAM))
      .join('')
  return (
    group(
      { transform: 'translate(264 150) rotate(9 210 280)' },
      lyingShadow(paint, roundedPath(0, 0, 420, 560, 4), 14),
      rect(0, 0, 420, 560, TEAL, { rx: 4 }),
    ) +
    group(
      { transform: 'translate(178 110) rotate(-5 210 280)' },
      lyingShadow(paint, roundedPath(0, 0, 420, 560, 4), 14),
      specimen,
    ) +
    sprig(690, 720, 150, -40, '#8f7bb0', 56)
  )
}
