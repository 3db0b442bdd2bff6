/** Verifiers: truth for each copy, inline or in a worker that may fail in every way. */
import { describe, expect, it, vi } from 'vitest'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { createWorkerVerifier, type VerifyWorker } from '@/relays/verifier'
import { forgedCopy, signed } from './support'

const event = signed()
const batch = [event, forgedCopy(event), { ...event, sig: 'f'.repeat(128) }]

function fakeWorker(answer: (worker: VerifyWorker, job: number, count: number) => void) {
  const posted: number[] = []
  const worker: VerifyWorker = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage({ job, events }) {
      posted.push(job)
      answer(worker, job, events.length)
    },
    terminate: vi.fn(),
  }
  return { worker, posted }
}

describe('the inline verifier', () => {
  it('checks each copy on its own', async () => {
    expect(await createInlineVerifier().verify(batch)).toEqual([true, false, false])
    expect(await createInlineVerifier().verify([])).toEqual([])
  })

  it('lets others have their turn during a long batch', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const slow = createInlineVerifier(() => {
      const end = performance.now() + 5
      while (performance.now() < end);
      return true
    })
    await slow.verify(Array.from({ length: 30 }, () => event))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })
})

describe('the worker verifier', () => {
  it('answers each batch with its own results, in any order', async () => {
    const jobs: number[] = []
    const { worker } = fakeWorker((_worker, job) => jobs.push(job))
    const verifier = createWorkerVerifier(() => worker)
    const first = verifier.verify(batch)
    const second = verifier.verify([event])
    const reply = (job: number, results: boolean[]) =>
      worker.onmessage?.(new MessageEvent('message', { data: { job, results } }))
    reply(jobs[1]!, [true])
    reply(jobs[0]!, [true, false, false])
    expect(await second).toEqual([true])
    expect(await first).toEqual([true, false, false])
  })

  it('falls back to inline when the worker does not start', async () => {
    const verifier = createWorkerVerifier(() => {
      throw new Error('forbidden by the content security policy')
    })
    expect(await verifier.verify(batch)).toEqual([true, false, false])
  })

  it('falls back to inline when the worker dies, with what was under way', async () => {
    const { worker, posted } = fakeWorker(() => undefined)
    const verifier = createWorkerVerifier(() => worker)
    const pending = verifier.verify(batch)
    worker.onerror?.({} as ErrorEvent)
    expect(await pending).toEqual([true, false, false])
    expect(await verifier.verify([event])).toEqual([true])
    expect(posted).toHaveLength(1)
    expect(worker.terminate).toHaveBeenCalled()
  })

  it('falls back to inline when the worker falls silent', async () => {
    vi.useFakeTimers()
    const { worker } = fakeWorker(() => undefined)
    const pending = createWorkerVerifier(() => worker).verify(batch)
    await vi.advanceTimersByTimeAsync(25_000)
    vi.useRealTimers()
    expect(await pending).toEqual([true, false, false])
  })
})
