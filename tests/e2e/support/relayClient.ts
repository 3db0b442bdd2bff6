/** What a relay really holds, and what it is given, past the app. */
import WebSocket from 'ws'
import type { UnverifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'

const SUBSCRIPTION = 'look'

/** Every stored event that fits the filter. */
export function storedEvents(url: string, filter: Filter): Promise<UnverifiedEvent[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const events: UnverifiedEvent[] = []
    socket.on('open', () => socket.send(JSON.stringify(['REQ', SUBSCRIPTION, filter])))
    socket.on('message', (data) => {
      const [type, , event] = JSON.parse(String(data))
      if (type === 'EVENT') events.push(event)
      if (type !== 'EOSE') return
      socket.close()
      resolve(events)
    })
    socket.on('error', reject)
  })
}

/** Hands events to a relay; resolves once it has answered for each, and rejects if it refuses one. */
export function publishTo(url: string, events: readonly UnverifiedEvent[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    let answers = 0
    socket.on('open', () =>
      events.forEach((event) => socket.send(JSON.stringify(['EVENT', event]))),
    )
    socket.on('message', (data) => {
      const [type, , accepted, reason] = JSON.parse(String(data))
      if (type !== 'OK') return
      answers += 1
      if (accepted !== true) reject(new Error(String(reason)))
      if (answers < events.length) return
      socket.close()
      resolve()
    })
    socket.on('error', reject)
  })
}
