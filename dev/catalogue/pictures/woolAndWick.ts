/** Pictures of the wool and wick stall: cloth, wax, soap and willow in rose and oat. */
import { lying, type Palette, standing } from './kit/scenes'
import { basket, candle, lavender, soap } from './wickAndWillow'
import { PLUM } from './woolAndWickColours'
import { blanket, scarf, socks } from './woolens'

const PALETTE: Palette = {
  wall: '#ecd8cd',
  table: '#c9a08c',
  backdrop: 'sun',
  backdropColour: '#d9a494',
}

/** Every picture of this stall by file name. */
export const woolAndWickPictures: Record<string, () => string> = {
  'beeswax-candle': () => standing(PALETTE, candle),
  'lambswool-scarf': () => lying(PALETTE, scarf()),
  'lambswool-scarf-plum': () => lying(PALETTE, scarf(PLUM, '#d7a3a0')),
  'soap-trio': () => standing(PALETTE, soap),
  'willow-basket': () => standing(PALETTE, basket),
  'wool-socks': () => lying(PALETTE, socks),
  'wool-blanket': () => standing(PALETTE, blanket),
  'dried-lavender': () => lying(PALETTE, lavender),
}
