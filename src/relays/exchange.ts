/** Sends a frame and waits for the relay's OK: matched by event id, bounded in time. */
import type { RelayConnection } from './connection'
import { createTimer } from './timing'

export type Exchange =
  | { readonly type: 'answered'; readonly accepted: boolean; readonly reason: string }
  | { readonly type: 'timed-out' }
  | { readonly type: 'down'; readonly reason: string }

export function exchange(
  connection: RelayConnection,
  frame: readonly unknown[],
  eventId: string,
  ms: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const timer = createTimer()
    const finish = (result: Exchange) => {
      timer.clear()
      stop()
      resolve(result)
    }
    const stop = connection.listen({
      onFrame: (answer) => {
        if (answer.type !== 'OK' || answer.eventId !== eventId) return
        finish({ type: 'answered', accepted: answer.accepted, reason: answer.reason })
      },
      onDown: (reason) => finish({ type: 'down', reason }),
    })
    timer.set(ms, () => finish({ type: 'timed-out' }))
    if (!connection.send(frame)) finish({ type: 'down', reason: connection.state().problem })
  })
}

/** Waits until there is a connection; false when there is none by then. */
export function whenConnected(connection: RelayConnection, ms: number): Promise<boolean> {
  const { status } = connection.state()
  if (status === 'connected' || status === 'closed') return Promise.resolve(status === 'connected')
  return new Promise((resolve) => {
    const timer = createTimer()
    const finish = (connected: boolean) => {
      timer.clear()
      stop()
      resolve(connected)
    }
    const stop = connection.listen({
      onOpen: () => finish(true),
      onDown: () => connection.state().status === 'closed' && finish(false),
    })
    timer.set(ms, () => finish(false))
    connection.hurry()
  })
}
