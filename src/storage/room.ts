/** Room in a full storage: what can be done without makes way first; orders never do. */
import { keysWith } from './storageArea'
import { writeError } from './storageProblems'

const TRIAL = 'souk:room:trial'
const CART = 'souk:cart:'

/** What was moved aside and held no order, message or key. */
const EXPENDABLE = /^souk:aside:souk:(cart|settings):/

/** A cart that only remembers what was taken out of it. */
const isEmptyCart = (text: string | null): boolean => text?.includes('"lines":[],') ?? false

/** Removes what can be done without. Answers whether there was any. */
export function shrink(area: Storage): boolean {
  const spent = keysWith(area, 'souk:').filter(
    (key) => EXPENDABLE.test(key) || (key.startsWith(CART) && isEmptyCart(area.getItem(key))),
  )
  for (const key of spent) area.removeItem(key)
  return spent.length > 0
}

function tryToWrite(area: Storage, letters: number): void {
  try {
    area.setItem(TRIAL, 'x'.repeat(letters))
  } finally {
    area.removeItem(TRIAL)
  }
}

/**
 * Makes sure that so many more letters can be stored, at the expense of what can be done without.
 * Throws a StorageError where they cannot.
 */
export function reserveRoom(area: Storage, letters: number): void {
  try {
    tryToWrite(area, letters)
  } catch (error) {
    const problem = writeError(error)
    if (problem.code !== 'full' || !shrink(area)) throw problem
    try {
      tryToWrite(area, letters)
    } catch (again) {
      throw writeError(again)
    }
  }
}
