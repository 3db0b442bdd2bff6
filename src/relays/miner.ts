/** Computes a proof of work in a worker, until it is found or given up. */
import type { EventTemplate } from '@/protocol/event'
import { withNonce, type ProofJob } from './proofOfWork'
import type { ProofReply } from './proofWorker'

/** The part of a Worker that is used. */
export interface ProofWorker {
  postMessage(job: ProofJob): void
  terminate(): void
  onmessage: ((event: MessageEvent<ProofReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

const startWorker = (): ProofWorker =>
  new Worker(new URL('./proofWorker.ts', import.meta.url), { type: 'module' })

/** The template with its proof; null when it was given up. Rejects when the worker fails. */
export function mine(
  job: ProofJob,
  onProgress: (tries: number) => void,
  signal: AbortSignal,
  start: () => ProofWorker = startWorker,
): Promise<EventTemplate | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve(null)
    const worker = start()
    const end = (settle: () => void) => {
      worker.terminate()
      signal.removeEventListener('abort', giveUp)
      settle()
    }
    const giveUp = () => end(() => resolve(null))
    signal.addEventListener('abort', giveUp)
    worker.onmessage = ({ data: { tries, nonce } }) => {
      if (nonce === null) return onProgress(tries)
      end(() => resolve(withNonce(job, nonce)))
    }
    worker.onerror = () =>
      end(() => reject(new Error('The proof could not be computed: this browser runs no workers.')))
    worker.postMessage(job)
  })
}
