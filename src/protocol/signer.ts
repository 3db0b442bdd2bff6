/** What the app asks of whoever holds a key: extension, local key, bunker. */
import type { Pubkey } from '@/domain/ids'
import type { Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from './event'

/**
 * Why a signer did not answer as asked. `message` says what happened and what to do. After
 * `wrong-answer` the same question gets the same answer; after all others it may be asked again.
 */
export interface SignerProblem {
  readonly code:
    | 'declined'
    | 'cancelled'
    | 'timed-out'
    | 'unavailable'
    | 'locked'
    | 'other-account'
    | 'wrong-answer'
  readonly message: string
}

/** A question that whoever holds the key has not answered yet. */
export interface SignerWait {
  /** Who is asked, as the person knows it: "your extension". */
  readonly holder: string
  /** A page of the bunker where the person has to confirm: https, shown, never opened by itself. */
  readonly authUrl: string | null
  /** Gives the question up: it ends as `cancelled`, and a late answer changes nothing. */
  cancel(): void
}

/**
 * Holds one identity. Calls are queued one at a time, each with a timeout, and every answer is
 * compared with what was asked, so callers may believe what they get.
 */
export interface Signer {
  readonly publicKey: Pubkey
  sign(template: EventTemplate): Promise<Result<VerifiedEvent, SignerProblem>>
  /** NIP-04. `peer` is the other party's public key. */
  nip04Encrypt(peer: Pubkey, text: string): Promise<Result<string, SignerProblem>>
  /** NIP-04. An empty or garbled plaintext is a problem, not an answer. */
  nip04Decrypt(peer: Pubkey, ciphertext: string): Promise<Result<string, SignerProblem>>
  nip44Encrypt(peer: Pubkey, text: string): Promise<Result<string, SignerProblem>>
  nip44Decrypt(peer: Pubkey, ciphertext: string): Promise<Result<string, SignerProblem>>
}
