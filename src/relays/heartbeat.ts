/** Notices connections that are open only in name: probes a silent relay and gives it a deadline. */
import { createTimer } from './timing'

export interface Heartbeat {
  /** Something was received. */
  touch(): void
  /** Probe now, without waiting for silence. */
  probe(): void
  stop(): void
}

export function createHeartbeat(options: {
  readonly silence: number
  readonly deadline: number
  readonly ping: () => void
  readonly onDead: () => void
}): Heartbeat {
  const timer = createTimer()
  function probe() {
    options.ping()
    timer.set(options.deadline, options.onDead)
  }
  return {
    touch: () => timer.set(options.silence, probe),
    probe,
    stop: () => timer.clear(),
  }
}
