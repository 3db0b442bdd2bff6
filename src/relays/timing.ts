/** Deadlines, delays and timers shared by everything that talks to a relay. */

/** All in milliseconds. */
export interface RelayTimeouts {
  /** A socket must be open by then. */
  readonly connect: number
  /** A publish waits that long for a connection. */
  readonly publishConnect: number
  /** A relay must answer an event by then. */
  readonly ok: number
  /** The signer must answer an authentication request by then. */
  readonly sign: number
  /** Silence after which a relay's stored events count as sent. */
  readonly stored: number
  /** Silence after which the connection is probed. */
  readonly silence: number
  /** A probe must be answered by then. */
  readonly ping: number
  /** A connection that lasted so long makes the next retry quick again. */
  readonly stable: number
  readonly retryMin: number
  readonly retryMax: number
}

export const DEFAULT_TIMEOUTS: RelayTimeouts = {
  connect: 8_000,
  publishConnect: 5_000,
  ok: 8_000,
  sign: 60_000,
  stored: 8_000,
  silence: 60_000,
  ping: 10_000,
  stable: 30_000,
  retryMin: 1_000,
  retryMax: 60_000,
}

/** Doubles from `min` to `max`; jitter takes off up to half, so that clients do not return at once. */
export function backoff(attempt: number, min: number, max: number, random: () => number): number {
  const full = Math.min(max, min * 2 ** Math.min(attempt, 30))
  return Math.round(full * (0.5 + random() / 2))
}

/** One timeout that can be set again and cleared. */
export interface Timer {
  set(ms: number, run: () => void): void
  clear(): void
}

export function createTimer(): Timer {
  let handle: ReturnType<typeof setTimeout> | undefined
  return {
    set(ms, run) {
      clearTimeout(handle)
      handle = setTimeout(run, ms)
    },
    clear: () => clearTimeout(handle),
  }
}

export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Settles like `promise`, or with `fallback` when that takes too long. */
export function within<T>(promise: Promise<T>, ms: number, fallback: () => T): Promise<T> {
  const timer = createTimer()
  const late = new Promise<T>((done) => timer.set(ms, () => done(fallback())))
  return Promise.race([promise, late]).finally(() => timer.clear())
}

/** Where the browser says that it is online again; a test can pass its own. */
export type OnOnline = (listener: () => void) => () => void

export const onBrowserOnline: OnOnline = (listener) => {
  if (typeof globalThis.addEventListener !== 'function') return () => undefined
  globalThis.addEventListener('online', listener)
  return () => globalThis.removeEventListener('online', listener)
}

/** Calls a listener of the app: its mistake is reported but does not stop what calls it. */
export function callSafely(run: () => void): void {
  try {
    run()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
