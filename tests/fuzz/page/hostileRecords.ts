/** Records of web storage beside the good ones, under keys that the app also looks at. */
import { mutate } from '../mutate'
import { createRandom } from '../random'

export type StoredRecord = readonly [key: string, text: string]

/** Longer ones would only fill the storage. */
const MAX_LENGTH = 8_000

/** Mutated copies of good records. None takes the place of a good one. */
export function hostileRecords(
  good: readonly StoredRecord[],
  count: number,
  seed: number,
): StoredRecord[] {
  if (good.length === 0) return []
  const taken = new Set(good.map(([key]) => key))
  const made = Array.from({ length: count }, (_, n): StoredRecord => {
    const random = createRandom(seed * 7_000_003 + n)
    const [key, text] = random.pick(good)
    const cut = key.lastIndexOf(':') + 1
    const sibling = random.chance(0.7)
      ? `${key}${n}`
      : `${key.slice(0, cut)}${mutate(key.slice(cut), random).slice(0, 200)}`
    return [sibling, mutate(text, random).slice(0, MAX_LENGTH)]
  })
  return made.filter(([key]) => !taken.has(key))
}
