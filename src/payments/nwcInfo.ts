/** What a wallet says of itself over Nostr Wallet Connect: its info event (NIP-47, kind 13194). */
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
export function fetchWalletInfo(
  pool: RelayPool,
  walletPubkey: string,
  timeoutMs: number,
): Promise<WalletInfo | null> {
  return new Promise((resolve) => {
    let newest: VerifiedEvent | null = null
    const waiting = new Set(pool.urls)
    const timer = setTimeout(finish, timeoutMs)
    const answered = (relay: string) => {
      waiting.delete(relay)
      if (newest || waiting.size === 0) finish()
    }
    const subscription = pool.subscribe(
      [{ kinds: [KIND_INFO], authors: [walletPubkey] }],
      {
        onEvent(event) {
          if (event.pubkey !== walletPubkey || event.kind !== KIND_INFO) return
          if (!newest || event.created_at > newest.created_at) newest = event
        },
        onStored: answered,
        onClosed: answered,
      },
      { storedOnly: true },
    )
    function finish() {
      clearTimeout(timer)
      // A relay may answer before `subscribe` has returned.
      queueMicrotask(() => subscription.close())
      resolve(newest && readInfo(newest))
    }
  })
}
