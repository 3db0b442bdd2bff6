/** A bare client that writes down everything a relay sends, garbage too. */
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface RawClient {
  readonly texts: string[]
  /** What came, of one type, as arrays. */
  of(type: string): readonly (readonly unknown[])[]
  send(...message: readonly unknown[]): void
  readonly isOpen: () => boolean
  close(): void
}

export async function connect(url: string): Promise<RawClient> {
  const socket = new WebSocket(url)
  const texts: string[] = []
  socket.on('message', (data) => texts.push(String(data)))
  socket.on('error', () => undefined)
  await once(socket, 'open')
  const parsed = (): unknown[] =>
    texts.map((text): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        return null
      }
    })
  return {
    texts,
    of: (type) => parsed().filter((m): m is unknown[] => Array.isArray(m) && m[0] === type),
    send: (...message) => socket.send(JSON.stringify(message)),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.terminate(),
  }
}
