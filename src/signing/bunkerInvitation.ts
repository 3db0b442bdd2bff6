/** Inviting a bunker (NIP-46): our link is shown, and whoever answers with its secret is the bunker. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { generateSecretKey } from 'nostr-tools/pure'
import type { Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { VerifiedEvent } from '@/protocol/event'
import type { SignerProblem } from '@/protocol/signer'
import { meetUser, openChannel, type BunkerPorts, type OpenBunker } from './bunker'
import { nostrConnectLink } from './bunkerLink'
import { createBunkerCodec, KIND_BUNKER, randomId, signAsClient } from './bunkerMessage'
import { publicKeyOf } from './localKey'
import { problem } from './signerProblems'

export interface BunkerInvitation {
  readonly link: string
  /** Ends with the first bunker that knows the secret, after a while, or by `cancel`. */
  readonly accepted: Promise<Result<OpenBunker, SignerProblem>>
  cancel(): void
}

export interface InvitationOptions {
  /** Where we wait for the bunker; it may move us elsewhere afterwards. */
  readonly relays: readonly string[]
  /** Milliseconds. Default ten minutes. */
  readonly validMs?: number
}

const VALID_MS = 600_000
/** Each costs some milliseconds to decrypt; somebody who saw our key could send any number. */
const MAX_GUESSES = 200

/** Waits for an answer that carries the secret. Answers without it are ignored, whoever sends them. */
function waitForSecret(
  clientKey: Uint8Array,
  secret: string,
  { relays, validMs = VALID_MS }: InvitationOptions,
  ports: BunkerPorts,
) {
  const pool = ports.openPool(relays, async (template) => ok(signAsClient(clientKey, template)))
  let guesses = 0
  let finish: (found: Result<Pubkey, SignerProblem>) => void = () => undefined

  const knowsSecret = (event: VerifiedEvent): boolean => {
    const answer = createBunkerCodec(clientKey, event.pubkey).read(event)
    return answer.ok && answer.value.result === secret && answer.value.error === ''
  }
  function onEvent(event: VerifiedEvent) {
    if (event.kind !== KIND_BUNKER) return
    guesses += 1
    if (guesses > MAX_GUESSES) {
      finish(problem('unavailable', 'Too many false answers came. Make a new code and try again.'))
    } else if (knowsSecret(event)) finish(ok(event.pubkey))
  }

  const found = new Promise<Result<Pubkey, SignerProblem>>((resolve) => {
    const filter = { kinds: [KIND_BUNKER], '#p': [publicKeyOf(clientKey)] }
    const subscription = pool.subscribe([filter], { onEvent })
    const late = problem('timed-out', 'No bunker has answered. Make a new code and try again.')
    const timer = setTimeout(() => finish(late), validMs)
    finish = (result) => {
      clearTimeout(timer)
      queueMicrotask(() => subscription.close())
      setTimeout(() => pool.close())
      resolve(result)
    }
  })
  const cancel = () => finish(problem('cancelled', 'You stopped waiting for your bunker.'))
  return { found, cancel }
}

/** Makes a link for a bunker to scan, and waits for it. */
export function inviteBunker(options: InvitationOptions, ports: BunkerPorts): BunkerInvitation {
  const clientKey = generateSecretKey()
  const secret = randomId()
  const { found, cancel } = waitForSecret(clientKey, secret, options, ports)

  async function accept(): Promise<Result<OpenBunker, SignerProblem>> {
    const remoteSigner = await found
    if (!remoteSigner.ok) return fail(remoteSigner.reason)
    const { relays } = options
    const address = { clientKey: bytesToHex(clientKey), remoteSigner: remoteSigner.value, relays }
    const channel = openChannel(address, ports)
    const met = await meetUser(channel, address, ports)
    if (!met.ok) channel.close()
    return met
  }

  const link = nostrConnectLink(publicKeyOf(clientKey), options.relays, secret, ports.app)
  return { link, accepted: accept(), cancel }
}
