/** Drawings of the desk stall: notebook, pen, record and poster. */
import { lit, mix, shaded } from './kit/colour'
import { CORAL, INK, PAPER, SAFFRON } from './deskColours'
import type { Draw } from './kit/scenes'
import {
  body,
  lyingShadow,
  mouth,
  roundedPath,
  shine,
  standingShadow,
  tube,
  turn,
} from './kit/solids'
import { circle, group, path, rect, stroke, words } from './kit/svg'

export const notebook =
  (cover = CORAL): Draw =>
  (paint) => {
    const block = roundedPath(190, 130, 400, 520, 22)
    const dots = Array.from({ length: 84 }, (_, i) =>
      circle(252 + (i % 7) * 46, 196 + Math.floor(i / 7) * 36, 2.6, '#9aa2b0'),
    )
    return (
      group(
        { transform: 'rotate(9 400 400)' },
        lyingShadow(paint, roundedPath(250, 150, 400, 520, 22), 18),
        path(roundedPath(250, 150, 400, 520, 22), shaded(INK, 0.1)),
        path(roundedPath(256, 156, 384, 508, 16), PAPER),
        group({ transform: 'translate(62 10)' }, ...dots),
      ) +
      group(
        { transform: 'rotate(-7 400 400)' },
        lyingShadow(paint, block, 20),
        path(roundedPath(200, 142, 400, 520, 22), '#e3dac6'),
        path(
          block,
          paint.linear(
            [190, 130, 590, 650],
            [0, lit(cover, 0.3)],
            [0.5, cover],
            [1, shaded(cover, 0.2)],
          ),
        ),
        path('M190 152a22 22 0 0 1 22 -22H244V650H212a22 22 0 0 1 -22 -22Z', shaded(cover, 0.24)),
        rect(540, 128, 20, 526, INK),
        rect(540, 128, 6, 526, lit(INK, 0.25)),
        rect(300, 236, 190, 116, PAPER, { rx: 10 }),
        rect(324, 272, 142, 6, INK, { opacity: '0.6', rx: 3 }),
        rect(324, 300, 100, 6, INK, { opacity: '0.35', rx: 3 }),
        path('M430 648V716L446 698L462 716V648Z', SAFFRON),
      )
    )
  }

export const pen: Draw = (paint) => {
  const across = (colour: string) =>
    paint.linear([0, -30, 0, 30], [0, lit(colour, 0.5)], [0.4, colour], [1, shaded(colour, 0.4)])
  const barrel = 'M-250 -28H90V28H-250C-290 24 -290 -24 -250 -28Z'
  const sheet = 'M150 250L640 170L720 690L230 770Z'
  const lines = Array.from({ length: 7 }, (_, i) =>
    stroke(`M${226 + i * 8} ${310 + i * 54}l360 -58`, '#c4ccd6', 3),
  )
  return (
    lyingShadow(paint, sheet, 14) +
    path(sheet, PAPER) +
    lines.join('') +
    stroke('M250 420c30 -50 40 10 62 -12s20 -40 34 -10 26 -20 42 -22 20 22 44 -2', INK, 6) +
    stroke('M262 480c26 -36 40 6 58 -10s34 -24 46 -2', INK, 6) +
    group(
      { transform: 'translate(460 330) rotate(142)' },
      group(
        { transform: 'translate(-10 -20)' },
        lyingShadow(paint, 'M-280 -24H90L196 0L90 24H-280Z', 14),
      ),
      path(barrel, across(INK)),
      rect(-60, -30, 16, 60, across('#d2ad58')),
      rect(80, -26, 14, 52, across('#d2ad58')),
      path('M94 -22H130L140 -14V14L130 22H94Z', across(shaded(INK, 0.3))),
      path('M138 -16C166 -18 186 -8 210 0C186 8 166 18 138 16Z', across('#e2c06a')),
      stroke('M164 0H206', '#6b5520', 2.5),
      circle(162, 0, 4, '#6b5520'),
      stroke('M-250 -36H-110', '#d2ad58', 10),
      circle(-108, -36, 8, '#e6c875'),
      stroke('M-240 -14H70', '#ffffff', 5, { opacity: '0.35' }),
    )
  )
}

export const vinyl: Draw = (paint) => {
  const sleeve = roundedPath(96, 180, 460, 460, 8)
  const disc = roundedPath(296, 196, 428, 428, 214)
  const rings = [196, 178, 162, 140, 124, 104].map((r) =>
    circle(510, 410, r, 'none', { stroke: '#4b4f5c', 'stroke-width': 2, opacity: '0.7' }),
  )
  const wave = (y: number, colour: string) =>
    path(`M96 ${y}C180 ${y - 44} 250 ${y + 40} 330 ${y}S490 ${y - 40} 556 ${y}V640H96Z`, colour)
  return (
    lyingShadow(paint, disc, 16) +
    circle(510, 410, 214, '#20222b') +
    rings.join('') +
    path('M510 410L640 240A214 214 0 0 1 690 294Z', '#ffffff', { opacity: '0.16' }) +
    path('M510 410L380 580A214 214 0 0 1 330 526Z', '#ffffff', { opacity: '0.1' }) +
    circle(510, 410, 72, SAFFRON) +
    circle(510, 410, 10, PAPER) +
    lyingShadow(paint, sleeve, 16) +
    path(sleeve, paint.linear([0, 180, 0, 640], [0, '#f0b65c'], [0.6, '#dd7c52'], [1, '#b85350'])) +
    group(
      { 'clip-path': paint.clip(path(sleeve, '#000')) },
      circle(326, 392, 92, '#fbe6b4'),
      wave(470, '#3b5c7e'),
      wave(520, '#2d4866'),
      wave(574, '#1f334d'),
      path('M210 468l12 -130h26l12 130Z', PAPER),
      rect(216, 318, 38, 24, CORAL),
      path('M212 318h46l-23 -24Z', INK),
      rect(215, 384, 42, 22, CORAL),
    ) +
    words('HARBOUR LIGHTS', 326, 232, 32, 330, PAPER, { 'font-weight': 'bold' })
  )
}

export const poster: Draw = (paint) => {
  const sheet = 'M222 70H578V560H222Z'
  const night = paint.linear([0, 70, 0, 560], [0, '#27335a'], [0.6, '#5d6690'], [1, '#e4a46c'])
  const windows = Array.from({ length: 6 }, (_, i) =>
    rect(258 + i * 50, 432, 32, 24, '#ffdf8e', { rx: 4 }),
  )
  const hill = (d: string, colour: string) => path(d, colour)
  const star = (x: number, y: number) => circle(x, y, 2.6, '#fdf3d0')
  const mugBody = turn(640, [
    [560, 54, 'corner'],
    [668, 48, 'corner'],
  ])
  return (
    group(
      { transform: 'translate(14 16)', filter: paint.blur(10), opacity: '0.35' },
      path(sheet, '#2b1a2e'),
    ) +
    path('M210 58H590V572H210Z', '#6b4a36') +
    path('M210 58H590L578 70H222V560L210 572Z', '#94684a') +
    path(sheet, PAPER) +
    group(
      { 'clip-path': paint.clip(path('M246 96H554V500H246Z', '#000')) },
      rect(246, 96, 308, 404, night),
      circle(470, 190, 44, '#fbe9bf') + circle(486, 180, 38, '#33406a'),
      star(290, 140) +
        star(340, 180) +
        star(300, 230) +
        star(400, 130) +
        star(380, 250) +
        star(524, 270),
      hill('M246 380L330 280L400 350L470 260L554 360V500H246Z', '#3b4674'),
      hill('M246 420C320 370 420 400 554 370V500H246Z', '#28324f'),
      rect(240, 418, 330, 54, CORAL, { rx: 14 }),
      ...windows,
      rect(240, 468, 330, 8, '#1d2335'),
      path('M246 476H554V500H246Z', '#151a28'),
    ) +
    words('NIGHT TRAIN', 400, 540, 28, 240, INK, { 'font-weight': 'bold' }) +
    standingShadow(paint, 640, 668, 50) +
    body(paint, mugBody, SAFFRON) +
    shine(mugBody, 580, 648, 0.3) +
    tube('M636 566L620 460', 9, CORAL) +
    tube('M650 566L668 450', 9, mix(INK, '#6d83b5', 0.5)) +
    tube('M644 566L642 440', 8, '#e8c98f') +
    mouth(paint, 640, 560, 54, SAFFRON, undefined, 6) +
    tube('M628 562L622 520', 9, CORAL) +
    tube('M654 562L660 510', 9, mix(INK, '#6d83b5', 0.5)) +
    tube('M642 562L642 500', 8, '#e8c98f')
  )
}
