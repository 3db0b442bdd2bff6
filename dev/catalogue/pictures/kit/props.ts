/** Small things that several pictures put beside their subject. */
import { dice, lit, mix, shaded } from './colour'
import { body, cap, roundLight, standingShadow, turn, type Turned } from './solids'
import { circle, ellipse, group, path, rect, stroke, words, type Paint } from './svg'

/** Steam above something hot. */
export const steam = (x: number, y: number): string =>
  group(
    { opacity: '0.5' },
    stroke(`M${x} ${y}c-30 -40 26 -62 0 -108`, '#ffffff', 9),
    stroke(`M${x + 42} ${y + 8}c-26 -34 22 -54 2 -92`, '#ffffff', 7),
    stroke(`M${x - 42} ${y + 8}c-22 -30 18 -46 0 -76`, '#ffffff', 7),
  )

/** A pointed leaf from its stalk at (x, y), turned by `angle` degrees; 0 points up. */
export function leaf(
  x: number,
  y: number,
  length: number,
  angle: number,
  colour: string,
  slim = 0.3,
): string {
  const w = length * slim
  const half = (side: number) =>
    `M0 0C${side * w} ${-length * 0.25} ${side * w * 0.9} ${-length * 0.7} 0 ${-length}Z`
  return group(
    { transform: `translate(${Math.round(x)} ${Math.round(y)}) rotate(${Math.round(angle)})` },
    path(half(-1), lit(colour, 0.22)),
    path(half(1), shaded(colour, 0.14)),
    stroke(`M0 0V${Math.round(-length * 0.8)}`, lit(colour, 0.4), Math.max(1.5, length * 0.02)),
  )
}

/** A stalk with leaves on both sides, from (x, y) upwards and leaning by `lean`. */
export function sprig(
  x: number,
  y: number,
  height: number,
  lean: number,
  colour: string,
  size = 62,
): string {
  const at = (t: number): [number, number] => [x + lean * t * t, y - height * t]
  const pairs = Math.max(3, Math.round(height / (size * 0.72)))
  const leaves = Array.from({ length: pairs }, (_, i) => {
    const t = 0.22 + (0.78 * i) / pairs
    const [px, py] = at(t)
    const scale = size * (1.1 - t * 0.45)
    const tint = mix(colour, lit(colour, 0.3), t)
    return leaf(px, py, scale, -58 + lean * 0.2, tint) + leaf(px, py, scale, 58 + lean * 0.2, tint)
  })
  const [tx, ty] = at(1)
  const stalk = stroke(`M${x} ${y}Q${x} ${y - height / 2} ${tx} ${ty}`, shaded(colour, 0.15), 5)
  return stalk + leaves.join('') + leaf(tx, ty + 6, size * 0.8, lean * 0.25, lit(colour, 0.2))
}

/** A round fruit or berry with its highlight. */
export function berry(paint: Paint, x: number, y: number, r: number, colour: string): string {
  return (
    standingShadow(paint, x, y + r * 0.86, r * 0.8) +
    circle(x, y, r, roundLight(paint, x, r, colour)) +
    ellipse(x - r * 0.34, y - r * 0.4, r * 0.22, r * 0.14, '#ffffff', {
      opacity: '0.6',
      transform: `rotate(-35 ${Math.round(x - r * 0.34)} ${Math.round(y - r * 0.4)})`,
    })
  )
}

/** A paper label on a round body, with a heading and fine print drawn as lines. */
export function wrapLabel(
  paint: Paint,
  turned: Turned,
  [from, to]: readonly [number, number],
  colour: string,
  ink: string,
  text: string,
): string {
  const { cx, widest } = turned
  const middle = (from + to) / 2 + widest * 0.13
  const size = Math.min((to - from) * 0.3, widest * 0.42)
  const lines = [0.1, 0.19].map((share) =>
    rect(cx - widest * 0.4, middle + (to - from) * share + 4, widest * 0.8, 4, ink, {
      opacity: '0.45',
      rx: 2,
    }),
  )
  return (
    body(paint, turned, colour, from, to) +
    words(text, cx, middle, size, widest * 1.15, ink, { 'font-weight': 'bold' }) +
    lines.join('')
  )
}

/** A screw or cork lid on top of a jar. */
export function lid(
  paint: Paint,
  cx: number,
  [top, bottom]: readonly [number, number],
  r: number,
  colour: string,
): string {
  const turned = turn(cx, [
    [top, r],
    [bottom, r],
  ])
  return body(paint, turned, colour) + cap(paint, cx, top, r, colour)
}

/** Grains strewn on the table around (x, y). */
export function strewn(
  paint: Paint,
  [x, y, rx, ry]: readonly [number, number, number, number],
  count: number,
  seed: number,
  grain: (x: number, y: number, angle: number) => string,
): string {
  const roll = dice(seed)
  const spots = Array.from({ length: count }, () => {
    const angle = roll() * Math.PI * 2
    const reach = Math.sqrt(roll())
    const turnBy = roll() * 360
    return [x + Math.cos(angle) * reach * rx, y + Math.sin(angle) * reach * ry, turnBy] as const
  })
  const ground = ellipse(
    x + 8,
    y + 8,
    rx * 1.15,
    ry * 1.25,
    paint.radial([0, '#3a2233', 0.35], [1, '#3a2233', 0]),
  )
  return (
    ground +
    [...spots]
      .sort((a, b) => a[1] - b[1])
      .map((spot) => grain(...spot))
      .join('')
  )
}
