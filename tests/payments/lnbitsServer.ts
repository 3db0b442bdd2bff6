/** A tiny HTTP server that gives one prepared answer and remembers what it was asked. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PreparedAnswer {
  readonly status: number
  /** Text is sent as it is, anything else as JSON. Undefined never answers. */
  readonly body: unknown
}

export interface PreparedServer {
  readonly url: string
  readonly host: string
  readonly asked: {
    readonly method: string
    readonly path: string
    readonly key: string | undefined
    readonly body: string
  }[]
  answer: PreparedAnswer
  close(): Promise<void>
}

export async function startPreparedServer(answer: PreparedAnswer): Promise<PreparedServer> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const key = request.headers['x-api-key'] as string | undefined
      prepared.asked.push({ method: request.method!, path: request.url!, key, body })
      if (prepared.answer.body === undefined) return
      response.writeHead(prepared.answer.status)
      const { body: reply } = prepared.answer
      response.end(typeof reply === 'string' ? reply : JSON.stringify(reply))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const prepared: PreparedServer = {
    url: `http://${host}`,
    host,
    asked: [],
    answer,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return prepared
}
