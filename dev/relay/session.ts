/** One client's connection: reads its messages and answers them (NIP-01, NIP-42, NIP-45). */
import type { WebSocket } from 'ws'
import type { VerifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'
import {
  AUTH_KIND,
  checkAuth,
  createChallenge,
  mayRead,
  readObjection,
  type AuthPolicy,
} from './auth'
import type { RelayFaults } from './faults'
import { matchesFilter, parseFilters } from './filters'
import type { EventStore, Verdict } from './store'
import type { Verifier } from './verifier'

export const MAX_FRAME_BYTES = 512 * 1024
export const MAX_SUBSCRIPTION_ID = 64
export const MAX_SECONDS_AHEAD = 900

/** What a session needs of the relay around it. */
export interface SessionHost {
  readonly store: EventStore
  readonly policy: AuthPolicy
  readonly names: readonly string[]
  readonly now: () => number
  readonly faults: () => RelayFaults
  readonly verify: Verifier
  /** Passes a fresh event on to every session. */
  readonly broadcast: (event: VerifiedEvent) => void
}

const refused = (message: string): Verdict => ({ accepted: false, message, fresh: false })

function parseFrame(text: string): unknown[] | null {
  try {
    const frame: unknown = JSON.parse(text)
    return Array.isArray(frame) ? frame : null
  } catch {
    return null
  }
}

const idOf = (raw: unknown): string | null => {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null
  return typeof id === 'string' ? id : null
}

export class Session {
  readonly #socket: WebSocket
  readonly #host: SessionHost
  readonly #challenge = createChallenge()
  readonly #proved = new Set<string>()
  readonly #subscriptions = new Map<string, readonly Filter[]>()

  constructor(socket: WebSocket, host: SessionHost) {
    this.#socket = socket
    this.#host = host
    if (host.policy !== 'none') this.#send('AUTH', this.#challenge)
  }

  /** Handles one message of the client. */
  hear(data: Buffer): void {
    if (this.#host.faults().mute === 'all') return
    if (data.length > MAX_FRAME_BYTES) {
      return this.#notice(`a message may have at most ${MAX_FRAME_BYTES} bytes`)
    }
    const frame = parseFrame(data.toString('utf8'))
    if (!frame) return this.#notice('a message must be a JSON array')
    this.#dispatch(frame)
  }

  /** Tells the client of a fresh event, once for each subscription that wants it. */
  offer(event: VerifiedEvent): void {
    if (!this.#mayRead(event)) return
    for (const [id, filters] of this.#subscriptions) {
      if (filters.some((filter) => matchesFilter(filter, event))) this.#send('EVENT', id, event)
    }
  }

  /** Sends raw text: once, or made for each open subscription. */
  inject(frame: string | ((subscriptionId: string) => string)): void {
    if (typeof frame === 'string') return this.#say(frame)
    for (const id of this.#subscriptions.keys()) this.#say(frame(id))
  }

  terminate(): void {
    this.#socket.terminate()
  }

  #dispatch([type, first, ...rest]: unknown[]): void {
    if (type === 'EVENT') return this.#onEvent(first)
    if (type === 'AUTH') return this.#onAuth(first)
    if (type !== 'REQ' && type !== 'COUNT' && type !== 'CLOSE') {
      return this.#notice(`unknown message type ${JSON.stringify(type)?.slice(0, 40)}`)
    }
    if (typeof first !== 'string' || first === '' || first.length > MAX_SUBSCRIPTION_ID) {
      return this.#notice(`a subscription id must have 1 to ${MAX_SUBSCRIPTION_ID} characters`)
    }
    if (type === 'CLOSE') this.#subscriptions.delete(first)
    else this.#onRequest(type, first, rest)
  }

  #onEvent(raw: unknown): void {
    const id = idOf(raw)
    if (id === null) return this.#notice('an event must be an object with an id')
    const checked = this.#host.verify(raw)
    const verdict = checked.ok ? this.#judge(checked.value) : refused(`invalid: ${checked.reason}`)
    if (this.#host.faults().mute !== 'ok') this.#send('OK', id, verdict.accepted, verdict.message)
    if (checked.ok && verdict.fresh) this.#host.broadcast(checked.value)
  }

  #judge(event: VerifiedEvent): Verdict {
    const { faults, now, policy, store } = this.#host
    if (policy === 'all' && this.#proved.size === 0) {
      return refused('auth-required: prove your key to publish here')
    }
    if (event.kind === AUTH_KIND) return refused(`invalid: kind ${AUTH_KIND} belongs in AUTH`)
    if (event.created_at > now() + MAX_SECONDS_AHEAD) {
      return refused('invalid: created_at is too far in the future')
    }
    const refusal = faults().refuse?.(event)
    if (refusal != null) return refused(refusal)
    try {
      return store.receive(event)
    } catch (error) {
      return refused(`error: the event could not be saved: ${String(error)}`)
    }
  }

  #onRequest(type: 'REQ' | 'COUNT', id: string, raw: readonly unknown[]): void {
    const parsed = parseFilters(raw)
    if (!parsed.ok) return this.#end(id, `invalid: ${parsed.reason}`)
    const filters = parsed.value
    const objection = this.#proved.size > 0 ? null : readObjection(this.#host.policy, filters)
    if (objection) return this.#end(id, objection)
    if (type === 'COUNT') {
      return this.#send('COUNT', id, { count: this.#host.store.count(filters, this.#mayRead) })
    }
    this.#subscriptions.set(id, filters)
    for (const event of this.#host.store.query(filters, this.#mayRead)) {
      this.#send('EVENT', id, event)
    }
    this.#send('EOSE', id)
  }

  #onAuth(raw: unknown): void {
    const id = idOf(raw)
    if (id === null) return this.#notice('AUTH needs a signed event')
    const { names, now, verify } = this.#host
    const checked = verify(raw)
    const proof = checked.ok
      ? checkAuth(checked.value, { challenge: this.#challenge, names, now: now() })
      : checked
    if (proof.ok) this.#proved.add(proof.value)
    this.#send('OK', id, proof.ok, proof.ok ? '' : `invalid: ${proof.reason}`)
  }

  readonly #mayRead = (event: VerifiedEvent): boolean =>
    mayRead(this.#host.policy, this.#proved, event)

  #end(id: string, reason: string): void {
    this.#subscriptions.delete(id)
    this.#send('CLOSED', id, reason)
  }

  #notice(problem: string): void {
    this.#send('NOTICE', `invalid: ${problem}`)
  }

  #send(...message: readonly unknown[]): void {
    this.#say(JSON.stringify(message))
  }

  #say(text: string): void {
    const { delayMs, mute } = this.#host.faults()
    if (mute === 'all') return
    if (delayMs) setTimeout(() => this.#socket.send(text, () => undefined), delayMs)
    else this.#socket.send(text, () => undefined)
  }
}
