/** Pictures of the download stall: pages and screens in lilac, teal and coral. */
import { knittingChart, planner, rainSounds, typeface } from './printables'
import { lying, type Palette } from './kit/scenes'
import { breadBook, tideBook, wallpapers } from './screens'

const PALETTE: Palette = {
  wall: '#ddd3e2',
  table: '#b7a3c4',
  backdrop: 'sun',
  backdropColour: '#a58cba',
}

/** Every picture of this stall by file name. */
export const downloadPictures: Record<string, () => string> = {
  'the-patient-loaf': () => lying(PALETTE, breadBook),
  'reading-the-tide': () => lying(PALETTE, tideBook),
  'fair-isle-pattern': () => lying(PALETTE, knittingChart),
  'rain-sounds': () => lying(PALETTE, rainSounds),
  'printable-planner': () => lying(PALETTE, planner),
  'three-landscapes': () => lying(PALETTE, wallpapers),
  'saltmarsh-display': () => lying(PALETTE, typeface),
}
