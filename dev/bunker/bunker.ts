/** A bunker (NIP-46) on one relay: holds a person's key and signs what it is asked to over the relay. */
import { randomBytes } from 'node:crypto'
import * as nip04 from 'nostr-tools/nip04'
import * as nip44 from 'nostr-tools/nip44'
import { finalizeEvent, generateSecretKey, getPublicKey } from 'nostr-tools/pure'
import WebSocket from 'ws'
import { tagValue, type EventTemplate, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { createRelayPool } from '@/relays/pool'

export interface BunkerRequest {
  readonly id: string
  readonly method: string
  readonly params: readonly string[]
}

export interface BunkerReply {
  readonly id: string
  readonly result?: unknown
  readonly error?: unknown
}

export interface BunkerOptions {
  readonly relayUrl: string
  /** The person's secret key. The bunker answers under another one. */
  readonly userKey: Uint8Array
  /** What to send in place of the honest reply; for tests of clients. */
  readonly reply?: (request: BunkerRequest, honest: () => BunkerReply) => readonly BunkerReply[]
}

export interface RunningBunker {
  readonly bunkerPubkey: string
  readonly userPubkey: string
  /** Everything that clients asked, in order. */
  readonly requests: readonly BunkerRequest[]
  /** A new `bunker://` link. It lets one client in. */
  link(): string
  /** Answers the `nostrconnect://` link of a client, with its secret or with another. */
  accept(link: string, secret?: string): Promise<void>
  /** Sends a client anything, encrypted as it should be, under the bunker's key or another. */
  tell(client: string, message: unknown, as?: Uint8Array): Promise<void>
  close(): void
}

const KIND = 24_133
const unixNow = (): number => Math.floor(Date.now() / 1000)

/** What the methods that need a client to be let in answer. Throws what becomes the error. */
function perform(userKey: Uint8Array, { method, params }: BunkerRequest): string {
  const [first = '', second = ''] = params
  const conversation = () => nip44.getConversationKey(userKey, first)
  switch (method) {
    case 'ping':
      return 'pong'
    case 'get_public_key':
      return getPublicKey(userKey)
    case 'sign_event':
      return JSON.stringify(
        finalizeEvent(JSON.parse(first) as EventTemplate & { tags: string[][] }, userKey),
      )
    case 'nip04_encrypt':
      return nip04.encrypt(userKey, first, second)
    case 'nip04_decrypt':
      return nip04.decrypt(userKey, first, second)
    case 'nip44_encrypt':
      return nip44.encrypt(second, conversation())
    case 'nip44_decrypt':
      return nip44.decrypt(second, conversation())
    case 'switch_relays':
      return 'null'
    default:
      throw new Error(`unknown method ${method}`)
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Starts a bunker and resolves once it listens. */
export async function startBunker(options: BunkerOptions): Promise<RunningBunker> {
  const { relayUrl, userKey } = options
  const key = generateSecretKey()
  const bunkerPubkey = getPublicKey(key)
  const clients = new Set<string>()
  const secrets = new Set<string>()
  const requests: BunkerRequest[] = []
  const pool = createRelayPool({ urls: [relayUrl], verifier: createInlineVerifier(), WebSocket })

  async function tell(client: string, message: unknown, as: Uint8Array = key): Promise<void> {
    const text = typeof message === 'string' ? message : JSON.stringify(message)
    const content = nip44.encrypt(text, nip44.getConversationKey(as, client))
    const tags = [['p', client]]
    const event = verifyEvent(
      finalizeEvent({ kind: KIND, created_at: unixNow(), tags, content }, as),
    )
    if (event.ok) await pool.publish(event.value)
  }

  function letIn(client: string, { id, params }: BunkerRequest): BunkerReply {
    const [, secret = ''] = params
    if (!secrets.delete(secret)) return { id, result: '', error: 'this link was used before' }
    clients.add(client)
    return { id, result: 'ack' }
  }

  function honestReply(client: string, request: BunkerRequest): BunkerReply {
    const { id, method } = request
    if (method === 'connect') return letIn(client, request)
    if (!clients.has(client)) return { id, result: '', error: 'unauthorized' }
    if (method === 'logout') {
      clients.delete(client)
      return { id, result: 'ack' }
    }
    try {
      return { id, result: perform(userKey, request) }
    } catch (error) {
      return { id, result: '', error: wordsOf(error) }
    }
  }

  function onRequest(event: VerifiedEvent) {
    if (tagValue(event, 'p') !== bunkerPubkey) return
    const conversation = nip44.getConversationKey(key, event.pubkey)
    const request = JSON.parse(nip44.decrypt(event.content, conversation)) as BunkerRequest
    requests.push(request)
    const honest = () => honestReply(event.pubkey, request)
    const replies = options.reply?.(request, honest) ?? [honest()]
    for (const reply of replies) void tell(event.pubkey, reply)
  }

  await new Promise<void>((resolve) => {
    const filter = { kinds: [KIND], '#p': [bunkerPubkey], since: unixNow() - 60 }
    pool.subscribe([filter], { onEvent: onRequest, onStored: () => resolve() })
  })

  return {
    bunkerPubkey,
    userPubkey: getPublicKey(userKey),
    requests,
    link() {
      const secret = randomBytes(8).toString('hex')
      secrets.add(secret)
      return `bunker://${bunkerPubkey}?${new URLSearchParams({ relay: relayUrl, secret })}`
    },
    async accept(link, secret) {
      const { host, searchParams } = new URL(link.replace('nostrconnect:', 'http:'))
      clients.add(host)
      const result = secret ?? searchParams.get('secret') ?? ''
      await tell(host, { id: randomBytes(8).toString('hex'), result })
    },
    tell,
    close: () => pool.close(),
  }
}
