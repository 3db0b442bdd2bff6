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

const WAIT_MS = 10_000

export class TestClient {
  readonly #socket: WebSocket
  readonly #frames: Frame[] = []
  readonly #watchers = new Set<() => void>()
  #requests = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => {
      this.#frames.push(JSON.parse(String(data)) as Frame)
      for (const look of [...this.#watchers]) look()
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

  say(text: string): void {
    this.#socket.send(text)
  }

  send(...frame: Frame): void {
    this.say(JSON.stringify(frame))
  }

  /** Takes the first frame, already here or still to come, that starts with these parts. */
  take(...start: Frame): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look)
        reject(new Error(`no ${JSON.stringify(start)} came; here: ${JSON.stringify(this.#frames)}`))
      }, WAIT_MS)
      const look = () => {
        const [found] = this.pending(...start)
        if (!found) return
        clearTimeout(timer)
        this.#watchers.delete(look)
        this.#drop(found)
        resolve(found)
      }
      this.#watchers.add(look)
      look()
    })
  }

  /** The frames with this start that nobody has taken yet. */
  pending(...start: Frame): Frame[] {
    return this.#frames.filter((frame) => start.every((part, i) => frame[i] === part))
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
    const mine = this.pending('EVENT', id)
    mine.forEach((frame) => this.#drop(frame))
    return mine.map((frame) => frame[2] as Event)
  }

  #drop(frame: Frame): void {
    this.#frames.splice(this.#frames.indexOf(frame), 1)
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
