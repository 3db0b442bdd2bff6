/** Signing with a browser extension (NIP-07), which the page finds as `window.nostr`. */
import { toPubkey, type Pubkey } from '@/domain/ids'
import { ok, type Result } from '@/domain/result'
import type { EventTemplate } from '@/protocol/event'
import type { Signer, SignerProblem } from '@/protocol/signer'
import { createCallQueue } from './callQueue'
import { checkedSigner, type CipherName, type RawCipher, type RawSigner } from './checkedSigner'
import type { SignerDesk } from './signerDesk'
import { problem } from './signerProblems'

interface WindowNostrCipher {
  encrypt(peer: string, text: string): Promise<unknown>
  decrypt(peer: string, ciphertext: string): Promise<unknown>
}

/** `window.nostr` as NIP-07 describes it. Its answers are not to be believed. */
export interface WindowNostr {
  getPublicKey(): Promise<unknown>
  signEvent(event: EventTemplate): Promise<unknown>
  readonly nip04?: WindowNostrCipher
  readonly nip44?: WindowNostrCipher
}

export interface ExtensionOptions {
  /** Milliseconds for each answer. */
  readonly timeoutMs?: number
  readonly desk?: SignerDesk
}

const HOLDER = 'your extension'

/** Called as methods, since extensions rely on `this`, and looked up late, since some inject late. */
function cipherOf(nostr: WindowNostr, name: CipherName): RawCipher | null {
  const property = name === 'NIP-04' ? 'nip04' : 'nip44'
  const cipher = nostr[property]
  if (typeof cipher?.encrypt !== 'function' || typeof cipher.decrypt !== 'function') return null
  return {
    encrypt: (peer, text) => cipher.encrypt(peer, text),
    decrypt: (peer, ciphertext) => cipher.decrypt(peer, ciphertext),
  }
}

const toRawSigner = (nostr: WindowNostr): RawSigner => ({
  getPublicKey: () => nostr.getPublicKey(),
  signEvent: (template) => nostr.signEvent(template),
  cipher: (name) => cipherOf(nostr, name),
})

async function askPublicKey(
  raw: RawSigner,
  options: ExtensionOptions,
): Promise<Result<Pubkey, SignerProblem>> {
  const queue = createCallQueue({ holder: HOLDER, ...options })
  const answer = await queue.run('tell the public key', () => raw.getPublicKey())
  if (!answer.ok) return answer
  const pubkey = toPubkey(answer.value)
  if (pubkey.ok) return ok(pubkey.value)
  return problem(
    'wrong-answer',
    'Your extension did not give a valid public key. Check that it holds an account, and try again.',
  )
}

/** Asks the extension who it is and makes it a signer for exactly that account. */
export async function extensionSigner(
  nostr: WindowNostr,
  options: ExtensionOptions = {},
): Promise<Result<Signer, SignerProblem>> {
  const raw = toRawSigner(nostr)
  const pubkey = await askPublicKey(raw, options)
  if (!pubkey.ok) return pubkey
  return ok(checkedSigner(raw, pubkey.value, { holder: HOLDER, ...options }))
}

function injected(scope: object): WindowNostr | null {
  const nostr = (scope as { nostr?: Partial<WindowNostr> }).nostr
  const complete =
    typeof nostr?.getPublicKey === 'function' && typeof nostr.signEvent === 'function'
  return complete ? (nostr as WindowNostr) : null
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const POLL_MS = 50

/** Waits for an extension, since most inject only after the page's own scripts have begun. */
export async function waitForExtension(
  timeoutMs: number,
  scope: object = globalThis,
): Promise<WindowNostr | null> {
  const polls = Math.ceil(timeoutMs / POLL_MS)
  for (let poll = 0; poll < polls; poll += 1) {
    const nostr = injected(scope)
    if (nostr) return nostr
    await pause(POLL_MS)
  }
  return injected(scope)
}
