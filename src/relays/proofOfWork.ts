/** Looks for a nonce that gives an event an id with leading zero bits (NIP-13). */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { EventTemplate } from '@/protocol/event'

export interface ProofJob {
  readonly pubkey: string
  readonly template: EventTemplate
  readonly bits: number
}

/** The leading zero bits of an event id, given as bytes. */
export function leadingZeroBits(id: Uint8Array): number {
  const at = id.findIndex((byte) => byte !== 0)
  return at < 0 ? id.length * 8 : at * 8 + Math.clz32(id[at] ?? 0) - 24
}

/** The template with its nonce as a tag. The number that was aimed at is part of the proof. */
export const withNonce = (
  { template, bits }: Pick<ProofJob, 'template' | 'bits'>,
  nonce: number,
): EventTemplate => ({
  ...template,
  tags: [
    ...template.tags.filter(([name]) => name !== 'nonce'),
    ['nonce', String(nonce), String(bits)],
  ],
})

const MARK = '?nonce?'

/**
 * Tries the nonces from `first` on, `count` of them. What stands before the nonce is hashed once.
 *
 * @returns the first nonce that will do, or null
 */
export function findNonce(job: ProofJob, first: number, count: number): number | null {
  const { pubkey, template, bits } = job
  const marked = withNonce(job, 0).tags.map((tag) =>
    tag[0] === 'nonce' ? ['nonce', MARK, tag[2]] : tag,
  )
  const { created_at, kind, content } = template
  const text = JSON.stringify([0, pubkey, created_at, kind, marked, content])
  const at = text.lastIndexOf(`"nonce","${MARK}"`) + '"nonce","'.length
  const before = sha256.create().update(utf8ToBytes(text.slice(0, at)))
  const after = utf8ToBytes(text.slice(at + MARK.length))
  for (let nonce = first; nonce < first + count; nonce++) {
    const id = before
      .clone()
      .update(utf8ToBytes(String(nonce)))
      .update(after)
      .digest()
    if (leadingZeroBits(id) >= bits) return nonce
  }
  return null
}
