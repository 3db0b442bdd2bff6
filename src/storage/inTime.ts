/** A deadline for browser databases: some browsers neither open nor refuse one, and the page must not wait. */

const DEADLINE_MS = 4000

/** The promise's own outcome, or a rejection once the deadline has passed. */
export function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it did not open in time')), DEADLINE_MS)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
