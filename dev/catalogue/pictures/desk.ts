/** Pictures of the desk stall: things for working late, in slate, ink and saffron. */
import { headphones, keyboard, lamp } from './deskMachines'
import { notebook, pen, poster, vinyl } from './deskPaper'
import { lying, type Palette, standing } from './kit/scenes'

const PALETTE: Palette = {
  wall: '#c9d2da',
  table: '#8e9aa8',
  backdrop: 'sun',
  backdropColour: '#e7b872',
}

/** Every picture of this stall by file name. */
export const deskPictures: Record<string, () => string> = {
  'compact-keyboard': () => lying(PALETTE, keyboard),
  headphones: () => standing(PALETTE, headphones),
  'desk-lamp': () => standing(PALETTE, lamp),
  'dot-notebook': () => lying(PALETTE, notebook()),
  'dot-notebook-ink': () => lying(PALETTE, notebook('#3f5a86')),
  'fountain-pen': () => lying(PALETTE, pen),
  'harbour-lights': () => lying(PALETTE, vinyl),
  'night-train': () => standing(PALETTE, poster),
}
