/** Who a client has proved to be (NIP-42), and what that lets it read and write. */
import { randomBytes } from 'node:crypto'
import { fail, ok, type Result } from '@/domain/result'
import { KIND, tagValue, type VerifiedEvent } from '@/protocol/event'
import type { Filter } from '@/protocol/relay'

/** `read-dm`: only the two parties may read a direct message. `all`: nothing without AUTH. */
export type AuthPolicy = 'none' | 'read-dm' | 'all'

export const AUTH_KIND = 22_242
const GIFT_WRAP_KIND = 1059
const MESSAGE_KINDS: readonly number[] = [KIND.directMessage, GIFT_WRAP_KIND]
const TOLERANCE_SECONDS = 600
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

export const createChallenge = (): string => randomBytes(16).toString('hex')

/** The `host:port` names under which clients of this relay may know it. */
export function namesOf(host: string, port: number): readonly string[] {
  const own = host.includes(':') ? `[${host}]` : host
  return [...new Set([own, ...LOOPBACK])].map((name) => `${name}:${port}`)
}

function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, port } = new URL(url)
  if (protocol !== 'ws:' && protocol !== 'wss:') return null
  return `${hostname}:${port || (protocol === 'ws:' ? '80' : '443')}`
}

/** Checks a verified AUTH event against this connection's challenge and this relay's names. */
export function checkAuth(
  event: VerifiedEvent,
  expected: { challenge: string; names: readonly string[]; now: number },
): Result<string> {
  if (event.kind !== AUTH_KIND) return fail(`the kind must be ${AUTH_KIND}`)
  if (tagValue(event, 'challenge') !== expected.challenge) {
    return fail('the challenge is not the one sent on this connection')
  }
  const host = hostOf(tagValue(event, 'relay') ?? '')
  if (host === null || !expected.names.includes(host)) return fail('the relay url is another one')
  if (Math.abs(event.created_at - expected.now) > TOLERANCE_SECONDS) {
    return fail('created_at is more than ten minutes away')
  }
  return ok(event.pubkey)
}

/** Why a client that has not proved any key may not make this request, or null if it may. */
export function readObjection(policy: AuthPolicy, filters: readonly Filter[]): string | null {
  if (policy === 'all') return 'auth-required: prove your key to read here'
  const asksForMessages = filters.some((filter) =>
    filter.kinds?.some((kind) => MESSAGE_KINDS.includes(kind)),
  )
  return policy === 'read-dm' && asksForMessages
    ? 'auth-required: prove your key to read direct messages'
    : null
}

/** Whether a client with these proved keys may see the event. */
export function mayRead(
  policy: AuthPolicy,
  proved: ReadonlySet<string>,
  event: VerifiedEvent,
): boolean {
  if (policy === 'none' || !MESSAGE_KINDS.includes(event.kind)) return true
  if (proved.has(event.pubkey)) return true
  return event.tags.some(([name, value]) => name === 'p' && proved.has(value ?? ''))
}
