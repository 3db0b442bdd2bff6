/** The dev wallet on Nostr: a NIP-47 wallet service on one relay, paying out of the ledger. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { finalizeEvent, getPublicKey } from 'nostr-tools/pure'
import WebSocket from 'ws'
import { tagValue, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { nwcDecrypt, nwcEncrypt, type NwcEncryption } from '@/payments/nwcCrypto'
import type { Subscription } from '@/protocol/relay'
import { createRelayPool } from '@/relays/pool'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import type { Ledger } from './ledger'
import { METHODS, runCommand, type NwcResult } from './nwcCommands'

export interface NwcServiceOptions {
  readonly ledger: Ledger
  readonly relayUrl: string
  readonly network: string
  /** The service's secret key, hex. */
  readonly secret: string
}

export interface RunningNwcService {
  readonly pubkey: string
  /** Lets a client with this secret use a wallet, and returns the connection text for it. */
  connect(walletId: string, clientSecret: string): string
  close(): void
}

interface Request {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

const KIND_INFO = 13194
const KIND_REQUEST = 23194
const KIND_RESPONSE = 23195
const READY_TIMEOUT_MS = 3_000
const ENCRYPTIONS: readonly NwcEncryption[] = ['nip44_v2', 'nip04']

const unixNow = (): number => Math.floor(Date.now() / 1000)

function readRequest(text: string): Request | null {
  try {
    const { method, params } = JSON.parse(text) as Partial<Request>
    return typeof method === 'string' && typeof params === 'object' && params !== null
      ? { method, params }
      : null
  } catch {
    return null
  }
}

const hasExpired = (event: VerifiedEvent): boolean =>
  Number(tagValue(event, 'expiration') ?? Infinity) < unixNow()

const answerOf = (method: string, result: NwcResult) =>
  result.ok
    ? { result_type: method, error: null, result: result.value }
    : { result_type: method, error: result.reason, result: null }

/**
 * Serves wallets on a relay: announces itself at every connection and answers each request once.
 * Resolves once the relay listens, or after a few seconds without it; it goes on trying then.
 */
export async function startNwcService(options: NwcServiceOptions): Promise<RunningNwcService> {
  const { ledger, secret, network } = options
  const key = hexToBytes(secret)
  const pubkey = getPublicKey(key)
  const clients = new Map<string, string>()
  const pool = createRelayPool({
    urls: [options.relayUrl],
    verifier: createInlineVerifier(),
    WebSocket,
  })

  function publish(kind: number, tags: string[][], content: string) {
    const event = verifyEvent(finalizeEvent({ kind, tags, content, created_at: unixNow() }, key))
    if (event.ok) void pool.publish(event.value)
  }
  const announce = () =>
    publish(KIND_INFO, [['encryption', ENCRYPTIONS.join(' ')]], METHODS.join(' '))

  function execute(client: string, request: Request): NwcResult {
    const walletId = clients.get(client)
    if (walletId === undefined) {
      return { ok: false, reason: { code: 'UNAUTHORIZED', message: 'no wallet is connected' } }
    }
    const service = { alias: 'Souk demo wallet', pubkey, network }
    return runCommand(request.method, { ledger, walletId, params: request.params, service })
  }
  function onRequest(event: VerifiedEvent) {
    if (tagValue(event, 'p') !== pubkey || hasExpired(event)) return
    const text = nwcDecrypt(secret, event.pubkey, event.content)
    const request = text.ok && readRequest(text.value)
    if (!request) return
    const encryption = event.content.includes('?iv=') ? 'nip04' : 'nip44_v2'
    const answer = JSON.stringify(answerOf(request.method, execute(event.pubkey, request)))
    const tags = [
      ['p', event.pubkey],
      ['e', event.id],
    ]
    publish(KIND_RESPONSE, tags, nwcEncrypt(encryption, secret, event.pubkey, answer))
  }

  let connected = false
  const stopWatching = pool.onStates(([relay]) => {
    const before = connected
    connected = relay?.status === 'connected'
    if (connected && !before) announce()
  })
  const filter = { kinds: [KIND_REQUEST], '#p': [pubkey], since: unixNow() - 60 }
  const subscription = await new Promise<Subscription>((resolve) => {
    const opened = pool.subscribe([filter], {
      onEvent: onRequest,
      onStored: () => resolve(opened),
    })
    setTimeout(() => resolve(opened), READY_TIMEOUT_MS).unref()
  })

  return {
    pubkey,
    connect(walletId, clientSecret) {
      clients.set(getPublicKey(hexToBytes(clientSecret)), walletId)
      const query = new URLSearchParams({ relay: options.relayUrl, secret: clientSecret })
      return `nostr+walletconnect://${pubkey}?${query}`
    },
    close() {
      stopWatching()
      subscription.close()
      pool.close()
    },
  }
}
