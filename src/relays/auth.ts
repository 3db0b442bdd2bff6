/** NIP-42 for one connection: signs only this relay's address and its current challenge, when refused. */
import { fail, ok, type Result } from '@/domain/result'
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

export interface RelayAuth {
  /** Proves to the relay who is asking; callers share one attempt, and one success a connection. */
  authenticate(): Promise<Result<true>>
}

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
  let attempt: Promise<Result<true>> | null = null

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

  async function sign(port: Authenticate, text: string): Promise<Result<VerifiedEvent>> {
    const tags = [
      ['relay', connection.url],
      ['challenge', text],
    ]
    const created_at = Math.floor(now() / 1000)
    const template = { kind: AUTH_KIND, created_at, tags, content: '' }
    try {
      const signed = await port(template, connection.url)
      if (!signed.ok) return fail(signed.reason.message)
      return isAnswerTo(signed.value, template) ? signed : fail('The signer signed something else')
    } catch (error) {
      return fail(`Signing failed: ${String(error)}`)
    }
  }

  async function present(signed: VerifiedEvent): Promise<Result<true>> {
    const answer = await exchange(connection, ['AUTH', signed], signed.id, timeouts.ok)
    if (answer.type === 'timed-out') return fail('The relay did not answer the authentication')
    if (answer.type === 'down') return fail(answer.reason)
    return answer.accepted
      ? ok(true)
      : fail(`The relay refused the authentication: ${answer.reason}`)
  }

  async function run(): Promise<Result<true>> {
    if (!authenticate) return fail('Souk does not authenticate to this relay')
    if (challenge === null) await wait(CHALLENGE_GRACE)
    for (let i = 0; i < MAX_SIGNATURES; i++) {
      const asked = challenge
      if (asked === null) return fail('The relay asks for authentication but sent no challenge')
      const late = () => fail('The signer did not answer the authentication request in time')
      const signed = await within<Result<VerifiedEvent>>(
        sign(authenticate, asked),
        timeouts.sign,
        late,
      )
      if (!signed.ok) return signed
      if (challenge === asked) return present(signed.value)
    }
    return fail('The relay keeps changing its challenge')
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
