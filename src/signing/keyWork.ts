/** Runs slow work on keys in a worker, so that the page stays alive meanwhile. */
import { runKeyTask, type KeyTask, type KeyTaskResult } from './keyTasks'

/** The part of a Worker that is used. */
export interface KeyWorker {
  postMessage(task: KeyTask): void
  terminate(): void
  onmessage: ((event: MessageEvent<KeyTaskResult>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
}

/** Null where there are no workers: in Node, and where the browser refuses one. */
function startWorker(): KeyWorker | null {
  if (typeof Worker === 'undefined') return null
  try {
    return new Worker(new URL('./keyWorker.ts', import.meta.url), { type: 'module' })
  } catch {
    return null
  }
}

/** Lets the page paint what is going on before its own thread is busy. */
const letPaint = () => new Promise((resolve) => setTimeout(resolve, 30))

async function workInline(task: KeyTask): Promise<KeyTaskResult> {
  await letPaint()
  return runKeyTask(task)
}

/**
 * Does the work in a worker of its own, whose memory is given back at the end, or on this thread
 * when there is none or it breaks. Keys and passwords go to the worker and nowhere else.
 */
export function doKeyWork(
  task: KeyTask,
  start: () => KeyWorker | null = startWorker,
): Promise<KeyTaskResult> {
  const worker = start()
  if (!worker) return workInline(task)
  return new Promise((resolve) => {
    const finish = (result: KeyTaskResult | Promise<KeyTaskResult>) => {
      worker.terminate()
      resolve(result)
    }
    worker.onmessage = ({ data }) => finish(data)
    worker.onerror = worker.onmessageerror = () => finish(workInline(task))
    worker.postMessage(task)
  })
}
