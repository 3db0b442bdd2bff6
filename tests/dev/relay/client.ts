/** A bare websocket client for relay tests: sends frames and waits for the answers to them. */
import { once } from 'node:events'
import { finalizeEvent, generateSecretKey, getPublicKey, type Event } from 'nostr-tools/pure'
import WebSocket from 'ws'

type Frame = readonly unknown[]
type JsonFilter = Record<string, unknown>

export interface Answer {
  readonly accepted: boolean
  readonly message: string
}

const startsWith = (frame: Frame, start: Frame): boolean =>
  start.every((part, i) => frame[i] === part)

const WAIT_MS = 10_000

export class TestClient {
  readonly #socket: WebSocket
  #frames: Frame[] = []
  /** Each looks at a new frame and says whether it took it. */
  readonly #takers = new Set<(frame: Frame) => boolean>()
  #requests = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame
      if (![...this.#takers].some((take) => take(frame))) this.#frames.push(frame)
    })
  }

  static async connect(url: string): Promise<TestClient> {
    const socket = new WebSocket(url)
    const client = new TestClient(socket)
    await once(socket, 'open')
    return client
  }

  /** Connects, runs the steps and always disconnects. */
  static async with<T>(url: string, steps: (client: TestClient) => Promise<T>): Promise<T> {
    const client = await TestClient.connect(url)
    try {
      return await steps(client)
    } finally {
      client.close()
    }
  }

  close(): void {
    this.#socket.terminate()
  }

  /** Resolves when the other side has ended the connection. */
  async closed(): Promise<void> {
    await once(this.#socket, 'close')
  }

  /** Resolves when the relay has read all that was sent, whether or not it answers. */
  async settle(): Promise<void> {
    this.#socket.ping()
    await once(this.#socket, 'pong')
  }

  say(text: string): void {
    this.#socket.send(text)
  }

  send(...frame: Frame): void {
    this.say(JSON.stringify(frame))
  }

  /** Takes the first frame, already here or still to come, that starts with these parts. */
  async take(...start: Frame): Promise<Frame> {
    const at = this.#frames.findIndex((frame) => startsWith(frame, start))
    return at < 0 ? this.#takeNew(start) : this.#frames.splice(at, 1)[0]!
  }

  #takeNew(start: Frame): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#takers.delete(taker)
        const here = JSON.stringify(this.#frames).slice(0, 2_000)
        reject(new Error(`no ${JSON.stringify(start)} came; here: ${here}`))
      }, WAIT_MS)
      const taker = (frame: Frame): boolean => {
        if (!startsWith(frame, start)) return false
        clearTimeout(timer)
        this.#takers.delete(taker)
        resolve(frame)
        return true
      }
      this.#takers.add(taker)
    })
  }

  /** The frames with this start that nobody has taken yet. */
  pending(...start: Frame): Frame[] {
    return this.#frames.filter((frame) => startsWith(frame, start))
  }

  async publish(event: { id: string; [field: string]: unknown }): Promise<Answer> {
    this.send('EVENT', event)
    const [, , accepted, message] = await this.take('OK', event.id)
    return { accepted: accepted === true, message: String(message) }
  }

  /** Opens a subscription and waits until the stored events have come. */
  async subscribe(...filters: JsonFilter[]): Promise<{ id: string; stored: Event[] }> {
    const id = `s${++this.#requests}`
    return { id, stored: await this.resubscribe(id, ...filters) }
  }

  /** Opens or replaces the subscription with this id. */
  async resubscribe(id: string, ...filters: JsonFilter[]): Promise<Event[]> {
    this.send('REQ', id, ...filters)
    await this.take('EOSE', id)
    return this.#takeEvents(id)
  }

  /** The stored events that match, in the order in which they came. */
  async query(...filters: JsonFilter[]): Promise<Event[]> {
    const { id, stored } = await this.subscribe(...filters)
    this.send('CLOSE', id)
    return stored
  }

  async nextEvent(id: string): Promise<Event> {
    return (await this.take('EVENT', id))[2] as Event
  }

  /** Proves this key to the relay, as NIP-42 says. */
  async authenticate(author: TestAuthor, relay: string, changes: Partial<Event> = {}) {
    const challenge = (await this.take('AUTH'))[1] as string
    const tags = [
      ['relay', relay],
      ['challenge', challenge],
    ]
    const event = author.sign({ kind: 22_242, tags, ...changes })
    this.send('AUTH', event)
    const [, , accepted, message] = await this.take('OK', event.id)
    return { accepted: accepted === true, message: String(message) }
  }

  #takeEvents(id: string): Event[] {
    const mine = new Set(this.pending('EVENT', id))
    this.#frames = this.#frames.filter((frame) => !mine.has(frame))
    return [...mine].map((frame) => frame[2] as Event)
  }
}

export const unixNow = (): number => Math.floor(Date.now() / 1000)

export interface TestAuthor {
  readonly pubkey: string
  sign(fields: Partial<Event>): Event
}

/** A fresh key, so that cases sharing one relay cannot see each other's events. */
export function createAuthor(): TestAuthor {
  const secret = generateSecretKey()
  return {
    pubkey: getPublicKey(secret),
    sign: ({ kind = 1, created_at = unixNow(), tags = [], content = '' }) =>
      JSON.parse(
        JSON.stringify(finalizeEvent({ kind, created_at, tags, content }, secret)),
      ) as Event,
  }
}
