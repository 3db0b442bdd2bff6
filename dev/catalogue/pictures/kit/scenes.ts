/** The two stages of every picture: a table before a wall, and a surface seen from above. */
import { lit, shaded } from './colour'
import { circle, group, path, Paint, rect, svgFile } from './svg'

/** The colours that the pictures of one stall share. */
export interface Palette {
  readonly wall: string
  readonly table: string
  /** The shape behind the subject. */
  readonly backdrop: 'arch' | 'sun' | 'window' | 'panel'
  readonly backdropColour: string
}

/** Draws a subject in a square of 800 units; what stands, stands at a height of about 650. */
export type Draw = (paint: Paint) => string

const HORIZON = 545

function backdrop(paint: Paint, { backdrop: kind, backdropColour: colour }: Palette): string {
  const fade = paint.linear([0, 120, 0, HORIZON], [0, lit(colour, 0.12)], [1, colour])
  if (kind === 'sun') return circle(430, 330, 250, fade)
  if (kind === 'arch') return path(`M170 ${HORIZON}V330a230 230 0 0 1 460 0V${HORIZON}Z`, fade)
  if (kind === 'panel') return path(`M250 0H560V${HORIZON}H250Z`, fade, { opacity: '0.8' })
  const pane = (x: number, y: number) => path(`M${x} ${y}h150l70 190h-150Z`, '#fff8e8')
  return group({ opacity: '0.5' }, pane(130, 70), pane(298, 70), pane(206, 278), pane(374, 278))
}

/** The table and the wall without a subject. */
export function table(paint: Paint, palette: Palette, width = 800): string {
  const { wall, table: top } = palette
  const wallLight = paint.linear(
    [0, 0, width, HORIZON],
    [0, lit(wall, 0.5)],
    [0.55, wall],
    [1, shaded(wall, 0.07)],
  )
  const topLight = paint.linear(
    [0, HORIZON, width, 800],
    [0, lit(top, 0.3)],
    [0.6, top],
    [1, shaded(top, 0.12)],
  )
  const edge = paint.linear([0, HORIZON, 0, 610], [0, shaded(top, 0.3), 0.55], [1, top, 0])
  return (
    rect(0, 0, width, HORIZON, wallLight) +
    group(
      { 'clip-path': paint.clip(rect(0, 0, width, HORIZON, '#000')) },
      backdrop(paint, palette),
    ) +
    rect(0, HORIZON, width, 800 - HORIZON, topLight) +
    rect(0, HORIZON, width, 65, edge)
  )
}

/** A picture of something that stands on a table. */
export function standing(palette: Palette, draw: Draw): string {
  const paint = new Paint()
  return svgFile(800, 800, paint, table(paint, palette) + draw(paint))
}

/** A picture of something that lies flat, seen from above. */
export function lying(palette: Palette, draw: Draw): string {
  const paint = new Paint()
  const ground = paint.linear(
    [0, 0, 800, 800],
    [0, lit(palette.wall, 0.45)],
    [0.5, palette.wall],
    [1, shaded(palette.wall, 0.1)],
  )
  const light = group(
    { opacity: '0.35' },
    path('M-40 250L330 -40H520L-40 480Z', '#fff8e8'),
    path('M-40 580L640 -40H720L-40 680Z', '#fff8e8'),
  )
  const cloth = path('M0 610L800 470V800H0Z', palette.table, { opacity: '0.55' })
  return svgFile(800, 800, paint, rect(0, 0, 800, 800, ground) + cloth + light + draw(paint))
}
