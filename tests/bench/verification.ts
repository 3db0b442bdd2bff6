/** The yardstick: the same events checked by the app's own worker, with nothing else to do. */
import type { BrowserContext } from '@playwright/test'
import type { UnverifiedEvent } from '@/protocol/event'
import type { VerifyReply } from '@/relays/verifier'

/** In milliseconds. */
export interface Verification {
  /** Until a new worker has checked one event. */
  readonly start: number
  /** For all events, one after the other. */
  readonly all: number
}

/** Runs in the page. */
async function verifyInWorker({
  path,
  events,
}: {
  readonly path: string
  readonly events: readonly UnverifiedEvent[]
}): Promise<Verification> {
  const begin = performance.now()
  const worker = new Worker(path, { type: 'module' })
  const check = (batch: readonly UnverifiedEvent[]) =>
    new Promise<void>((resolve, reject) => {
      worker.onerror = () => reject(new Error('The worker failed.'))
      worker.onmessage = ({ data }: MessageEvent<VerifyReply>) =>
        data.results.every(Boolean) ? resolve() : reject(new Error('An event was not genuine.'))
      worker.postMessage({ job: 0, events: batch })
    })
  await check(events.slice(0, 1))
  const ready = performance.now()
  await check(events)
  const end = performance.now()
  worker.terminate()
  return { start: ready - begin, all: end - ready }
}

/** Checks the events in a page of the app's origin that shows no app. */
export async function measureVerification(
  context: BrowserContext,
  appUrl: string,
  events: readonly UnverifiedEvent[],
  workerPath: string,
): Promise<Verification> {
  const page = await context.newPage()
  try {
    await page.goto(`${appUrl}/config.json`)
    return await page.evaluate(verifyInWorker, { path: workerPath, events })
  } finally {
    await page.close()
  }
}
