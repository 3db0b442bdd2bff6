/** The merchants' portraits and the market's banner. */
import { lit, shaded } from './kit/colour'
import { wateringCan } from './gardenTools'
import { honey, oliveOil } from './pantryJars'
import { teapot } from './potteryTea'
import { leaf } from './kit/props'
import { table, type Draw, type Palette } from './kit/scenes'
import { body, mouth, shine, turn } from './kit/solids'
import { circle, ellipse, group, Paint, path, rect, stroke, svgFile } from './kit/svg'
import { basket, candle } from './wickAndWillow'

/** A square portrait of 400 units. */
function portrait(ground: string, draw: Draw): string {
  const paint = new Paint()
  const light = paint.linear([0, 0, 400, 400], [0, lit(ground, 0.35)], [1, shaded(ground, 0.12)])
  return svgFile(400, 400, paint, rect(0, 0, 400, 400, light) + draw(paint))
}

const saltmarsh: Draw = (paint) => {
  const jug = turn(192, [
    [112, 44, 'corner'],
    [150, 38],
    [200, 78],
    [250, 86],
    [290, 58, 'corner'],
  ])
  const wave = (y: number, colour: string) =>
    path(`M0 ${y}q50 -40 100 0t100 0t100 0t100 0V400H0Z`, colour)
  return (
    circle(200, 170, 132, '#e9a57c') +
    body(paint, jug, '#f0e6d4') +
    path('M226 128C296 112 300 214 258 232', 'none', { stroke: '#d8c7ac', 'stroke-width': 16 }) +
    body(paint, jug, '#41669a', 206, 240) +
    shine(jug, 170, 270, 0.4) +
    mouth(paint, 192, 112, 44, '#f0e6d4', undefined, 6) +
    wave(286, '#5d8a86') +
    wave(322, '#3f6f74') +
    wave(358, '#2d555d')
  )
}

const orchard: Draw = (paint) => {
  const skin = paint.linear([110, 110, 300, 330], [0, '#e9cf62'], [0.5, '#c2a83a'], [1, '#8a7a24'])
  return (
    circle(200, 206, 150, '#f1ead0') +
    path(
      'M204 104C244 104 240 160 262 200C300 262 268 336 204 336S108 262 146 200C168 160 164 104 204 104Z',
      skin,
    ) +
    ellipse(158, 252, 16, 34, '#ffffff', { opacity: '0.45', transform: 'rotate(14 158 252)' }) +
    stroke('M204 108C204 84 212 70 222 58', '#6b4a2c', 10) +
    leaf(212, 88, 92, 64, '#6f8a3c', 0.34)
  )
}

const nightDesk: Draw = (paint) => {
  const beam = paint.linear([0, 190, 0, 330], [0, '#ffe6a0', 0.75], [1, '#ffe6a0', 0])
  const star = (x: number, y: number, r: number) => circle(x, y, r, '#f7ecc8')
  return (
    path('M292 60A50 50 0 1 0 340 122A40 40 0 0 1 292 60Z', '#f7e3b0') +
    star(80, 80, 4) +
    star(140, 50, 3) +
    star(60, 160, 3) +
    star(220, 60, 3) +
    star(344, 190, 4) +
    path('M150 214L70 334H330L250 214Z', beam) +
    path('M180 124H220C226 150 268 176 274 214H126C132 176 174 150 180 124Z', '#d0604a') +
    ellipse(200, 214, 74, 11, '#ffedb5') +
    stroke('M200 124V40', '#c9a24e', 8) +
    rect(0, 330, 400, 70, '#7a5238') +
    rect(0, 330, 400, 10, '#a06e4c') +
    ellipse(200, 334, 104, 10, '#ffe6a0', { opacity: '0.6' })
  )
}

const BANNER: Palette = {
  wall: '#efdcc0',
  table: '#c08a5c',
  backdrop: 'window',
  backdropColour: '#efdcc0',
}

/** Scallops of cloth over the counter. */
function awning(paint: Paint, width: number): string {
  const step = 100
  const flaps = Array.from({ length: width / step }, (_, i) => {
    const colour = i % 2 ? '#f7ecd6' : '#c9603c'
    const light = paint.linear(
      [0, 0, 0, 130],
      [0, shaded(colour, 0.12)],
      [0.6, colour],
      [1, lit(colour, 0.12)],
    )
    return path(`M${i * step} 0h${step}v84a${step / 2} 42 0 0 1 ${-step} 0Z`, light)
  })
  const shade = path(
    `M0 0H${width}V150H0Z`,
    paint.linear([0, 84, 0, 150], [0, '#3a2233', 0.3], [1, '#3a2233', 0]),
  )
  return shade + flaps.join('')
}

function banner(): string {
  const paint = new Paint()
  const place = (draw: Draw, x: number, y: number, scale: number) =>
    group({ transform: `translate(${x} ${y}) scale(${scale})` }, draw(paint))
  return svgFile(
    1600,
    600,
    paint,
    group({ transform: 'translate(0 -120)' }, table(paint, BANNER, 1600)) +
      place(basket, -20, 30, 0.72) +
      place(oliveOil, 306, 20, 0.74) +
      place(honey, 520, 106, 0.62) +
      place(teapot(), 662, 92, 0.68) +
      place(wateringCan, 968, 70, 0.66) +
      place(candle, 1246, 64, 0.64) +
      awning(paint, 1600),
  )
}

/** Portraits and banner by file name. */
export const markPictures: Record<string, () => string> = {
  'merchant-saltmarsh': () => portrait('#f0d3b4', saltmarsh),
  'merchant-orchard-lane': () => portrait('#a9ba84', orchard),
  'merchant-night-desk': () => portrait('#2c3446', nightDesk),
  'market-banner': banner,
}
