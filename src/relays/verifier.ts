/** Checks signatures in batches, in a worker where there is one, each copy on its own. */
import type { UnverifiedEvent } from '@/protocol/event'
import { createTimer } from './timing'

export interface Verifier {
  /** For each event whether id and signature fit exactly this copy. Never rejects. */
  verify(events: readonly UnverifiedEvent[]): Promise<readonly boolean[]>
}

export interface VerifyRequest {
  readonly job: number
  readonly events: readonly UnverifiedEvent[]
}
export interface VerifyReply {
  readonly job: number
  readonly results: readonly boolean[]
}

/** The part of a Worker that is used. */
export interface VerifyWorker {
  postMessage(message: VerifyRequest): void
  terminate(): void
  onmessage: ((event: MessageEvent<VerifyReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
}

/** A worker that is silent for so long is taken for dead. */
const WORKER_DEADLINE = 20_000

interface Job {
  readonly events: readonly UnverifiedEvent[]
  readonly resolve: (results: readonly boolean[] | PromiseLike<readonly boolean[]>) => void
}

const startWorker = (): VerifyWorker =>
  new Worker(new URL('./verifyWorker.ts', import.meta.url), { type: 'module' })

/** The cryptography is loaded into the page only when the worker fails. */
async function loadInline(): Promise<Verifier> {
  const { createInlineVerifier } = await import('./inlineVerifier')
  return createInlineVerifier()
}

/** Verifies in a worker; goes on inline when the worker does not start, dies or falls silent. */
export function createWorkerVerifier(
  start: () => VerifyWorker = startWorker,
  openInline: () => Promise<Verifier> = loadInline,
): Verifier {
  const jobs = new Map<number, Job>()
  const deadline = createTimer()
  let worker: VerifyWorker | null = null
  let failed = false
  let opening: Promise<Verifier> | null = null
  let count = 0

  const verifyInline: Verifier['verify'] = async (events) =>
    (await (opening ??= openInline())).verify(events)

  function giveUp() {
    failed = true
    deadline.clear()
    worker?.terminate()
    worker = null
    for (const job of jobs.values()) job.resolve(verifyInline(job.events))
    jobs.clear()
  }

  function onReply({ job: id, results }: VerifyReply) {
    jobs.get(id)?.resolve(results)
    jobs.delete(id)
    if (jobs.size === 0) deadline.clear()
    else deadline.set(WORKER_DEADLINE, giveUp)
  }

  function running(): VerifyWorker {
    if (worker) return worker
    worker = start()
    worker.onmessage = (event) => onReply(event.data)
    worker.onerror = giveUp
    worker.onmessageerror = giveUp
    return worker
  }

  return {
    verify(events) {
      if (failed || events.length === 0) return verifyInline(events)
      return new Promise((resolve) => {
        const job = count++
        if (jobs.size === 0) deadline.set(WORKER_DEADLINE, giveUp)
        jobs.set(job, { events, resolve })
        try {
          running().postMessage({ job, events })
        } catch {
          giveUp()
        }
      })
    },
  }
}

const copyKey = ({ id, sig, pubkey, created_at, kind, tags, content }: UnverifiedEvent): string =>
  JSON.stringify([id, sig, pubkey, created_at, kind, tags, content])

/**
 * Lets equal copies that are being checked at the same moment share one check, so that three relays
 * do not cost three times as much. Copies that differ anywhere are checked each.
 */
export function shareVerification(verifier: Verifier): Verifier {
  const pending = new Map<string, Promise<boolean>>()
  return {
    verify(events) {
      const keys = events.map(copyKey)
      const fresh = new Map<string, UnverifiedEvent>()
      events.forEach((event, i) => {
        const key = keys[i] ?? ''
        if (!pending.has(key)) fresh.set(key, event)
      })
      const batch = fresh.size > 0 ? verifier.verify([...fresh.values()]) : Promise.resolve([])
      ;[...fresh.keys()].forEach((key, i) => {
        const result = batch.then((results) => results[i] === true)
        pending.set(key, result)
        void result.finally(() => pending.delete(key))
      })
      return Promise.all(keys.map((key) => pending.get(key) ?? false))
    },
  }
}
