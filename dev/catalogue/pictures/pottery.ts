/** Pictures of the pottery stall: stoneware in chalk, sage, iron and cobalt. */
import { COBALT, SAGE } from './potteryColours'
import { budVase, dinnerPlate, herbPot, noodleBowl } from './potteryTable'
import { espressoCups, mug, sugarJar, teapot } from './potteryTea'
import { lying, type Palette, standing } from './kit/scenes'

const PALETTE: Palette = {
  wall: '#ead9c0',
  table: '#d6b592',
  backdrop: 'arch',
  backdropColour: '#d98e63',
}

/** Every picture of this stall by file name. */
export const potteryPictures: Record<string, () => string> = {
  'round-teapot': () => standing(PALETTE, teapot()),
  'round-teapot-cobalt': () => standing(PALETTE, teapot(COBALT)),
  'morning-mug': () => standing(PALETTE, mug()),
  'morning-mug-sage': () => standing(PALETTE, mug(SAGE)),
  'noodle-bowl': () => standing(PALETTE, noodleBowl),
  'herb-pot': () => standing(PALETTE, herbPot),
  'bud-vase': () => standing(PALETTE, budVase),
  'espresso-cups': () => standing(PALETTE, espressoCups),
  'dinner-plates': () => lying(PALETTE, dinnerPlate),
  'sugar-jar': () => standing(PALETTE, sugarJar),
}
