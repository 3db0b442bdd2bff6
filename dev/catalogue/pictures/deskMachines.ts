/** Drawings of the desk stall: keyboard, headphones and lamp. */
import { lit, shaded } from './kit/colour'
import { CORAL, INK, PAPER, SAFFRON } from './deskColours'
import type { Draw } from './kit/scenes'
import { body, lyingShadow, roundedPath, standingShadow, tube, turn } from './kit/solids'
import { circle, ellipse, group, path, rect, stroke } from './kit/svg'

export const keyboard: Draw = (paint) => {
  const shell = roundedPath(70, 250, 660, 290, 30)
  const rows = [
    { widths: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.6] },
    { widths: [1.4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.2] },
    { widths: [1.7, 1, 1, 1, 1, 1, 1, 1, 1, 1.9] },
    { widths: [1.2, 1.2, 1.2, 5, 1.2, 1.2, 0.6] },
  ]
  const key = (x: number, y: number, w: number, colour: string) =>
    rect(x, y, w, 52, shaded(colour, 0.25), { rx: 9 }) +
    rect(
      x + 4,
      y + 2,
      w - 8,
      42,
      paint.linear([0, y, 0, y + 44], [0, lit(colour, 0.5)], [1, colour]),
      { rx: 8 },
    )
  const keys = rows.flatMap(({ widths }, row) => {
    const unit = 612 / widths.reduce((sum, width) => sum + width, 0)
    let x = 94
    return widths.map((width, i) => {
      const colour =
        row === 0 && i === 0
          ? CORAL
          : i === widths.length - 1
            ? SAFFRON
            : i === 0
              ? '#74839a'
              : PAPER
      const drawn = key(x + 2, 276 + row * 60, width * unit - 4, colour)
      x += width * unit
      return drawn
    })
  })
  return group(
    { transform: 'rotate(-13 400 400)' },
    stroke('M560 250C560 160 640 150 650 60C654 10 700 -20 760 -60', shaded(SAFFRON, 0.2), 15),
    stroke('M558 250C558 160 638 150 648 60C652 10 698 -20 758 -60', SAFFRON, 9),
    rect(540, 222, 40, 36, '#5d6676', { rx: 6 }),
    lyingShadow(paint, shell, 20),
    path(shell, paint.linear([70, 250, 730, 540], [0, '#59647a'], [0.5, INK], [1, '#1d2331'])),
    ...keys,
  )
}

export const headphones: Draw = (paint) => {
  const cup = (x: number, side: number) =>
    ellipse(x, 508, 62, 104, shaded(INK, 0.3)) +
    ellipse(
      x - side * 26,
      508,
      58,
      100,
      paint.linear(
        [x - 90, 400, x + 70, 600],
        [0, lit(INK, 0.4)],
        [0.5, INK],
        [1, shaded(INK, 0.4)],
      ),
    ) +
    (side > 0
      ? ellipse(x - 30, 508, 36, 68, SAFFRON) + ellipse(x - 34, 504, 28, 58, lit(SAFFRON, 0.25))
      : '')
  const cushion = (x: number) =>
    ellipse(
      x,
      508,
      50,
      98,
      paint.linear([x - 50, 0, x + 50, 0], [0, '#8b5a44'], [0.4, '#c08a6a'], [1, '#6d4434']),
    )
  return (
    standingShadow(paint, 270, 604, 74) +
    standingShadow(paint, 536, 604, 74) +
    stroke('M238 470C206 84 594 84 562 470', shaded(INK, 0.35), 46) +
    stroke('M238 470C206 84 594 84 562 470', INK, 38) +
    stroke('M262 300C300 164 500 164 540 300', '#a06a50', 26) +
    stroke('M262 296C300 160 500 160 540 296', '#c99474', 10) +
    stroke('M226 420C214 270 260 190 322 158', '#ffffff', 6, { opacity: '0.35' }) +
    rect(218, 400, 40, 70, '#b9c1c6', { rx: 10 }) +
    rect(542, 400, 40, 70, '#b9c1c6', { rx: 10 }) +
    cushion(302) +
    cup(262, 1) +
    cup(552, -1) +
    cushion(516) +
    ellipse(512, 508, 30, 72, '#3d2a28')
  )
}

export const lamp: Draw = (paint) => {
  const base = turn(300, [
    [626, 118, 'corner'],
    [652, 122, 'corner'],
  ])
  const cone = path(
    'M420 300L196 660Q420 720 660 660L560 318Z',
    paint.linear([0, 300, 0, 660], [0, '#fff0bf', 0.75], [1, '#fff0bf', 0]),
  )
  return (
    cone +
    standingShadow(paint, 300, 652, 118) +
    body(paint, base, INK) +
    ellipse(300, 626, 118, 20, lit(INK, 0.25)) +
    tube('M300 624L236 400', 16, '#c9a24e') +
    tube('M236 400L440 214', 16, '#c9a24e') +
    circle(236, 400, 22, INK) +
    circle(232, 396, 9, lit(INK, 0.4)) +
    group(
      { transform: 'translate(464 236) rotate(-24)' },
      circle(0, 100, 34, '#fff4c9'),
      path(
        'M-30 -46H30C40 -20 118 40 122 92C60 116 -60 116 -122 92C-118 40 -40 -20 -30 -46Z',
        paint.linear(
          [-122, 0, 122, 0],
          [0, lit(CORAL, 0.45)],
          [0.45, CORAL],
          [1, shaded(CORAL, 0.32)],
        ),
      ),
      ellipse(0, 96, 120, 16, '#ffe9a8'),
      ellipse(0, 98, 50, 10, '#fffbe8'),
      rect(-24, -74, 48, 34, '#c9a24e', { rx: 8 }),
    )
  )
}
