/** A websocket server that answers exactly what a test tells it to: for outright malicious relays. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { later } from './support'

export interface Client {
  send(...frame: unknown[]): void
  raw(text: string): void
}
export type Script = (frame: [string, ...unknown[]], client: Client) => void

export async function startScriptedRelay(script: Script = () => undefined, port = 0) {
  const server = new WebSocketServer({ port, host: '127.0.0.1' })
  await once(server, 'listening')
  const frames: [string, ...unknown[]][] = []
  const clients = new Map<WebSocket, Client>()
  server.on('connection', (socket) => {
    const client: Client = {
      send: (...frame) => socket.send(JSON.stringify(frame)),
      raw: (text) => socket.send(text),
    }
    clients.set(socket, client)
    socket.on('close', () => clients.delete(socket))
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as [string, ...unknown[]]
      frames.push(frame)
      script(frame, client)
    })
  })
  const close = () => {
    for (const socket of clients.keys()) socket.terminate()
    return new Promise((done) => server.close(done))
  }
  const relay = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Everything received. */
    frames,
    received: (type: string) => frames.filter((frame) => frame[0] === type),
    clients: () => [...clients.values()],
    drop: () => [...clients.keys()].forEach((socket) => socket.terminate()),
    close,
  }
  return later(relay, close)
}

/** Answers each REQ with these events, then EOSE. */
export const serving =
  (events: readonly unknown[]): Script =>
  ([type, id], client) => {
    if (type !== 'REQ') return
    for (const event of events) client.send('EVENT', id, event)
    client.send('EOSE', id)
  }
