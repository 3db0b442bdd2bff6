/** Watches one LNbits invoice: pushes over a websocket, polls beside it, believes only lookups. */
import type { Result } from '@/domain/result'
import type { InvoiceStatus, WalletProblem } from '@/domain/wallet'

/** As much of a WebSocket as is needed; what it pushes is never read, only noticed. */
export interface PushSocket {
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: () => void): void
  close(): void
}
export type PushSocketConstructor = new (url: string) => PushSocket

export interface Watch {
  readonly lookup: (signal: AbortSignal) => Promise<Result<InvoiceStatus, WalletProblem>>
  readonly onSettled: (status: InvoiceStatus) => void
  readonly onProblem?: (problem: WalletProblem) => void
  readonly signal: AbortSignal
  /** Null polls only. */
  readonly openSocket: (() => PushSocket) | null
  /** Milliseconds between the first polls. */
  readonly pollMs: number
}

/**
 * The wait before the next poll. It grows while nothing happens, less where nothing is pushed, and
 * faster after failures, so that many open invoices stay within a server's rate limit.
 */
function pollDelay(pollMs: number, quiet: number, failures: number, pushed: boolean): number {
  if (failures > 0) return Math.min(pollMs * 2 ** failures, pollMs * 12)
  return Math.min(pollMs * 1.25 ** quiet, pollMs * (pushed ? 6 : 2))
}

/** Keeps a push socket open until stopped. */
function keepSocket(watch: Watch, onPush: () => void) {
  let socket: PushSocket | null = null
  let isOpen = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function lost(which: PushSocket | null) {
    if (stopped || which !== socket) return
    socket = null
    isOpen = false
    failures += 1
    timer = setTimeout(open, Math.min(watch.pollMs * 2 ** failures, watch.pollMs * 12))
  }
  function open() {
    if (!watch.openSocket) return
    try {
      const fresh = watch.openSocket()
      socket = fresh
      fresh.addEventListener('open', () => {
        isOpen = true
        failures = 0
        onPush()
      })
      fresh.addEventListener('message', onPush)
      fresh.addEventListener('error', () => lost(fresh))
      fresh.addEventListener('close', () => lost(fresh))
    } catch {
      lost(socket)
    }
  }
  open()
  return {
    isOpen: () => isOpen,
    stop() {
      stopped = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}

/** Starts watching; calls `onSettled` exactly once unless the signal aborts first. */
export function watchLnbitsInvoice(watch: Watch): void {
  const { signal } = watch
  if (signal.aborted) return
  let busy = false
  let again = false
  let done = false
  let quiet = 0
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function check(): Promise<void> {
    if (done) return
    if (busy) {
      again = true
      return
    }
    busy = true
    clearTimeout(timer)
    const result = await watch.lookup(signal)
    busy = false
    if (!done) settleOrWait(result)
  }
  function settleOrWait(result: Result<InvoiceStatus, WalletProblem>) {
    if (result.ok && (result.value.paid || result.value.failed)) {
      stop()
      watch.onSettled(result.value)
      return
    }
    failures = result.ok ? 0 : failures + 1
    quiet += 1
    const wait = again ? 0 : pollDelay(watch.pollMs, quiet, failures, socket.isOpen())
    again = false
    timer = setTimeout(() => void check(), wait)
    if (!result.ok) watch.onProblem?.(result.reason)
  }
  function stop() {
    done = true
    clearTimeout(timer)
    socket.stop()
    signal.removeEventListener('abort', stop)
  }

  const socket = keepSocket(watch, () => {
    quiet = 0
    void check()
  })
  signal.addEventListener('abort', stop, { once: true })
  void check()
}
