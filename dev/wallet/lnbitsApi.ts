/** The dev wallet's HTTP server: the LNbits API with its websocket, on a port of its own. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Ledger, LedgerPayment } from './ledger'
import { handleRequest } from './lnbitsHandlers'
import { hashPush, walletPush } from './lnbitsShapes'

/** Trouble on demand: what the wallet has done stays done, and its answer is late or never comes. */
export interface WalletFaults {
  /** Milliseconds by which an answer is late, after the wallet acted; Infinity drops it. */
  readonly answerLate?: (request: { readonly method: string; readonly path: string }) => number
}

export interface RunningLnbitsApi {
  readonly url: string
  readonly port: number
  setFaults(faults: WalletFaults): void
  close(): Promise<void>
}

const MAX_BODY_BYTES = 256 * 1024

/** The headers of a browser's cross-origin request, sent only when there is an origin. */
function corsHeaders(request: IncomingMessage): Record<string, string> {
  if (!request.headers.origin) return {}
  const headers = { 'access-control-allow-origin': '*' }
  if (request.method !== 'OPTIONS') return headers
  return {
    ...headers,
    'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

async function answer(
  ledger: Ledger,
  faults: WalletFaults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const cors = corsHeaders(request)
  if (request.method === 'OPTIONS') {
    response.writeHead(200, { ...cors, 'content-type': 'text/plain; charset=utf-8' }).end('OK')
    return
  }
  const url = new URL(request.url ?? '/', 'http://localhost')
  const header = request.headers['x-api-key']
  const key = (Array.isArray(header) ? header[0] : header) ?? url.searchParams.get('api-key') ?? ''
  const body = request.method === 'GET' ? undefined : await readBody(request)
  const path = decodeURIComponent(url.pathname)
  const method = request.method ?? 'GET'
  const result = handleRequest(ledger, { method, path, query: url.searchParams, key, body })
  const late = faults.answerLate?.({ method, path }) ?? 0
  if (late === Infinity) return void request.socket.destroy()
  if (late > 0) await pause(late)
  response.writeHead(result.status, { ...cors, 'content-type': 'application/json' })
  response.end(JSON.stringify(result.body))
}

/** Who listens to which payment hash or key. */
class Listeners {
  readonly #sockets = new Map<string, Set<WebSocket>>()

  add(item: string, socket: WebSocket): void {
    const sockets = this.#sockets.get(item) ?? new Set()
    this.#sockets.set(item, sockets.add(socket))
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.terminate())
  }

  send(item: string, message: unknown): void {
    for (const socket of this.#sockets.get(item) ?? []) socket.send(JSON.stringify(message))
  }
}

function push(ledger: Ledger, listeners: Listeners, payment: LedgerPayment): void {
  listeners.send(payment.hash, hashPush(payment))
  const wallet = ledger.wallet(payment.walletId)
  if (!wallet) return
  for (const key of [wallet.inkey, wallet.adminkey]) {
    listeners.send(key, walletPush(wallet, payment))
  }
}

/** Serves the ledger. Rejects with the system's error, such as EADDRINUSE, if it cannot listen. */
export async function startLnbitsApi(
  ledger: Ledger,
  { port = 0, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {},
): Promise<RunningLnbitsApi> {
  const listeners = new Listeners()
  let faults: WalletFaults = {}
  const server = createServer((request, response) => {
    answer(ledger, faults, request, response).catch(() => {
      response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ detail: 'Unexpected error' }))
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const item = /^\/api\/v1\/ws\/([^/?]+)/.exec(request.url ?? '')?.[1]
    if (!item) return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (open) => {
      listeners.add(decodeURIComponent(item), open)
    })
  })
  const stopPushing = ledger.onChange((payment) => push(ledger, listeners, payment))
  const address = server.address() as AddressInfo
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    setFaults: (next) => void (faults = next),
    async close() {
      stopPushing()
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
