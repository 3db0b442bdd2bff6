/** What is going on with whoever holds the key: the open question, and a change of account. */
import type { SignerWait } from '@/protocol/signer'

export interface SignerDesk {
  /** A question that is shown as open from `show` to `close`. */
  open(holder: string, cancel: () => void): { show(): void; close(): void }
  /** Gives all open questions up. */
  cancelAll(): void
  /** The holder wants the person to confirm on a page of its own. */
  showAuthUrl(url: string): void
  /** The holder works for another account now; `why` is a full sentence. */
  tellOtherAccount(why: string): void
  /** Calls back on every change with the open question, or null; returns the way to stop. */
  onWait(listener: (wait: SignerWait | null) => void): () => void
  onOtherAccount(listener: (why: string) => void): () => void
}

/** Makes a desk. Of several open questions the newest is shown. */
export function createSignerDesk(): SignerDesk {
  const waits: SignerWait[] = []
  const waitListeners = new Set<(wait: SignerWait | null) => void>()
  const accountListeners = new Set<(why: string) => void>()
  const tell = () => {
    for (const listener of waitListeners) listener(waits.at(-1) ?? null)
  }
  const follow = <T>(listeners: Set<T>, listener: T) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return {
    open(holder, cancel) {
      return {
        show() {
          waits.push({ holder, authUrl: null, cancel })
          tell()
        },
        close() {
          const at = waits.findIndex((one) => one.cancel === cancel)
          if (at < 0) return
          waits.splice(at, 1)
          tell()
        },
      }
    },
    cancelAll: () => [...waits].forEach(({ cancel }) => cancel()),
    showAuthUrl(authUrl) {
      const current = waits.pop()
      if (!current) return
      waits.push({ ...current, authUrl })
      tell()
    },
    tellOtherAccount: (why) => accountListeners.forEach((listener) => listener(why)),
    onWait: (listener) => follow(waitListeners, listener),
    onOtherAccount: (listener) => follow(accountListeners, listener),
  }
}
