/** The embedded relay: a Nostr relay in memory, on a port of its own. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { VerifiedEvent } from '@/protocol/event'
import { namesOf, type AuthPolicy } from './auth'
import type { RelayFaults } from './faults'
import { createInformation } from './information'
import { openJournal } from './journal'
import { Session, type SessionHost } from './session'
import { EventStore } from './store'
import { createVerifier, type Verifier } from './verifier'

/** Beyond this the connection ends at once; smaller oversized messages get a NOTICE. */
const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024

export interface RelayOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  readonly host?: string
  /** A file of JSON lines that keeps events across restarts. Without it they are in memory only. */
  readonly file?: string
  readonly requireAuth?: AuthPolicy
  /** The most stored events that one filter returns. */
  readonly maxLimit?: number
  readonly name?: string
  readonly faults?: RelayFaults
}

export interface RunningRelay {
  readonly url: string
  readonly port: number
  /** Everything stored and neither expired, replaced nor deleted. */
  events(): readonly VerifiedEvent[]
  /** Replaces the faults; `{}` ends them. */
  setFaults(faults: RelayFaults): void
  /** Sends raw text to every client, or text made for each open subscription of each client. */
  inject(frame: string | ((subscriptionId: string) => string)): void
  /** Cuts every connection without a goodbye; clients may come back. */
  dropConnections(): void
  close(): Promise<void>
}

const unixNow = (): number => Math.floor(Date.now() / 1000)

interface Setting {
  readonly storage: ReturnType<typeof openStore>
  readonly policy: AuthPolicy
  readonly verify: Verifier
  readonly faults: RelayFaults
}

function openStore(file: string | undefined, maxLimit: number) {
  const journal = file === undefined ? null : openJournal(file)
  let save: ((event: VerifiedEvent) => void) | null = null
  const store = new EventStore({ now: unixNow, maxLimit, save: (event) => save?.(event) })
  for (const event of journal?.earlier ?? []) store.receive(event)
  if (journal) save = journal.append
  return { store, closeJournal: () => journal?.close() }
}

function acceptClients(server: Server, sessions: Set<Session>, host: SessionHost): void {
  const sockets = new WebSocketServer({ server, maxPayload: MAX_PAYLOAD_BYTES })
  sockets.on('connection', (socket) => {
    const session = new Session(socket, host)
    sessions.add(session)
    socket.on('message', (data) => session.hear(data as Buffer))
    socket.on('close', () => sessions.delete(session))
    // A broken connection ends with 'close'; without a listener its error would end the process.
    socket.on('error', () => undefined)
  })
}

async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

function control(server: Server, host: string, setting: Setting): RunningRelay {
  const { port } = server.address() as AddressInfo
  const { store, closeJournal } = setting.storage
  const sessions = new Set<Session>()
  const dropConnections = () => sessions.forEach((session) => session.terminate())
  let faults = setting.faults
  acceptClients(server, sessions, {
    store,
    policy: setting.policy,
    names: namesOf(host, port),
    now: unixNow,
    faults: () => faults,
    verify: setting.verify,
    broadcast: (event) => sessions.forEach((session) => session.offer(event)),
  })
  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    events: () => store.all(),
    setFaults: (next) => (faults = next),
    inject: (frame) => sessions.forEach((session) => session.inject(frame)),
    dropConnections,
    close: async () => {
      dropConnections()
      await stopServer(server)
      closeJournal()
    },
  }
}

/**
 * Starts a relay and resolves once it listens. Rejects with the system's error when it cannot, so
 * a busy port shows as `code: 'EADDRINUSE'`.
 */
export async function startRelay(options: RelayOptions = {}): Promise<RunningRelay> {
  const { host = '127.0.0.1', maxLimit = 20_000, requireAuth: policy = 'none' } = options
  const name = options.name ?? 'Souk embedded relay'
  const verify = await createVerifier()
  const authRequired = policy === 'all'
  const server = createServer(createInformation({ name, maxLimit, authRequired }))
  server.listen(options.port ?? 0, host)
  await once(server, 'listening')
  try {
    const storage = openStore(options.file, maxLimit)
    return control(server, host, { storage, policy, verify, faults: options.faults ?? {} })
  } catch (error) {
    await stopServer(server)
    throw error
  }
}
