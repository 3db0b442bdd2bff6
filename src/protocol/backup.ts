/** What a backup holds, and the signed proof that its owner's own Souk wrote it. */
import type { Cart } from '@/domain/cart'
import type { Conversation } from '@/domain/conversation'
import type { OrderRef, Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { fail, ok, type Result } from '@/domain/result'
import { tagValue, type EventTemplate, type VerifiedEvent } from './event'
import { verifyEvent } from './verifyEvent'

/** The facts of one order, with those that this version cannot read. */
export interface BackupOrder {
  readonly ref: OrderRef
  readonly facts: readonly Fact[]
  readonly unreadable: readonly unknown[]
}

/** What one identity has in one browser. Neither keys nor wallets. */
export interface BackupContents {
  readonly owner: Pubkey
  /** Unix seconds. */
  readonly madeAt: number
  readonly orders: readonly BackupOrder[]
  readonly conversations: readonly Conversation[]
  readonly carts: readonly Cart[]
  /** As they are stored; null where nothing was set. */
  readonly settings: unknown
  /** Signed messages that a relay has not taken yet. */
  readonly unsent: readonly VerifiedEvent[]
}

// Application data (NIP-78). The proof lies inside the encrypted file and is never published.
const PROOF_KIND = 30078
const PROOF_NAME = 'souk-backup'

/** What the owner signs: the SHA-256 of the contents' text, in hex. `now` is in unix seconds. */
export const backupProofTemplate = (digest: string, now: number): EventTemplate => ({
  kind: PROOF_KIND,
  created_at: now,
  tags: [
    ['d', PROOF_NAME],
    ['x', digest],
  ],
  content: 'Backup of Souk',
})

/** Who signed a proof for exactly these contents. */
export function readBackupProof(raw: unknown, digest: string): Result<Pubkey> {
  const event = verifyEvent(raw)
  if (!event.ok) return fail(`its signature does not hold: ${event.reason}`)
  const { kind, pubkey } = event.value
  if (kind !== PROOF_KIND || tagValue(event.value, 'd') !== PROOF_NAME) {
    return fail('what was signed is not a backup')
  }
  if (tagValue(event.value, 'x') !== digest) return fail('what was signed are other contents')
  return ok(pubkey)
}
