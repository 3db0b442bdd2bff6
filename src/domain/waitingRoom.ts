/** What strangers send, kept in memory alone: of so many keys and so many items each, the newest. */

interface Limits<K, T> {
  readonly keys: number
  readonly items: number
  readonly idOf: (item: T) => string
  /** Unix seconds. */
  readonly timeOf: (item: T) => number
  /** Unix seconds: what is dated ahead does not stay longer for it. */
  readonly now?: () => number
  /** There was no room for it any more. */
  readonly onDropped?: (item: T, key: K) => void
}

export interface WaitingRoom<K, T> {
  add(key: K, item: T): void
  of(key: K): readonly T[]
  keys(): readonly K[]
  /** Removes what waits under a key and returns it. */
  take(key: K): readonly T[]
}

export function createWaitingRoom<K, T>(limits: Limits<K, T>): WaitingRoom<K, T> {
  const { idOf, now = () => Infinity, onDropped = () => undefined } = limits
  const timeOf = (item: T): number => Math.min(limits.timeOf(item), now())
  /** Newest first. */
  const waiting = new Map<K, readonly T[]>()

  const newest = (items: readonly T[]): number => Math.max(...items.map(timeOf))

  function dropOldestKey(): void {
    let oldest: { readonly key: K; readonly time: number } | null = null
    for (const [key, items] of waiting) {
      const time = newest(items)
      if (!oldest || time < oldest.time) oldest = { key, time }
    }
    if (!oldest) return
    const { key } = oldest
    const items = waiting.get(key) ?? []
    waiting.delete(key)
    for (const item of items) onDropped(item, key)
  }

  return {
    add(key, item) {
      const before = waiting.get(key) ?? []
      if (before.some((one) => idOf(one) === idOf(item))) return
      const items = [...before, item].sort((a, b) => timeOf(b) - timeOf(a))
      waiting.set(key, items.slice(0, limits.items))
      for (const dropped of items.slice(limits.items)) onDropped(dropped, key)
      if (waiting.size > limits.keys) dropOldestKey()
    },
    of: (key) => waiting.get(key) ?? [],
    keys: () => [...waiting.keys()],
    take(key) {
      const items = waiting.get(key) ?? []
      waiting.delete(key)
      return items
    },
  }
}
