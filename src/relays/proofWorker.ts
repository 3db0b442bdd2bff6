/** The worker side of proofs of work: tries nonces in slices and says how far it is. */
import { findNonce, type ProofJob } from './proofOfWork'

/** Tries between two messages: some tenths of a second. */
const SLICE = 20_000

/** `nonce` is null until one is found. */
export interface ProofReply {
  readonly tries: number
  readonly nonce: number | null
}

addEventListener('message', ({ data }: MessageEvent<ProofJob>) => {
  let tries = 0
  let nonce: number | null = null
  while (nonce === null) {
    nonce = findNonce(data, tries, SLICE)
    tries += SLICE
    const reply: ProofReply = { tries, nonce }
    postMessage(reply)
  }
})
