/** A relay that a test can stop and start again on the same port, with everything it had stored. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay, type RunningRelay } from '../../../dev/relay/relay'

export interface BreakableRelay {
  readonly url: string
  readonly current: RunningRelay
  stop(): Promise<void>
  /** Starts it again, without faults. */
  start(): Promise<void>
  /** Stops it for good. */
  remove(): Promise<void>
}

export async function startBreakableRelay(): Promise<BreakableRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-relay-'))
  const file = join(folder, 'events.jsonl')
  let relay = await startRelay({ file })
  const { port, url } = relay
  let running = true

  async function stop(): Promise<void> {
    if (running) await relay.close()
    running = false
  }

  return {
    url,
    get current() {
      return relay
    },
    stop,
    async start() {
      if (!running) relay = await startRelay({ file, port })
      running = true
      relay.setFaults({})
    },
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
