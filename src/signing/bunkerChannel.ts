/** Asks a bunker over its relays: one answer a request, by its id and from the bunker alone. */
import { getPublicKey } from 'nostr-tools/pure'
import type { Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import type { PublishAnswer, RelayPool, Subscription } from '@/protocol/relay'
import type { SignerProblem } from '@/protocol/signer'
import type { BunkerAddress } from './bunkerLink'
import { createBunkerCodec, KIND_BUNKER, randomId, type BunkerRequest } from './bunkerMessage'
import { byteLength, NIP44_MAX_BYTES } from './ciphertext'
import { SignerTrouble } from './signerProblems'

/** Makes a pool of the relays of one connection; `sign` proves to them who asks, with its key. */
export type OpenPool = (
  relays: readonly string[],
  sign: (template: EventTemplate) => Promise<Result<VerifiedEvent, SignerProblem>>,
) => RelayPool

export interface ChannelOptions {
  readonly clientKey: Uint8Array
  readonly address: BunkerAddress
  readonly openPool: (relays: readonly string[]) => RelayPool
  /** The bunker wants the person to confirm on this page. It is https. */
  readonly onAuthUrl: (url: string) => void
  /** Unix seconds. */
  readonly now: () => number
  /** Milliseconds for each answer. Default 60,000. */
  readonly answerWithinMs?: number
}

export interface BunkerChannel {
  /** The result as the bunker gave it. Rejects with its words, or with a SignerTrouble. */
  request(method: string, params: readonly string[]): Promise<unknown>
  /** Goes on at other relays; what is still open is answered there or times out. */
  moveTo(relays: readonly string[]): void
  close(): void
}

interface OpenRequest {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
  /** Gives the person the time to confirm elsewhere. */
  readonly extend: () => void
}

/** Bytes of the longest request: a text of the longest form that everybody reads, and around it. */
const MAX_REQUEST = 2 * NIP44_MAX_BYTES
/** Clocks of bunkers differ, and some relays keep what should be forgotten. */
const LOOK_BACK_SECONDS = 600
const LISTENING_WITHIN_MS = 2_000
const MOVED_WITHIN_MS = 10_000
const ANSWER_WITHIN_MS = 60_000
/** Once a page to confirm on was shown. */
export const CONFIRM_WITHIN_MS = 300_000

const nobodyTook = (answers: readonly PublishAnswer[]): string | null =>
  answers.every(({ outcome }) => outcome === 'refused' || outcome === 'unreachable')
    ? answers.map(({ relay, reason }) => `${relay}: ${reason}`).join('; ') || 'no relay'
    : null

const isSafePage = (url: string): boolean =>
  url.length <= 2_000 && URL.canParse(url) && new URL(url).protocol === 'https:'

/** Resolves once every relay listens for answers, or after a moment: a slow one must not stop all. */
function listen(pool: RelayPool, options: ChannelOptions, onEvent: (event: VerifiedEvent) => void) {
  const filter = {
    kinds: [KIND_BUNKER],
    authors: [options.address.remoteSigner],
    '#p': [getPublicKey(options.clientKey)],
    since: options.now() - LOOK_BACK_SECONDS,
  }
  let subscription: Subscription | null = null
  const listening = new Promise<void>((resolve) => {
    const waiting = new Set(pool.urls)
    const heard = (relay: string) => {
      waiting.delete(relay)
      if (waiting.size === 0) resolve()
    }
    setTimeout(resolve, LISTENING_WITHIN_MS)
    subscription = pool.subscribe([filter], { onEvent, onStored: heard, onClosed: heard })
  })
  return { listening, stop: () => subscription?.close() }
}

const tooLate = (ms: number) =>
  new SignerTrouble(
    'timed-out',
    `Your bunker has not answered within ${Math.ceil(ms / 1000)} seconds. See that it runs and is connected, and try again.`,
  )
const trouble = (why: string) => new SignerTrouble('unavailable', why)

/** The requests that wait for their answers, each with its deadline. */
function createOpenRequests(answerWithinMs: number) {
  const open = new Map<string, OpenRequest>()

  function add(id: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = (error: Error) => {
        open.delete(id)
        reject(error)
      }
      const giveUpAfter = (ms: number) => setTimeout(() => end(tooLate(ms)), ms)
      let timer = giveUpAfter(answerWithinMs)
      open.set(id, {
        resolve(result) {
          clearTimeout(timer)
          open.delete(id)
          resolve(result)
        },
        reject(error) {
          clearTimeout(timer)
          end(error)
        },
        extend() {
          clearTimeout(timer)
          timer = giveUpAfter(CONFIRM_WITHIN_MS)
        },
      })
    })
  }

  return { add, get: (id: string) => open.get(id), all: () => [...open.values()] }
}

function encode(codec: ReturnType<typeof createBunkerCodec>, request: BunkerRequest, now: number) {
  if (byteLength(JSON.stringify(request)) <= MAX_REQUEST) return codec.write(request, now)
  throw new SignerTrouble('wrong-answer', 'This text is too long for your bunker.')
}

export function createBunkerChannel(options: ChannelOptions): BunkerChannel {
  const { remoteSigner } = options.address
  const codec = createBunkerCodec(options.clientKey, remoteSigner)
  const requests = createOpenRequests(options.answerWithinMs ?? ANSWER_WITHIN_MS)
  const lines = new Set<{ close(): void }>()
  let line = connect(options.address.relays)

  function connect(relays: readonly string[]) {
    const pool = options.openPool(relays)
    const { listening, stop } = listen(pool, options, onEvent)
    const made = {
      pool,
      listening,
      close() {
        lines.delete(made)
        stop()
        pool.close()
      },
    }
    lines.add(made)
    return made
  }

  /** A page to confirm on is only shown: the request stays open until its own answer comes. */
  function confirmElsewhere(request: OpenRequest, url: string) {
    if (!isSafePage(url)) {
      const why = 'Your bunker wants you to confirm on a page whose address is not safe.'
      return request.reject(trouble(`${why} It was not opened.`))
    }
    request.extend()
    options.onAuthUrl(url)
  }

  function onEvent(event: VerifiedEvent) {
    if (event.pubkey !== remoteSigner || event.kind !== KIND_BUNKER) return
    const answer = codec.read(event)
    const request = answer.ok && requests.get(answer.value.id)
    if (!request) return
    const { result, error } = answer.value
    if (result === 'auth_url' && error) confirmElsewhere(request, error)
    else if (error) request.reject(new Error(error))
    else request.resolve(result)
  }

  async function send(request: BunkerRequest): Promise<void> {
    const event = encode(codec, request, options.now())
    await line.listening
    const reasons = nobodyTook(await line.pool.publish(event))
    const why = `No relay of your bunker took the question (${reasons}). Check your connection and try again.`
    if (reasons) throw trouble(why)
  }

  return {
    request(method, params) {
      const id = randomId()
      const answer = requests.add(id)
      send({ id, method, params }).catch((error: Error) => requests.get(id)?.reject(error))
      return answer
    },
    moveTo(relays) {
      const before = line
      line = connect(relays)
      // Answers to what was asked before may still come from there.
      setTimeout(before.close, MOVED_WITHIN_MS)
    },
    close() {
      for (const one of [...lines]) one.close()
      const closed = trouble('The connection to your bunker was closed.')
      for (const request of requests.all()) request.reject(closed)
    },
  }
}
