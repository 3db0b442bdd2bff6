/** The smallest pieces of an SVG drawing: tags, numbers, gradients and clips. */

type Attributes = Readonly<Record<string, string | number | undefined>>
/** Offset from 0 to 1, colour, and opacity when it is not solid. */
type Stop = readonly [offset: number, colour: string, opacity?: number]
type Line = readonly [x1: number, y1: number, x2: number, y2: number]

const number = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10) : value

/** One element with its attributes and children. */
function tag(name: string, attributes: Attributes = {}, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${number(value ?? '')}"`)
    .join('')
  return children.length
    ? `<${name}${written}>${children.join('')}</${name}>`
    : `<${name}${written}/>`
}

export const group = (attributes: Attributes, ...children: string[]): string =>
  tag('g', attributes, ...children)

export const path = (d: string, fill: string, more: Attributes = {}): string =>
  tag('path', { d, fill, ...more })

export const ellipse = (
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  fill: string,
  more: Attributes = {},
): string => tag('ellipse', { cx, cy, rx, ry, fill, ...more })

export const circle = (
  cx: number,
  cy: number,
  r: number,
  fill: string,
  more: Attributes = {},
): string => tag('circle', { cx, cy, r, fill, ...more })

/** A rectangle whose corners are rounded by `rx`. */
export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: Attributes = {},
): string => tag('rect', { x, y, width, height, fill, ...more })

/** An open line with round ends. */
export const stroke = (d: string, colour: string, width: number, more: Attributes = {}): string =>
  path(d, 'none', {
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  })

/** Words squeezed or stretched to a given width, so that any system font fits the label. */
export const words = (
  text: string,
  x: number,
  y: number,
  size: number,
  width: number,
  fill: string,
  more: Attributes = {},
): string =>
  tag(
    'text',
    {
      x,
      y,
      fill,
      'font-size': size,
      'font-family': "Georgia, 'Times New Roman', 'DejaVu Serif', serif",
      'text-anchor': 'middle',
      textLength: width,
      lengthAdjust: 'spacingAndGlyphs',
      ...more,
    },
    text,
  )

/** Collects the definitions (gradients, clips, blurs) that one drawing refers to. */
export class Paint {
  readonly #defs = new Map<string, string>()

  #define(make: (id: string) => string): string {
    const key = make('?')
    const known = this.#defs.get(key)
    if (known) return `url(#${known})`
    const id = `d${this.#defs.size}`
    this.#defs.set(key, id)
    return `url(#${id})`
  }

  linear([x1, y1, x2, y2]: Line, ...stops: Stop[]): string {
    const attributes = { x1, y1, x2, y2, gradientUnits: 'userSpaceOnUse' }
    return this.#define((id) => tag('linearGradient', { id, ...attributes }, ...stops.map(stopTag)))
  }

  /** A radial gradient that fills the box of whatever it paints. */
  radial(...stops: Stop[]): string {
    return this.#define((id) => tag('radialGradient', { id }, ...stops.map(stopTag)))
  }

  clip(shape: string): string {
    return this.#define((id) => tag('clipPath', { id }, shape))
  }

  blur(deviation: number): string {
    const area = { x: '-30%', y: '-30%', width: '160%', height: '160%' }
    return this.#define((id) =>
      tag('filter', { id, ...area }, tag('feGaussianBlur', { stdDeviation: deviation })),
    )
  }

  defs(): string {
    const written = [...this.#defs].map(([key, id]) => key.replace('id="?"', `id="${id}"`))
    return tag('defs', {}, ...written)
  }
}

const stopTag = ([offset, colour, opacity]: Stop): string =>
  tag('stop', { offset: String(offset), 'stop-color': colour, 'stop-opacity': opacity?.toString() })

/** A whole SVG file. */
export const svgFile = (width: number, height: number, paint: Paint, drawing: string): string =>
  tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    paint.defs(),
    drawing,
  )
