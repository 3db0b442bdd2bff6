/** NIP-42 for one connection: signs only this relay's address and its current challenge, when refused. */
import type { Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import type { SignerProblem } from '@/protocol/signer'
import type { RelayConnection } from './connection'
import { exchange } from './exchange'
import { wait, within, type RelayTimeouts } from './timing'

const AUTH_KIND = 22242
const MAX_CHALLENGE = 1_000
/** A relay may send its challenge just after the refusal. */
const CHALLENGE_GRACE = 300
const MAX_SIGNATURES = 3

/** Signs the template for a relay that the person chose, or says why not. */
export type Authenticate = (
  template: EventTemplate,
  relayUrl: string,
) => Promise<Result<VerifiedEvent, SignerProblem>>

/** A failure is `passing` when nobody said no: it may go better later. */
export type AuthResult =
  | { readonly ok: true; readonly value: true }
  | { readonly ok: false; readonly reason: string; readonly passing: boolean }

export interface RelayAuth {
  /** Proves to the relay who is asking; callers share one attempt, and one success a connection. */
  authenticate(): Promise<AuthResult>
}

export const NO_CHALLENGE = 'The relay asks for authentication but sent no challenge'
const PROVED: AuthResult = { ok: true, value: true }
type AuthFailure = Extract<AuthResult, { readonly ok: false }>
const refusal = (reason: string): AuthFailure => ({ ok: false, reason, passing: false })
const hindrance = (reason: string): AuthFailure => ({ ok: false, reason, passing: true })
/** Signers that are not there, locked or slow may be there later; what they said no to is settled. */
const MAY_SIGN_LATER: readonly SignerProblem['code'][] = ['unavailable', 'locked', 'timed-out']

type Signed = { readonly ok: true; readonly value: VerifiedEvent } | AuthFailure

/** Whether a refusal may go away by authenticating. */
export const asksForAuth = (reason: string): boolean => /^(auth-required|restricted):/.test(reason)

const isAnswerTo = (signed: VerifiedEvent, template: EventTemplate): boolean =>
  signed.kind === template.kind &&
  signed.content === template.content &&
  JSON.stringify(signed.tags) === JSON.stringify(template.tags)

export function createRelayAuth(
  connection: RelayConnection,
  authenticate: Authenticate | undefined,
  options: { readonly now: () => number; readonly timeouts: RelayTimeouts },
): RelayAuth {
  const { now, timeouts } = options
  let challenge: string | null = null
  let attempt: Promise<AuthResult> | null = null

  connection.listen({
    onFrame(frame) {
      if (frame.type === 'AUTH' && frame.challenge.length <= MAX_CHALLENGE) {
        challenge = frame.challenge
      }
    },
    onDown() {
      challenge = null
      attempt = null
    },
  })

  async function sign(port: Authenticate, text: string): Promise<Signed> {
    const tags = [
      ['relay', connection.url],
      ['challenge', text],
    ]
    const created_at = Math.floor(now() / 1000)
    const template = { kind: AUTH_KIND, created_at, tags, content: '' }
    try {
      const signed = await port(template, connection.url)
      if (signed.ok && isAnswerTo(signed.value, template)) return signed
      if (signed.ok) return refusal('The signer signed something else')
      const { code, message } = signed.reason
      return { ...refusal(message), passing: MAY_SIGN_LATER.includes(code) }
    } catch (error) {
      return refusal(`Signing failed: ${String(error)}`)
    }
  }

  async function present(signed: VerifiedEvent): Promise<AuthResult> {
    const answer = await exchange(connection, ['AUTH', signed], signed.id, timeouts.ok)
    if (answer.type === 'timed-out') return hindrance('The relay did not answer the authentication')
    if (answer.type === 'down') return hindrance(answer.reason)
    return answer.accepted
      ? PROVED
      : refusal(`The relay refused the authentication: ${answer.reason}`)
  }

  async function run(): Promise<AuthResult> {
    if (!authenticate) return refusal('Souk does not authenticate to this relay')
    if (challenge === null) await wait(CHALLENGE_GRACE)
    for (let i = 0; i < MAX_SIGNATURES; i++) {
      const asked = challenge
      if (asked === null) return hindrance(NO_CHALLENGE)
      const late = () => hindrance('The signer did not answer the authentication request in time')
      const signed = await within<Signed>(sign(authenticate, asked), timeouts.sign, late)
      if (!signed.ok) return signed
      if (challenge === asked) return present(signed.value)
    }
    return refusal('The relay keeps changing its challenge')
  }

  return {
    authenticate() {
      if (attempt) return attempt
      const mine = run().then((result) => {
        if (!result.ok && attempt === mine) attempt = null
        return result
      })
      attempt = mine
      return mine
    },
  }
}
