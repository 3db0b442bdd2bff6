/** One task at a time under one name, in all tabs of this browser (Web Locks). */

/**
 * Tabs may live in processes of their own, and what one wrote to localStorage reaches the others a
 * moment later. Whoever had to wait for a lock waits this long more before it reads.
 */
const SETTLING_MS = 250

const settling = () => new Promise<void>((resolve) => setTimeout(resolve, SETTLING_MS))

/** Runs the task once no other tab works under this name. Without locks it runs at once. */
export async function withTabLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = globalThis.navigator?.locks
  if (!locks) return task()
  const now = await locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? { result: await task() } : null,
  )
  if (now) return now.result
  return locks.request(name, async () => {
    await settling()
    return task()
  })
}
