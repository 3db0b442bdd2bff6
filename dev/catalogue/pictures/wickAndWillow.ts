/** Drawings of the wool and wick stall: candle, soap, basket and lavender. */
import { dice, lit, mix, shaded } from './kit/colour'
import { leaf } from './kit/props'
import type { Draw } from './kit/scenes'
import {
  body,
  cap,
  lyingShadow,
  roundedPath,
  roundLight,
  slice,
  standingShadow,
  TILT,
  tube,
  turn,
} from './kit/solids'
import { circle, ellipse, group, type Paint, path, rect, stroke } from './kit/svg'
import { MUSTARD, OAT, PLUM, WAX, WINE } from './woolAndWickColours'

export const candle: Draw = (paint) => {
  const pillar = turn(390, [
    [352, 104, 'corner'],
    [640, 104, 'corner'],
  ])
  const plate = turn(390, [
    [630, 168, 'corner'],
    [658, 138, 'corner'],
  ])
  const comb = Array.from({ length: 9 }, (_, i) =>
    stroke(`M286 ${392 + i * 30}A104 17.7 0 0 0 494 ${392 + i * 30}`, shaded(WAX, 0.3), 3, {
      opacity: '0.35',
    }),
  )
  const glow = paint.radial([0, '#fff2c0', 0.95], [0.35, '#ffd978', 0.45], [1, '#ffd978', 0])
  return (
    circle(390, 262, 190, glow) +
    standingShadow(paint, 390, 658, 150) +
    body(paint, plate, PLUM) +
    cap(paint, 390, 630, 168, PLUM) +
    body(paint, pillar, WAX) +
    comb.join('') +
    path('M300 352c4 70 26 84 30 46c6 -26 16 -4 18 26c6 40 24 30 24 -6v-60Z', lit(WAX, 0.35), {
      opacity: '0.8',
    }) +
    cap(paint, 390, 352, 104, WAX) +
    ellipse(390, 354, 66, 10, '#fbe7a6') +
    stroke('M390 352V312', '#4b3528', 5) +
    path('M390 196C432 258 426 320 390 322C354 320 348 258 390 196Z', '#f6a234') +
    path('M390 240C412 276 410 316 390 318C370 316 368 276 390 240Z', '#ffe28a')
  )
}

/** A soap bar: front, end and top, wrapped in a paper band. */
function soapBar(paint: Paint, x: number, y: number, colour: string, band: string): string {
  const front = roundedPath(x, y - 120, 300, 120, 16)
  const top = `M${x + 12} ${y - 118}L${x + 70} ${y - 168}H${x + 352}L${x + 290} ${y - 118}Z`
  const end = `M${x + 298} ${y - 106}L${x + 358} ${y - 162}V${y - 52}L${x + 298} ${y - 8}Z`
  const paper = `M${x + 96} ${y - 120}h108v120h-108Z`
  const fold = `M${x + 96} ${y - 120}l60 -48h108l-60 48Z`
  return (
    path(end, shaded(colour, 0.24), {
      stroke: shaded(colour, 0.24),
      'stroke-width': 8,
      'stroke-linejoin': 'round',
    }) +
    path(top, lit(colour, 0.5), {
      stroke: lit(colour, 0.5),
      'stroke-width': 10,
      'stroke-linejoin': 'round',
    }) +
    path(
      front,
      paint.linear([x, y - 120, x + 300, y], [0, lit(colour, 0.26)], [1, shaded(colour, 0.06)]),
    ) +
    path(fold, lit(band, 0.4)) +
    path(paper, band) +
    circle(x + 150, y - 60, 34, 'none', { stroke: lit(band, 0.7), 'stroke-width': 3 }) +
    leaf(x + 150, y - 36, 48, 0, lit(band, 0.6), 0.32)
  )
}

export const soap: Draw = (paint) => {
  const bubble = (x: number, y: number, r: number) =>
    circle(x, y, r, '#ffffff', { opacity: '0.35' }) +
    circle(x, y, r, 'none', { stroke: '#ffffff', 'stroke-width': 3, opacity: '0.7' }) +
    ellipse(x - r * 0.35, y - r * 0.4, r * 0.2, r * 0.12, '#ffffff', { opacity: '0.9' })
  return (
    standingShadow(paint, 400, 660, 210) +
    soapBar(paint, 210, 660, OAT, WINE) +
    soapBar(paint, 238, 528, '#a9b78e', PLUM) +
    soapBar(paint, 200, 396, '#d7a3a0', '#7b4a3c') +
    bubble(640, 640, 38) +
    bubble(690, 590, 22) +
    bubble(654, 556, 14) +
    bubble(148, 676, 24)
  )
}

export const basket: Draw = (paint) => {
  const willow = '#c08f54'
  const shape = turn(400, [
    [400, 210, 'corner'],
    [500, 204],
    [600, 176],
    [652, 140, 'corner'],
  ])
  const rows = Array.from({ length: 9 }, (_, row) => {
    const y = 410 + row * 28
    return Array.from({ length: 17 }, (_, i) => {
      const angle = ((i + (row % 2) * 0.5) / 17) * Math.PI
      const r = 214 - Math.max(0, row - 3) ** 1.7 * 2.6
      const x = 400 - Math.cos(angle) * r
      const wide = Math.max(5, Math.sin(angle) * 26)
      const tone = mix(lit(willow, 0.3), shaded(willow, 0.3), i / 17)
      return ellipse(
        x,
        y + Math.sin(angle) * r * TILT,
        wide,
        12.5,
        (i + row) % 2 ? tone : shaded(tone, 0.13),
      )
    }).join('')
  })
  const yarn = (x: number, y: number, r: number, colour: string) => {
    const clip = paint.clip(circle(x, y, r, '#000'))
    const threads = Array.from({ length: 9 }, (_, i) => {
      const reach = -r + (i * r) / 4
      return stroke(
        `M${x + reach - 30} ${y - r}q${50 + i * 4} ${r} 0 ${r * 2}`,
        lit(colour, 0.35),
        4,
      )
    })
    const round = circle(x, y, r, roundLight(paint, x, r, colour))
    return round + group({ 'clip-path': clip, opacity: '0.6' }, ...threads)
  }
  const gloom = paint.linear(
    [190, 0, 610, 0],
    [0, '#fff4de', 0.12],
    [0.5, '#000000', 0],
    [1, '#2b1a2e', 0.34],
  )
  const ring = (from: number, front: boolean) =>
    tube(`M190 ${from}A210 36 0 0 ${front ? 0 : 1} 610 ${from}`, 24, willow)
  return (
    standingShadow(paint, 400, 655, 158) +
    stroke('M236 392C236 130 564 130 564 392', shaded(willow, 0.35), 34) +
    tube('M236 392C236 130 564 130 564 392', 28, willow) +
    stroke('M240 380C246 142 554 142 560 380', shaded(willow, 0.3), 26, {
      'stroke-dasharray': '3 20',
      opacity: '0.6',
    }) +
    ring(400, false) +
    ellipse(400, 402, 200, 34, shaded(willow, 0.6)) +
    yarn(322, 352, 76, WINE) +
    yarn(470, 346, 82, MUSTARD) +
    yarn(392, 384, 66, OAT) +
    body(paint, shape, shaded(willow, 0.35), 400) +
    group({ 'clip-path': paint.clip(path(slice(shape, 400), '#000')) }, ...rows) +
    path(slice(shape, 400), gloom) +
    ring(402, true)
  )
}

export const lavender: Draw = (paint) => {
  const roll = dice(12)
  const stems = Array.from({ length: 15 }, (_, i) => {
    const lean = (i - 7) * 25
    const tipX = 420 + lean * 1.25 + roll() * 16
    const tipY = 150 + Math.abs(i - 7) * 12 + roll() * 50
    const buds = Array.from({ length: 8 }, (_, b) => {
      const t = b / 8
      const x = tipX + (400 - tipX) * t * 0.36
      const y = tipY + (560 - tipY) * t * 0.36
      const tone = mix('#8467b0', '#b39ad4', roll())
      return (
        ellipse(x - 9, y, 11, 15 - b * 0.3, tone) +
        ellipse(x + 9, y + 4, 11, 15 - b * 0.3, shaded(tone, 0.14))
      )
    })
    return (
      stroke(
        `M${tipX} ${tipY}L400 560L${400 - lean * 0.42} 716`,
        i % 2 ? '#7c9168' : '#6a8059',
        6,
      ) + buds.join('')
    )
  })
  const bundle = 'M330 150L560 170L630 260L440 560L452 706H350L362 560L210 250Z'
  return group(
    { transform: 'rotate(14 400 420)' },
    lyingShadow(paint, bundle, 18),
    ...stems,
    rect(352, 540, 98, 46, roundLight(paint, 400, 50, OAT), { rx: 10 }),
    stroke('M356 556H446M356 570H446', shaded(OAT, 0.25), 3),
    path('M400 560C340 500 300 540 312 566C330 590 380 580 400 564Z', WINE),
    path('M400 560C470 506 508 544 496 570C476 594 424 580 400 564Z', shaded(WINE, 0.12)),
    stroke('M396 566C380 610 366 640 340 664M404 566C424 606 440 640 462 656', WINE, 10),
    circle(400, 563, 15, lit(WINE, 0.15)),
  )
}
