/** Choices that look random and come back with the same seed, so that every input can be made again. */
import { seededRandom } from '../factories/random'

export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
  /** True in this share of the cases. */
  chance(share: number): boolean
  pick<T>(items: readonly T[]): T
}

/** The seeds of one campaign may follow each other closely. */
export function createRandom(seed: number): Random {
  const next = seededRandom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b))
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)]!,
  }
}
