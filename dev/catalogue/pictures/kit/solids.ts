/** Things with volume, lit from the upper left: turned bodies, tubes, boxes and their shadows. */
import { dice, lit, shaded } from './colour'
import { circle, ellipse, group, path, stroke, type Paint } from './svg'

/** Height, radius there, and `corner` where the outline breaks instead of bending. */
export type ProfilePoint = readonly [y: number, r: number, corner?: 'corner']

/** A body of revolution, seen slightly from above. */
export interface Turned {
  readonly cx: number
  /** The outline from top to bottom. */
  readonly samples: readonly (readonly [y: number, r: number])[]
  readonly widest: number
}

/** How flat a circle looks from our point of view. */
export const TILT = 0.17
const SHADOW = '#3a2233'

const bend = (a: number, b: number, c: number, d: number, t: number): number =>
  0.5 *
  (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)

function sampleRun(run: readonly ProfilePoint[]): [number, number][] {
  const at = (i: number) => run[Math.min(Math.max(i, 0), run.length - 1)] ?? [0, 0]
  const samples: [number, number][] = []
  for (let i = 0; i < run.length - 1; i++) {
    const four = [at(i - 1), at(i), at(i + 1), at(i + 2)] as const
    const steps = run.length === 2 ? 1 : 10
    for (let step = 0; step < steps; step++) {
      const [a, b, c, d] = four
      const t = step / steps
      samples.push([bend(a[0], b[0], c[0], d[0], t), bend(a[1], b[1], c[1], d[1], t)])
    }
  }
  const [y, r] = at(run.length - 1)
  return [...samples, [y, r]]
}

/** A body turned on the axis `cx` with the given outline. */
export function turn(cx: number, profile: readonly ProfilePoint[]): Turned {
  const samples: [number, number][] = []
  let start = 0
  profile.forEach((point, i) => {
    if (i === 0 || (!point[2] && i < profile.length - 1)) return
    samples.push(...sampleRun(profile.slice(start, i + 1)))
    start = i
  })
  return { cx, samples, widest: Math.max(...samples.map(([, r]) => r)) }
}

/** The part of a body between two heights, its ends curved like the body. */
export function slice(turned: Turned, from = -Infinity, to = Infinity): string {
  const { cx, samples } = turned
  const inside = samples.filter(([y]) => y >= from && y <= to)
  const ends = [from, to].filter(Number.isFinite).map((y) => [y, radiusAt(turned, y)] as const)
  const part = [...inside, ...ends].sort((a, b) => a[0] - b[0])
  const [top, bottom] = [part[0] ?? [0, 0], part[part.length - 1] ?? [0, 0]]
  const right = part.map(([y, r]) => `L${fix(cx + r)} ${fix(y)}`).join('')
  const left = [...part].reverse().map(([y, r]) => `L${fix(cx - r)} ${fix(y)}`)
  const sweep = Number.isFinite(from) ? 0 : 1
  const arc = (r: number, x: number, y: number, flag: number) =>
    `A${fix(r)} ${fix(r * TILT)} 0 0 ${flag} ${fix(x)} ${fix(y)}`
  return [
    `M${fix(cx - top[1])} ${fix(top[0])}`,
    arc(top[1], cx + top[1], top[0], sweep),
    right,
    arc(bottom[1], cx - bottom[1], bottom[0], 1),
    ...left,
    'Z',
  ].join('')
}

const fix = (value: number): number => Math.round(value * 10) / 10

/** The radius of a body at a height. */
function radiusAt({ samples }: Turned, y: number): number {
  const below = samples.findIndex(([height]) => height >= y)
  if (below <= 0) return samples[Math.max(below, 0)]?.[1] ?? 0
  const [y0, r0] = samples[below - 1] ?? [0, 0]
  const [y1, r1] = samples[below] ?? [1, 0]
  return y1 === y0 ? r1 : r0 + ((r1 - r0) * (y - y0)) / (y1 - y0)
}

/** The light across a round body. */
export const roundLight = (paint: Paint, cx: number, r: number, colour: string): string =>
  paint.linear(
    [cx - r, 0, cx + r, 0],
    [0, lit(colour, 0.08)],
    [0.2, lit(colour, 0.34)],
    [0.5, colour],
    [0.82, shaded(colour, 0.24)],
    [0.95, shaded(colour, 0.36)],
    [1, shaded(colour, 0.28)],
  )

/** A turned body, or a band of it, in one colour. */
export const body = (
  paint: Paint,
  turned: Turned,
  colour: string,
  from?: number,
  to?: number,
): string => path(slice(turned, from, to), roundLight(paint, turned.cx, turned.widest, colour))

/** The reflection of a window on the lit side. */
export function shine(turned: Turned, from: number, to: number, opacity = 0.4): string {
  const edge = (share: number) =>
    Array.from({ length: 13 }, (_, i) => {
      const y = from + ((to - from) * i) / 12
      return `${fix(turned.cx - radiusAt(turned, y) * share)} ${fix(y)}`
    })
  const d = `M${edge(0.74).join('L')}L${edge(0.6).reverse().join('L')}Z`
  const look = { opacity: String(opacity), stroke: '#ffffff', 'stroke-width': 6 }
  return path(d, '#ffffff', { ...look, 'stroke-linejoin': 'round' })
}

/** The open top of a vessel with what is in it. */
export function mouth(
  paint: Paint,
  cx: number,
  y: number,
  r: number,
  colour: string,
  inside = shaded(colour, 0.35),
  lip = 9,
): string {
  const hollow = paint.linear(
    [cx - r, 0, cx + r, 0],
    [0, shaded(inside, 0.35)],
    [0.5, inside],
    [1, lit(inside, 0.2)],
  )
  return (
    ellipse(cx, y, r, r * TILT, lit(colour, 0.45)) +
    ellipse(cx, y + lip * 0.15, r - lip, r * TILT - lip * 0.5, hollow)
  )
}

/** The flat top of a solid body. */
export const cap = (paint: Paint, cx: number, y: number, r: number, colour: string): string =>
  ellipse(
    cx,
    y,
    r,
    r * TILT,
    paint.linear([cx - r, 0, cx + r, 0], [0, lit(colour, 0.5)], [1, lit(colour, 0.14)]),
  )

/** A bent tube: handles, stems, cables. */
export const tube = (d: string, width: number, colour: string): string =>
  stroke(d, shaded(colour, 0.28), width) +
  group(
    { transform: `translate(${fix(-width * 0.07)} ${fix(-width * 0.08)})` },
    stroke(d, colour, width * 0.72),
  ) +
  group(
    { transform: `translate(${fix(-width * 0.16)} ${fix(-width * 0.18)})` },
    stroke(d, lit(colour, 0.45), width * 0.2),
  )

/** The shadow of something that stands on the table at height `y`. */
export function standingShadow(paint: Paint, cx: number, y: number, r: number): string {
  const soft = paint.radial([0, SHADOW, 0.5], [0.55, SHADOW, 0.22], [1, SHADOW, 0])
  const tight = paint.radial([0, SHADOW, 0.7], [0.72, SHADOW, 0.45], [1, SHADOW, 0])
  return (
    ellipse(cx + r * 0.55, y + r * 0.05, r * 1.65, r * 0.3 + 8, soft) +
    ellipse(cx + r * 0.08, y + r * 0.04, r * 1.12, r * TILT + 10, tight)
  )
}

/** The shadow of something flat that lies on the ground, seen from above. */
export const lyingShadow = (paint: Paint, d: string, distance = 14): string =>
  group(
    { filter: paint.blur(distance * 0.7), opacity: '0.38' },
    group({ transform: `translate(${distance} ${distance * 1.3})` }, path(d, SHADOW)),
  )

/** The path of a rectangle with rounded corners. */
export function roundedPath(x: number, y: number, w: number, h: number, r: number): string {
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${x + r} ${y}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}Z`
}

/** Small dots strewn over a clipped area. */
export function speckles(
  clip: string,
  [x, y, w, h]: readonly [number, number, number, number],
  colour: string,
  count: number,
  seed: number,
): string {
  const roll = dice(seed)
  const dots = Array.from({ length: count }, () =>
    circle(x + roll() * w, y + roll() * h, 1.2 + roll() * 2.6, colour, {
      opacity: String(fix(0.3 + roll() * 0.5)),
    }),
  )
  return group({ 'clip-path': clip }, ...dots)
}
