/** A relay that cannot be trusted: stands between clients and an honest relay, over real sockets. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { seededRandom } from '../factories/random'
import { pass, typeOf, type Fault, type Frame, type Handler, type Link } from './fault'

export interface FaultyRelayOptions {
  /** The address of the relay behind; null for none: then only faults ever answer. */
  readonly upstream: string | null
  readonly seed?: number
  /** The first sees a client's frame first and a relay's frame last. */
  readonly faults?: readonly Fault[]
  /** 0, the default, takes any free port. */
  readonly port?: number
}

export interface FaultyRelay {
  readonly url: string
  readonly port: number
  /** Every text that clients sent, as it came, before any fault. */
  readonly heard: readonly string[]
  /** The texts that clients sent of one type, such as `EVENT`. */
  heardOf(type: string): readonly string[]
  /** Ids of the events that a client was told OK true about. */
  readonly acceptedIds: ReadonlySet<string>
  /** How many frames came by, in both directions, and how many each fault has spoilt. */
  figures(): { readonly frames: number; readonly spoilt: Readonly<Record<string, number>> }
  /** Other faults from now on, for connections that are open as well. */
  setFaults(faults: readonly Fault[]): void
  /** Sends raw text to every client. */
  inject(text: string): void
  /** Cuts every connection without a goodbye; clients may come back. */
  dropConnections(): void
  connections(): number
  close(): Promise<void>
}

/** Everything of one client, from its socket to the one of the relay behind. */
interface Wire {
  readonly link: Link
  hear(text: string): void
  setFaults(faults: readonly Fault[]): void
  end(): void
}

interface Host {
  readonly faults: readonly Fault[]
  readonly upstream: string | null
  readonly random: () => number
  readonly count: (name: string | null) => void
  readonly onAccepted: (eventId: string) => void
}

const OK_TRUE = /^\["OK","([0-9a-f]{64})",true/

/** Runs a frame through the handlers and hands on what is left. */
function chain(handlers: readonly Handler[], last: (frame: Frame) => void): (frame: Frame) => void {
  return handlers.reduceRight<(frame: Frame) => void>(
    (next, handler) => (frame) => handler(frame, next),
    last,
  )
}

function openWire(client: WebSocket, host: Host): Wire {
  const timers = new Set<NodeJS.Timeout>()
  const intervals = new Set<NodeJS.Timeout>()
  const behind = host.upstream === null ? null : new WebSocket(host.upstream)
  const waiting: string[] = []
  let inward: (frame: Frame) => void = () => undefined
  let outward: (frame: Frame) => void = () => undefined

  function toClient(text: string) {
    const accepted = OK_TRUE.exec(text)?.[1]
    if (accepted) host.onAccepted(accepted)
    client.send(text, () => undefined)
  }
  function toRelay(text: string) {
    if (behind?.readyState === WebSocket.OPEN) behind.send(text, () => undefined)
    else waiting.push(text)
  }

  function end() {
    timers.forEach((timer) => clearTimeout(timer))
    timers.clear()
    intervals.forEach((interval) => clearInterval(interval))
    client.terminate()
    behind?.terminate()
  }

  const link: Link = {
    random: host.random,
    say: (...message) => toClient(JSON.stringify(message)),
    sayRaw: toClient,
    unsent: () => client.bufferedAmount,
    cut: end,
    spoilt: host.count,
    later(ms, run) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        run()
      }, ms)
      timers.add(timer)
    },
    every(ms, run) {
      intervals.add(setInterval(run, ms))
    },
  }

  /** What earlier faults hold back still arrives; what they do again and again ends. */
  function setFaults(faults: readonly Fault[]) {
    intervals.forEach((interval) => clearInterval(interval))
    intervals.clear()
    const handlers = faults.map((fault) => fault.attach(link))
    inward = chain(handlers.length ? handlers : [pass], ({ text }) => toRelay(text))
    outward = chain(handlers.toReversed(), ({ text }) => toClient(text))
  }

  setFaults(host.faults)
  behind?.on('open', () => waiting.splice(0).forEach(toRelay))
  behind?.on('message', (data) => {
    host.count(null)
    outward({ direction: 'to-client', text: String(data) })
  })
  behind?.on('close', end)
  behind?.on('error', end)
  return {
    link,
    setFaults,
    end,
    hear(text) {
      host.count(null)
      inward({ direction: 'to-relay', text })
    },
  }
}

/** Starts a faulty relay; resolves once it listens. */
export async function createFaultyRelay(options: FaultyRelayOptions): Promise<FaultyRelay> {
  const { upstream, seed = 1, port: wanted = 0 } = options
  const wires = new Set<Wire>()
  const stalled = new Set<Duplex>()
  const heard: string[] = []
  const acceptedIds = new Set<string>()
  const spoilt: Record<string, number> = {}
  let faults = options.faults ?? []
  let frames = 0
  let connections = 0

  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  const count = (name: string | null) => {
    if (name === null) frames++
    else spoilt[name] = (spoilt[name] ?? 0) + 1
  }

  function accept(client: WebSocket) {
    const random = seededRandom(seed * 1_000 + connections++)
    const onAccepted = (eventId: string) => void acceptedIds.add(eventId)
    const wire = openWire(client, { faults, upstream, random, count, onAccepted })
    wires.add(wire)
    client.on('message', (data) => {
      const text = String(data)
      heard.push(text)
      wire.hear(text)
    })
    client.on('close', () => {
      wires.delete(wire)
      wire.end()
    })
    client.on('error', () => undefined)
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!faults.some(({ stallsHandshake }) => stallsHandshake)) {
      return sockets.handleUpgrade(request, socket, head, accept)
    }
    stalled.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => stalled.delete(socket))
  })
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const dropConnections = () => {
    for (const wire of wires) wire.end()
    for (const socket of stalled) socket.destroy()
  }
  return {
    url: `ws://127.0.0.1:${port}`,
    port,
    heard,
    heardOf: (type) => heard.filter((text) => typeOf({ direction: 'to-relay', text }) === type),
    acceptedIds,
    figures: () => ({ frames, spoilt: { ...spoilt } }),
    setFaults(next) {
      faults = next
      for (const wire of wires) wire.setFaults(next)
    },
    inject: (text) => wires.forEach(({ link }) => link.sayRaw(text)),
    dropConnections,
    connections: () => wires.size,
    async close() {
      dropConnections()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
