/** A small web server: the built app, and files that are made at run time. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { securityHeaders } from './headers'

export interface ServedFile {
  readonly type: string
  readonly body: string | Buffer
  readonly cache: string
}

/** Serves what the built app has no file for; used by the development server. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface AppServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
  /** The folder of the built app. */
  readonly folder: string
  /** Files made at run time, by path such as `/config.json`. They win over the folder's. */
  readonly made: (path: string) => ServedFile | null
}

export interface RunningServer {
  readonly url: string
  readonly port: number
  readonly http: Server
  /** Hands every request for a file that is not made at run time to somebody else. */
  delegate(handler: Handler): void
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const COMPRESSED = /^(text|application\/(json|manifest)|image\/svg)/

/** Below these a page of the app never lies. */
const FILES_ONLY = /^\/(assets|pictures)\//

const compress = promisify(gzip)

/** A file of the folder, or null. A path cannot leave the folder. */
async function readStatic(folder: string, path: string): Promise<ServedFile | null> {
  const file = join(folder, normalize(path))
  if (!file.startsWith(join(folder, sep)) || path.includes('\0')) return null
  try {
    const body = await readFile(file)
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    // Vite puts a digest of the content into the names of assets.
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return { type, body, cache }
  } catch {
    return null
  }
}

/** The file for a request; pages of the app have no file of their own and get index.html. */
async function findFile(
  { folder, made }: AppServerOptions,
  path: string,
  wantsPage: boolean,
): Promise<ServedFile | null> {
  const file = made(path) ?? (await readStatic(folder, path))
  if (file) return file
  return wantsPage && !FILES_ONLY.test(path) ? readStatic(folder, '/index.html') : null
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  file: ServedFile,
): Promise<void> {
  const zipped =
    COMPRESSED.test(file.type) && /\bgzip\b/.test(String(request.headers['accept-encoding']))
  const body = zipped ? await compress(file.body) : Buffer.from(file.body)
  response.writeHead(status, {
    ...securityHeaders('embedded'),
    'content-type': file.type,
    'content-length': body.length,
    'cache-control': file.cache,
    vary: 'accept-encoding',
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

const note = (body: string): ServedFile => ({
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
  cache: 'no-store',
})

function pathOf(request: IncomingMessage): string | null {
  try {
    return decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
  } catch {
    return null
  }
}

async function answer(
  options: AppServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  elsewhere: Handler | null,
): Promise<void> {
  const path = pathOf(request)
  if (path === null) return send(request, response, 400, note('That address cannot be read.'))
  const readOnly = request.method === 'GET' || request.method === 'HEAD'
  if (!readOnly) return send(request, response, 405, note('Only GET and HEAD are answered.'))
  const ready = elsewhere && options.made(path)
  if (elsewhere && !ready) return elsewhere(request, response)
  const wantsPage = String(request.headers.accept ?? '*/*').includes('text/html') || path === '/'
  const file = await findFile(options, path, wantsPage)
  return file
    ? send(request, response, 200, file)
    : send(request, response, 404, note(`There is no ${path} here.`))
}

/** Starts it. Rejects with the system's error, such as EADDRINUSE, if the port is taken. */
export async function startAppServer(options: AppServerOptions): Promise<RunningServer> {
  let elsewhere: Handler | null = null
  const server = createServer((request, response) => {
    answer(options, request, response, elsewhere).catch(() => response.destroy())
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host}:${port}`,
    port,
    http: server,
    delegate: (handler) => (elsewhere = handler),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
