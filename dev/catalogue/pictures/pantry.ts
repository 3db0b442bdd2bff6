/** Pictures of the pantry stall: glass, tins and paper bags in olive, amber and tomato. */
import { honey, jam, oliveOil } from './pantryJars'
import { chocolate, coffee, paprika, tea } from './pantryPackets'
import { type Palette, standing } from './kit/scenes'

const PALETTE: Palette = {
  wall: '#e9e4c8',
  table: '#b98a5b',
  backdrop: 'window',
  backdropColour: '#d8d2a4',
}

/** Every picture of this stall by file name. */
export const pantryPictures: Record<string, () => string> = {
  'olive-oil': () => standing(PALETTE, oliveOil),
  'wildflower-honey': () => standing(PALETTE, honey),
  'espresso-beans': () => standing(PALETTE, coffee),
  'smoked-paprika': () => standing(PALETTE, paprika),
  'plum-jam': () => standing(PALETTE, jam),
  'dark-chocolate': () => standing(PALETTE, chocolate),
  'chamomile-tea': () => standing(PALETTE, tea),
}
