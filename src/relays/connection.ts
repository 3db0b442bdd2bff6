/** One socket to one relay that comes back by itself; what is said over it is others' business. */
import type { RelayState } from '@/protocol/relay'
import { createAllowance } from './allowance'
import { parseFrame, type RelayFrame } from './frames'
import { createHeartbeat } from './heartbeat'
import { backoff, createTimer, type RelayTimeouts } from './timing'

/** The part of a WebSocket that is used: the browser's and the one of `ws` both have it. */
interface Socket {
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  send(data: string): void
  close(): void
}
export type SocketConstructor = new (url: string) => Socket

interface ConnectionListener {
  readonly onOpen?: () => void
  /** `size` is the frame's length. True when it was of use to somebody. */
  readonly onFrame?: (frame: RelayFrame, size: number) => unknown
  /** The connection ended or could not be made; it is tried again unless it was closed by us. */
  readonly onDown?: (reason: string) => void
}

export interface RelayConnection {
  readonly url: string
  state(): RelayState
  /** False when there is no connection: then nothing was sent. */
  send(frame: readonly unknown[]): boolean
  listen(listener: ConnectionListener): () => void
  /** Counts useless messages: a relay that sends too many of them is left for a while. */
  waste(points: number): void
  /** Shows the person what is wrong with this relay. */
  complain(problem: string): void
  /** Connects now if it was waiting, and probes the connection if there is one. */
  wake(): void
  /** Connects now if it was waiting. */
  hurry(): void
  close(): void
}

export interface ConnectionOptions {
  readonly WebSocket: SocketConstructor
  readonly timeouts: RelayTimeouts
  readonly now: () => number
  readonly random: () => number
  readonly onState: () => void
}

/** So much useless is borne at once, and forgiven each second: a frame of a kB is one point. */
const WASTE_CAPACITY = 20_000
const WASTE_PER_SECOND = 200

const costOf = (size: number): number => Math.max(1, size / 1024)

const PING = 'ping'
/** No event has this id, so the answer is a bare EOSE. */
const PING_FILTER = { ids: ['0'.repeat(64)], limit: 1 }

const detailOf = (event: object): string => {
  const text = 'message' in event ? event.message : 'reason' in event ? event.reason : ''
  return typeof text === 'string' ? text.slice(0, 200) : ''
}

export function createConnection(url: string, options: ConnectionOptions): RelayConnection {
  const { timeouts, now, random } = options
  const listeners = new Set<ConnectionListener>()
  const retryTimer = createTimer()
  const openTimer = createTimer()
  const stableTimer = createTimer()
  const allowance = createAllowance({ capacity: WASTE_CAPACITY, perSecond: WASTE_PER_SECOND, now })
  let socket: Socket | null = null
  let failures = 0
  /** True while the answer to a probe is out. */
  let isProbing = false
  let state: RelayState = { url, status: 'connecting', problem: '', retryAt: null }

  const heartbeat = createHeartbeat({
    silence: timeouts.silence,
    deadline: timeouts.ping,
    ping() {
      isProbing = send(['REQ', PING, PING_FILTER])
    },
    onDead: () => down('The relay no longer answers'),
  })

  function update(change: Partial<RelayState>) {
    state = { ...state, ...change }
    options.onState()
  }

  function connect() {
    retryTimer.clear()
    update({ status: 'connecting', retryAt: null })
    let opened: Socket
    try {
      opened = new options.WebSocket(url)
    } catch (error) {
      return down(`The relay cannot be reached: ${String(error)}`)
    }
    socket = opened
    openTimer.set(timeouts.connect, () => down('The relay did not answer in time'))
    attach(opened)
  }

  /** Handlers stay attached for good, since a late error without one would be thrown by `ws`. */
  function attach(opened: Socket) {
    const current = () => socket === opened
    let trouble = ''
    opened.onopen = () => current() && up()
    opened.onmessage = (event: { data: unknown }) => current() && receive(event.data)
    opened.onerror = (event: object) => (trouble = detailOf(event))
    opened.onclose = (event: object) => {
      const detail = trouble || detailOf(event)
      const what =
        state.status === 'connected' ? 'The connection ended' : 'The relay cannot be reached'
      if (current()) down(detail ? `${what}: ${detail}` : what)
    }
  }

  function up() {
    openTimer.clear()
    allowance.reset()
    heartbeat.touch()
    stableTimer.set(timeouts.stable, () => (failures = 0))
    update({ status: 'connected', problem: '', retryAt: null })
    for (const listener of [...listeners]) listener.onOpen?.()
  }

  function drop() {
    const old = socket
    socket = null
    openTimer.clear()
    stableTimer.clear()
    retryTimer.clear()
    heartbeat.stop()
    old?.close()
  }

  function down(reason: string) {
    if (state.status === 'closed') return
    drop()
    const delay = backoff(failures++, timeouts.retryMin, timeouts.retryMax, random)
    retryTimer.set(delay, connect)
    update({ status: 'waiting', problem: reason, retryAt: now() + delay })
    for (const listener of [...listeners]) listener.onDown?.(reason)
  }

  function complain(problem: string) {
    if (problem !== state.problem) update({ problem })
  }

  function waste(points: number) {
    if (allowance.spend(points) || state.status !== 'connected') return
    down('The relay sends far more than was asked for, so it is left for a while')
  }

  function receive(data: unknown) {
    heartbeat.touch()
    const size = typeof data === 'string' ? data.length : 0
    const frame = parseFrame(data)
    if (!frame.ok) {
      complain(`Ignored: ${frame.reason}`)
      return waste(costOf(size))
    }
    if (isProbing && 'subscription' in frame.value && frame.value.subscription === PING) {
      isProbing = false
      return void send(['CLOSE', PING])
    }
    if (frame.value.type === 'NOTICE') complain(`The relay says: ${frame.value.text}`)
    const uses = [...listeners].map((listener) => listener.onFrame?.(frame.value, size))
    if (!uses.includes(true)) waste(costOf(size))
  }

  function send(frame: readonly unknown[]): boolean {
    if (state.status !== 'connected' || !socket) return false
    try {
      socket.send(JSON.stringify(frame))
      return true
    } catch (error) {
      down(`Sending failed: ${String(error)}`)
      return false
    }
  }

  function hurry() {
    if (state.status === 'waiting') connect()
  }

  connect()
  return {
    url,
    state: () => state,
    send,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    waste,
    complain,
    hurry,
    wake() {
      hurry()
      if (state.status === 'connected') heartbeat.probe()
    },
    close() {
      if (state.status === 'closed') return
      drop()
      update({ status: 'closed', retryAt: null })
      for (const listener of [...listeners]) listener.onDown?.('Closed by this app')
    },
  }
}
