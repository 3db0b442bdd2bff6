/** How much a relay may waste before its connection is cut: a bucket that leaks. */

export interface Allowance {
  /** False once more was wasted than is borne. */
  spend(points: number): boolean
  reset(): void
}

export function createAllowance(options: {
  readonly capacity: number
  /** Points that are forgiven each second. */
  readonly perSecond: number
  /** Unix milliseconds. */
  readonly now: () => number
}): Allowance {
  let level = 0
  let at = options.now()
  return {
    spend(points) {
      const now = options.now()
      const forgiven = (Math.max(0, now - at) / 1000) * options.perSecond
      level = Math.max(0, level - forgiven) + points
      at = now
      return level <= options.capacity
    },
    reset() {
      level = 0
      at = options.now()
    },
  }
}
