/** Pictures of the kitchen and garden stall: wood, steel and seed paper in forest and straw. */
import { seeds, trowel, wateringCan } from './gardenTools'
import { breadBoard, knife, pepperMill, skillet } from './kitchenTools'
import { lying, type Palette, standing } from './kit/scenes'

const PALETTE: Palette = {
  wall: '#d8e0cf',
  table: '#b9a27b',
  backdrop: 'panel',
  backdropColour: '#a9c0a6',
}

/** Every picture of this stall by file name. */
export const kitchenGardenPictures: Record<string, () => string> = {
  'bread-board': () => lying(PALETTE, breadBoard),
  'kitchen-knife': () => lying(PALETTE, knife),
  'seed-packets': () => lying(PALETTE, seeds),
  'watering-can': () => standing(PALETTE, wateringCan),
  'iron-skillet': () => lying(PALETTE, skillet),
  'hand-trowel': () => lying(PALETTE, trowel),
  'pepper-mill': () => standing(PALETTE, pepperMill),
}
