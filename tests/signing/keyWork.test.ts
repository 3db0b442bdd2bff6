/** Slow work on keys: in a worker where there is one, inline where there is none or it breaks. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { runKeyTask, type KeyTask } from '@/signing/keyTasks'
import { doKeyWork, type KeyWorker } from '@/signing/keyWork'
import vectors from '../fixtures/vectors/nip49.vectors.json'
import { valueOf } from './contract'

const quick = vectors.nostr_tools.filter(({ log_n }) => log_n <= 12)

/** A worker as the page sees it: everything that passes is copied, as between threads. */
function fakeWorker(run: (task: KeyTask, worker: KeyWorker) => void) {
  const seen = { tasks: [] as KeyTask[], ended: 0 }
  const worker: KeyWorker = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage(task) {
      seen.tasks.push(task)
      run(structuredClone(task), worker)
    },
    terminate: () => void (seen.ended += 1),
  }
  return { worker, seen }
}

const honest = () =>
  fakeWorker((task, worker) => {
    void runKeyTask(task).then((result) =>
      worker.onmessage?.(new MessageEvent('message', { data: structuredClone(result) })),
    )
  })

describe('work on keys', () => {
  it.each(quick)('opens NIP-49 log_n $log_n in a worker', async (row) => {
    const { worker, seen } = honest()
    const { ncryptsec, password } = row
    const task = { type: 'decrypt', ncryptsec, password } as const
    const opened = valueOf(await doKeyWork(task, () => worker))
    expect(bytesToHex(opened as Uint8Array)).toBe(row.secret)
    expect(seen).toEqual({ tasks: [task], ended: 1 })
  })

  it('passes on that a password is wrong', async () => {
    const { worker } = honest()
    const { ncryptsec } = quick[0]!
    const task = { type: 'decrypt', ncryptsec, password: 'no' } as const
    expect(await doKeyWork(task, () => worker)).toEqual({
      ok: false,
      reason: 'The password does not fit this key.',
    })
  })

  it.each<[string, (worker: KeyWorker) => void]>([
    ['does not start', (worker) => worker.onerror?.(new Event('error') as ErrorEvent)],
    [
      'answers what cannot be read',
      (worker) => worker.onmessageerror?.(new MessageEvent('messageerror')),
    ],
  ])('goes on inline when the worker %s', async (_how, fails) => {
    const { worker, seen } = fakeWorker((_task, it) => fails(it))
    const { ncryptsec, password, secret } = quick[0]!
    const opened = await doKeyWork({ type: 'decrypt', ncryptsec, password }, () => worker)
    expect(bytesToHex(valueOf(opened) as Uint8Array)).toBe(secret)
    expect(seen.ended).toBe(1)
  })

  it('is done inline where there are no workers', async () => {
    const { ncryptsec, password, secret } = quick[0]!
    const opened = await doKeyWork({ type: 'decrypt', ncryptsec, password }, () => null)
    expect(bytesToHex(valueOf(opened) as Uint8Array)).toBe(secret)
  })
})
