/** What a relay wants when it refuses with `pow:` (NIP-13), and what that costs. */

import type { Delivery } from './delivery'

/** Sixteen million tries: some minutes on a phone. Beyond this nobody should have to wait. */
export const MAX_PROOF_BITS = 24

const MAX_BITS_OF_AN_ID = 256
const PATTERNS = [
  // Such as `28 bits needed. (2)`, with what the event has in brackets.
  /(\d+)[\s-]*(?:leading zero )?bits? (?:needed|required|wanted)/i,
  /less than (\d+)/i,
  /(?:at least|minimum|required?s?|needs?|wants?)\D{0,20}(\d+)/i,
  /(\d+)[\s-]*(?:leading zero )?bits?/i,
] as const

/**
 * The leading zero bits that a refusal such as `pow: 25 bits needed` or `pow: difficulty 10 is less
 * than 20` asks for; null when it is no such refusal, or names no number that an id can have.
 */
export function wantedBits(reason: string): number | null {
  if (!reason.startsWith('pow:')) return null
  const found = PATTERNS.map((pattern) => pattern.exec(reason)?.[1]).find(Boolean)
  const bits = Number(found ?? Math.max(0, ...(reason.match(/\d+/g) ?? []).map(Number)))
  return Number.isInteger(bits) && bits > 0 && bits <= MAX_BITS_OF_AN_ID ? bits : null
}

/** How many ids are tried before one has so many leading zero bits, on average. */
export const expectedTries = (bits: number): number => 2 ** bits

/** Where a proof stands that a browser is computing. */
export interface ProofProgress {
  readonly bits: number
  readonly tries: number
}

/** A relay's wish for a proof. */
export interface AskedProof {
  readonly relay: string
  readonly bits: number
}

/**
 * The lightest proof that would get a message to a relay; null when a relay has it already, since
 * what was taken is never signed anew, or when none asks for a proof within reach.
 */
export function askedProof(
  deliveries: readonly Pick<Delivery, 'relay' | 'outcome' | 'reason'>[],
): AskedProof | null {
  if (deliveries.some(({ outcome }) => outcome === 'accepted')) return null
  const asked = deliveries.flatMap(({ relay, outcome, reason }): AskedProof[] => {
    const bits = outcome === 'refused' ? wantedBits(reason) : null
    return bits !== null && bits <= MAX_PROOF_BITS ? [{ relay, bits }] : []
  })
  return asked.sort((a, b) => a.bits - b.bits)[0] ?? null
}
