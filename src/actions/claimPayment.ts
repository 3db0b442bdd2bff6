/** The customer's own word that an invoice was paid elsewhere, and the proof of it. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { isHex64, type OrderRef } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { Clock, Journal } from './ports'
import { provedFact } from './provedFact'

interface ClaimPorts {
  readonly journal: Journal
  readonly now: Clock
}

/** Notes that the person says to have paid, or not after all. A claim proves nothing. */
export function claimPayment(
  { journal, now }: ClaimPorts,
  ref: OrderRef,
  paymentHash: string,
  claimed: boolean,
): void {
  const time = now()
  const id = `claimed:${paymentHash}:${time}:${claimed ? 'yes' : 'no'}`
  const source = { kind: 'client' } as const
  journal.record(ref, [{ type: 'payment-claimed', id, time, source, paymentHash, claimed }])
}

/** Takes a preimage as the proof of a payment, if its SHA-256 is the payment hash (BOLT 11). */
export function provePayment(
  { journal, now }: ClaimPorts,
  ref: OrderRef,
  paymentHash: string,
  text: string,
): Result<null> {
  const preimage = text.trim().toLowerCase()
  if (!isHex64(preimage)) return fail('A preimage has 64 letters and digits, 0 to 9 and a to f.')
  if (bytesToHex(sha256(hexToBytes(preimage))) !== paymentHash) {
    return fail(
      'This preimage belongs to another payment. Look for the one of this amount and date.',
    )
  }
  journal.record(ref, [provedFact(paymentHash, preimage, now())])
  return ok(null)
}
