/** What a wallet says of itself over Nostr Wallet Connect: its info event (NIP-47, kind 13194). */
import { askRelays } from '@/protocol/askRelays'
import { tagValue, type VerifiedEvent } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'
import type { NwcEncryption } from './nwcCrypto'

export interface WalletInfo {
  readonly encryption: NwcEncryption
  readonly canPay: boolean
}

const KIND_INFO = 13194
/** A wallet that says nothing of itself gets what every wallet understands. */
export const SILENT_WALLET: WalletInfo = { encryption: 'nip04', canPay: true }

const words = (text: string | undefined): string[] => (text ?? '').split(/[\s,]+/)

function readInfo(event: VerifiedEvent): WalletInfo {
  return {
    encryption: words(tagValue(event, 'encryption')).includes('nip44_v2') ? 'nip44_v2' : 'nip04',
    canPay: event.content.trim() === '' || words(event.content).includes('pay_invoice'),
  }
}

/** The wallet's newest info event, or null when none came within `timeoutMs`. */
export async function fetchWalletInfo(
  pool: RelayPool,
  walletPubkey: string,
  timeoutMs: number,
): Promise<WalletInfo | null> {
  const { events } = await askRelays(pool, [{ kinds: [KIND_INFO], authors: [walletPubkey] }], {
    timeoutMs,
    isEnough: (soFar) => soFar.answered > 0 && soFar.events.length > 0,
  })
  const newest = events.reduce<VerifiedEvent | null>(
    (a, b) => (a && a.created_at >= b.created_at ? a : b),
    null,
  )
  return newest && readInfo(newest)
}
