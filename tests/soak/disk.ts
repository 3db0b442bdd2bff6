/** What a client keeps, on a disk that can be pulled away at any write. */

export class Crash extends Error {}

export interface Handle {
  get(key: string): string | null
  set(key: string, text: string): void
  remove(key: string): void
  keys(prefix: string): readonly string[]
}

export interface Disk {
  /** Opens it for a client that dies at the write with this number, counted from 1. */
  open(options: {
    readonly diesAt: number
    /** True when the write itself still reaches the disk. */
    readonly keepsLast: boolean
    readonly onDeath: () => void
  }): Handle
}

export function createDisk(): Disk {
  const kept = new Map<string, string>()
  return {
    open({ diesAt, keepsLast, onDeath }) {
      let writes = 0
      let dead = false
      function write(run: () => void) {
        if (dead) throw new Crash('The client is dead')
        if (++writes < diesAt) return run()
        dead = true
        if (keepsLast) run()
        onDeath()
        throw new Crash('The client died while it was writing')
      }
      return {
        get: (key) => kept.get(key) ?? null,
        set: (key, text) => write(() => kept.set(key, text)),
        remove: (key) => write(() => kept.delete(key)),
        keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
      }
    },
  }
}
