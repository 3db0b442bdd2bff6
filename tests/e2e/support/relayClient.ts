/** A look at what a relay really holds, past the app. */
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
