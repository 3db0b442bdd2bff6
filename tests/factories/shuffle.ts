/** Orders of arrival for tests: repeatable shuffles, repetitions and reversals. */

import { seededRandom } from './random'

/** The items in an order that the seed decides. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed)
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

export interface Arrival {
  readonly name: string
  readonly arrange: <T>(items: readonly T[]) => readonly T[]
}

/** The ways in which the same things may arrive. */
export const ARRIVALS: readonly Arrival[] = [
  { name: 'as recorded', arrange: (items) => items },
  { name: 'reversed', arrange: (items) => items.toReversed() },
  { name: 'each twice in a row', arrange: (items) => items.flatMap((item) => [item, item]) },
  { name: 'all of it, then all again', arrange: (items) => [...items, ...items] },
  ...[1, 2, 3, 4, 5].map((seed): Arrival => ({
    name: `shuffled and doubled (seed ${seed})`,
    arrange: (items) => shuffled([...items, ...items], seed),
  })),
]
