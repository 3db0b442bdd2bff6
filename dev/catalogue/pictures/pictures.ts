/** Every picture of the embedded market, drawn when it is first asked for. */
import { deskPictures } from './desk'
import { downloadPictures } from './downloads'
import { kitchenGardenPictures } from './kitchenGarden'
import { markPictures } from './marks'
import { pantryPictures } from './pantry'
import { potteryPictures } from './pottery'
import { woolAndWickPictures } from './woolAndWick'

const drawings: ReadonlyMap<string, () => string> = new Map(
  Object.entries({
    ...potteryPictures,
    ...woolAndWickPictures,
    ...downloadPictures,
    ...pantryPictures,
    ...kitchenGardenPictures,
    ...deskPictures,
    ...markPictures,
  }),
)
const drawn = new Map<string, string>()

export const pictureNames: readonly string[] = [...drawings.keys()]

/** The SVG file of a picture, or null when there is none of that name. */
export function drawPicture(name: string): string | null {
  const known = drawn.get(name)
  if (known) return known
  const file = drawings.get(name)?.() ?? null
  if (file) drawn.set(name, file)
  return file
}
