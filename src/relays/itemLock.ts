/** One tab delivers an item at a time (Web Locks); without locks every tab may. */

/** The part of `navigator.locks` that is used. */
export interface Locks {
  request(
    name: string,
    options: { signal: AbortSignal },
    held: () => Promise<void>,
  ): Promise<unknown>
}

/** Calls back once this tab holds the lock, at once where there are none. Returns the way to let go. */
export type HoldLock = (name: string, onHeld: () => void) => () => void

const browserLocks = (): Locks | undefined => globalThis.navigator?.locks

export const createHoldLock =
  (locks: Locks | undefined = browserLocks()): HoldLock =>
  (name, onHeld) => {
    if (!locks) {
      onHeld()
      return () => undefined
    }
    const waiting = new AbortController()
    let release = () => waiting.abort()
    const held = () =>
      new Promise<void>((resolve) => {
        release = resolve
        onHeld()
      })
    locks.request(name, { signal: waiting.signal }, held).catch(() => {
      // Locks are forbidden here, for instance in a sandboxed frame: sending twice is harmless.
      if (!waiting.signal.aborted) onHeld()
    })
    return () => release()
  }
