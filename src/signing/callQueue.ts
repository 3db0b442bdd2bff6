/** Calls to a key holder: one at a time, each with a deadline, each ending in a result. */
import { ok, type Result } from '@/domain/result'
import type { SignerProblem } from '@/protocol/signer'
import type { SignerDesk } from './signerDesk'
import { problem, thrownProblem, type SignerTask } from './signerProblems'

export interface CallQueue {
  /** Runs the call once all earlier ones have ended or timed out. Never rejects. */
  run<T>(task: SignerTask, call: () => Promise<T>): Promise<Result<T, SignerProblem>>
}

export interface CallQueueOptions {
  /** Who is asked, as the person knows it: "your extension". */
  readonly holder: string
  /** Milliseconds for each call, counted from when its turn comes. */
  readonly timeoutMs?: number
  /** Where the call under way is shown and can be given up. */
  readonly desk?: SignerDesk
}

const DEFAULT_TIMEOUT_MS = 60_000

/** Makes a queue. A call that times out is given up: its late answer changes nothing. */
export function createCallQueue({ holder, timeoutMs, desk }: CallQueueOptions): CallQueue {
  const deadline = timeoutMs ?? DEFAULT_TIMEOUT_MS
  let last: Promise<unknown> = Promise.resolve()

  const timedOut = () =>
    problem(
      'timed-out',
      `No answer from ${holder} within ${Math.ceil(deadline / 1000)} seconds. Look for a window of it that waits for you, and try again.`,
    )

  const cancelled = () =>
    problem('cancelled', `You stopped waiting for ${holder}. Nothing was done.`)

  function start<T>(task: SignerTask, call: () => Promise<T>): Promise<Result<T, SignerProblem>> {
    return new Promise((settle) => {
      const timer = setTimeout(() => resolve(timedOut()), deadline)
      const open = desk?.open(holder, () => resolve(cancelled()))
      function resolve(result: Result<T, SignerProblem>) {
        clearTimeout(timer)
        open?.close()
        settle(result)
      }
      open?.show()
      // The async wrapper also catches what the call throws before it returns a promise.
      const answer = (async () => call())()
      answer.then(
        (value) => resolve(ok(value)),
        (error: unknown) => resolve(thrownProblem(error, task, holder)),
      )
    })
  }

  return {
    run(task, call) {
      const turn = last.then(() => start(task, call))
      last = turn
      return turn
    },
  }
}
