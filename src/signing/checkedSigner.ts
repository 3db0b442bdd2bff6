/** Turns a key holder whose answers may be wrong into a Signer whose answers may be believed. */
import type { Pubkey } from '@/domain/ids'
import { ok, type Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { Signer, SignerProblem } from '@/protocol/signer'
import { createCallQueue } from './callQueue'
import {
  byteLength,
  couldEncryptNip04,
  couldEncryptNip44,
  isNip04Text,
  isNip44Text,
  NIP44_MAX_BYTES,
  NIP44_MAX_PAYLOAD,
} from './ciphertext'
import { shortNpub } from './npub'
import type { SignerDesk } from './signerDesk'
import { problem, type SignerTask } from './signerProblems'

/** A key holder. Nothing that it answers is to be believed yet. */
export interface RawSigner {
  getPublicKey(): Promise<unknown>
  signEvent(template: EventTemplate): Promise<unknown>
  /** Null when the holder does not offer this encryption. */
  cipher(name: CipherName): RawCipher | null
}

export interface RawCipher {
  encrypt(peer: Pubkey, text: string): Promise<unknown>
  decrypt(peer: Pubkey, ciphertext: string): Promise<unknown>
}

export type CipherName = 'NIP-04' | 'NIP-44'

export interface CheckedSignerOptions {
  /** Who is asked, as the person knows it: "your extension". */
  readonly holder: string
  readonly timeoutMs?: number
  /** Where calls under way are shown, and where it is told that the holder changed its account. */
  readonly desk?: SignerDesk
}

type Answer<T> = Promise<Result<T, SignerProblem>>

const CIPHERTEXT = {
  'NIP-04': { isOne: isNip04Text, couldBeOf: couldEncryptNip04 },
  'NIP-44': { isOne: isNip44Text, couldBeOf: couldEncryptNip44 },
} as const

const copyTemplate = ({ kind, created_at, tags, content }: EventTemplate): EventTemplate => ({
  kind,
  created_at,
  tags: tags.map((tag) => [...tag]),
  content,
})

/** The first field of the signed event that is not what was asked for. */
function alteredField(asked: EventTemplate, signed: EventTemplate): string | null {
  if (signed.kind !== asked.kind) return 'kind'
  if (signed.created_at !== asked.created_at) return 'date'
  if (signed.content !== asked.content) return 'content'
  return JSON.stringify(signed.tags) === JSON.stringify(asked.tags) ? null : 'tags'
}

/** Why a text cannot be encrypted at all, in words. */
function encryptable(name: CipherName, text: string): string | null {
  if (text === '') return 'There is no text to encrypt.'
  if (name === 'NIP-44' && byteLength(text) > NIP44_MAX_BYTES) {
    return 'This text is too long to be sent encrypted. Shorten it and try again.'
  }
  return null
}

/**
 * NIP-04 has no authentication: a wrong key or a flipped bit decrypts to junk without an error, and
 * decoders write U+FFFD where the bytes are not UTF-8.
 */
const isGarbled = (name: CipherName, text: string): boolean =>
  name === 'NIP-04' && text.includes('\uFFFD')

/** Wraps a key holder. `publicKey` is the identity that every answer must fit. */
export function checkedSigner(
  raw: RawSigner,
  publicKey: Pubkey,
  options: CheckedSignerOptions,
): Signer {
  const { holder } = options
  const queue = createCallQueue(options)

  async function otherAccount(pubkey: string) {
    const [other, own] = await Promise.all([shortNpub(pubkey), shortNpub(publicKey)])
    const found = problem(
      'other-account',
      `${holder} answered with another account (${other}) than the one you signed in with (${own}). Nothing was done. Switch back in ${holder}, or sign in anew.`,
    )
    options.desk?.tellOtherAccount(found.reason.message)
    return found
  }

  async function sign(template: EventTemplate): Answer<VerifiedEvent> {
    const asked = copyTemplate(template)
    const answer = await queue.run('sign', () => raw.signEvent(copyTemplate(asked)))
    if (!answer.ok) return answer
    const event = verifyEvent(answer.value)
    if (!event.ok) {
      return problem('wrong-answer', `${holder} gave back an invalid event (${event.reason}).`)
    }
    if (event.value.pubkey !== publicKey) return otherAccount(event.value.pubkey)
    const altered = alteredField(asked, event.value)
    if (!altered) return event
    return problem(
      'wrong-answer',
      `${holder} signed something else than was asked: the ${altered} differs. Nothing was sent.`,
    )
  }

  function findCipher(name: CipherName): RawCipher | null {
    try {
      return raw.cipher(name)
    } catch {
      return null
    }
  }

  function callCipher(
    task: SignerTask,
    name: CipherName,
    call: (cipher: RawCipher) => Promise<unknown>,
  ): Answer<unknown> {
    const cipher = findCipher(name)
    if (cipher) return queue.run(task, () => call(cipher))
    return Promise.resolve(
      problem(
        'unavailable',
        `${holder} does not offer ${name} encryption. Update it or use another one.`,
      ),
    )
  }

  async function encrypt(name: CipherName, peer: Pubkey, text: string): Answer<string> {
    const impossible = encryptable(name, text)
    if (impossible) return problem('wrong-answer', impossible)
    const answer = await callCipher('encrypt', name, (cipher) => cipher.encrypt(peer, text))
    if (!answer.ok) return answer
    const { value } = answer
    if (typeof value === 'string' && value !== text && CIPHERTEXT[name].couldBeOf(value, text)) {
      return ok(value)
    }
    return problem(
      'wrong-answer',
      `${holder} did not encrypt the message properly. Nothing was sent; try again or use another way to sign in.`,
    )
  }

  /** A decryption fails for good when another account was chosen meanwhile: then that is said. */
  async function explainFailure(failure: Result<never, SignerProblem>): Answer<never> {
    const current = await queue.run('tell the public key', () => raw.getPublicKey())
    if (current.ok && typeof current.value === 'string' && current.value !== publicKey) {
      return otherAccount(current.value)
    }
    return failure
  }

  async function decrypt(name: CipherName, peer: Pubkey, ciphertext: string): Answer<string> {
    if (!CIPHERTEXT[name].isOne(ciphertext)) {
      const why =
        ciphertext.length > NIP44_MAX_PAYLOAD ? 'is too long' : `is not in the form of ${name}`
      return problem('wrong-answer', `This message ${why}.`)
    }
    const answer = await callCipher('decrypt', name, (cipher) => cipher.decrypt(peer, ciphertext))
    if (!answer.ok) {
      return answer.reason.code === 'wrong-answer' ? explainFailure(answer) : answer
    }
    const { value } = answer
    const isText = typeof value === 'string' && value !== '' && value !== ciphertext
    if (isText && !isGarbled(name, value)) return ok(value)
    return explainFailure(
      problem('wrong-answer', `${holder} could not make a readable text of this message.`),
    )
  }

  return {
    publicKey,
    sign,
    nip04Encrypt: (peer, text) => encrypt('NIP-04', peer, text),
    nip04Decrypt: (peer, ciphertext) => decrypt('NIP-04', peer, ciphertext),
    nip44Encrypt: (peer, text) => encrypt('NIP-44', peer, text),
    nip44Decrypt: (peer, ciphertext) => decrypt('NIP-44', peer, ciphertext),
  }
}
