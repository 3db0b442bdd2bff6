/** What actions ask of the rest of the app, beside the ports of protocol/ and domain/. */
import type { ConversationText } from '@/domain/conversation'
import type { HighWaterMarks } from '@/domain/highWater'
import type { OrderRef, Pubkey } from '@/domain/ids'
import type { DecodedInvoice, InvoiceProblem } from '@/domain/invoice'
import type { Fact, OrderState } from '@/domain/order'
import type { MarketConfig } from '@/domain/marketConfig'
import type { Result } from '@/domain/result'
import type { InvoiceIssuer, Payer, RateSource, WalletProblem } from '@/domain/wallet'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import type { Outbox, RelayPool } from '@/protocol/relay'
import type { Signer, SignerProblem, SignerWait } from '@/protocol/signer'

/** Keeps facts and texts of one identity. Each call throws when they cannot be stored: then nothing may be sent. */
export interface Journal {
  record(ref: OrderRef, facts: readonly Fact[]): void
  recordText(peer: Pubkey, text: ConversationText): void
}

/** The journal of an identity that sends. */
export interface SendJournal extends Journal {
  /** False once its identity is not in use any more: what ends is kept in memory then, and nothing may be sent. */
  isOpen(): boolean
}

/**
 * Works on one order, one task at a time in all tabs. `task` gets the order as it is stored now;
 * null when it is not here.
 */
export type WithOrder = <T>(
  ref: OrderRef,
  task: (order: OrderState | null) => Promise<T>,
) => Promise<T>

export type DecodeInvoice = (text: string) => Result<DecodedInvoice, InvoiceProblem>

/** Verified catalogue events kept on this device. */
export interface EventCache {
  putAll(events: readonly VerifiedEvent[]): Promise<void>
  readAll(kinds: readonly number[]): Promise<readonly VerifiedEvent[]>
}

/** Computes a proof of work (NIP-13) with these leading zero bits; null when it was given up. */
export type MineProof = (
  job: { readonly pubkey: string; readonly template: EventTemplate; readonly bits: number },
  onProgress: (tries: number) => void,
  signal: AbortSignal,
) => Promise<EventTemplate | null>

/** The local clock, in unix seconds. */
export type Clock = () => number

/** What the records of an identity are sealed with in this browser. */
export interface StorageKey {
  readonly bytes: Uint8Array
  /** False for a key that is gone after a reload: then records are kept in memory alone. */
  readonly lasts: boolean
}

/** A code as one SVG path over a square of `size` modules, quiet zone included. */
export interface QrPath {
  readonly size: number
  readonly path: string
}

/** A link that a bunker scans or is given, to connect itself. */
export interface BunkerInvitation {
  readonly link: string
  readonly qr: QrPath
  /** Ends with the first bunker that knows the secret of the link, after a while, or by `cancel`. */
  readonly accepted: Promise<Result<Signer, SignerProblem>>
  cancel(): void
}

/**
 * Ways to get at a key. Each returns a signer that checks its own answers; nothing of what is kept or
 * in use changes until it is kept.
 */
export interface KeyRing {
  /** The NIP-07 extension of this browser. */
  fromExtension(): Promise<Result<Signer, SignerProblem>>
  /** A fresh key that lasts for this session unless it is kept. */
  createKey(): Promise<Signer>
  /** A pasted nsec, ncryptsec (with its password), hex key or list of words. Lasts for this session unless kept. */
  fromSecret(text: string, password: string): Promise<Result<Signer, SignerProblem>>
  /** The bunker of a `bunker://` link. The connection is kept in this browser until it is forgotten. */
  fromBunker(link: string): Promise<Result<Signer, SignerProblem>>
  inviteBunker(): Promise<BunkerInvitation>
  /** The bunker of earlier, after a reload; asks it nothing. Null when its connection is gone. */
  restoreBunker(pubkey: Pubkey): Promise<Signer | null>
  /** Calls back with the question that an extension or a bunker has not answered yet, or null. */
  onWait(listener: (wait: SignerWait | null) => void): () => void
  /** Calls back when an extension or a bunker answers for another account; `why` is a sentence. */
  onOtherAccount(listener: (why: string) => void): () => void
  /**
   * The key of this session, after a reload. Null when there is none any more; one that was opened
   * before `since` (unix seconds) was locked meanwhile, and is forgotten.
   */
  restoreSession(pubkey: Pubkey, since?: number): Promise<Signer | null>
  /**
   * Takes an opened signer into use and keeps what finds it again after a reload, while `enter` is
   * done; where that fails, all is as it was. Answers false where a reload loses it.
   */
  keep(signer: Signer, enter: () => Promise<void>): Promise<boolean>
  /** The local key in use, encrypted under a password (NIP-49). Null when no local key is in use. */
  encryptKey(password: string): Promise<string | null>
  /** Null while the local key that it is made from is not at hand. */
  storageKey(pubkey: Pubkey, isLocal: boolean): Promise<StorageKey | null>
  /** Drops the key and its open questions from memory and from this tab. What the browser keeps of it stays. */
  drop(): void
  /** Drops the key, and ends and forgets the connection to this identity's bunker, or to any. */
  forget(pubkey?: Pubkey): void
}

/** A code for an invoice as one SVG path over a square of `size` modules, quiet zone included. */
export interface InvoiceQr extends QrPath {
  readonly bolt11: string
}

/** Everything that the app is wired with. */
export interface AppPorts {
  readonly config: MarketConfig
  readonly pool: RelayPool
  /** The one outbox, opened when it is first asked for; what it holds goes on its way then. */
  outbox(): Promise<Outbox>
  readonly cache: EventCache
  readonly marks: HighWaterMarks
  /** The one key ring. */
  keys(): Promise<KeyRing>
  readonly rates: RateSource | null
  readonly now: Clock
  decodeInvoice(): Promise<DecodeInvoice>
  mineProof(): Promise<MineProof>
  connectLnbits(connection: {
    readonly url: string
    readonly invoiceKey: string
  }): Promise<InvoiceIssuer>
  connectNwc(uri: string): Promise<Result<Payer, WalletProblem>>
  invoiceQr(bolt11: string): Promise<InvoiceQr>
  /** Answers authentication requests of relays with this signer from now on; null for nobody. */
  useSigner(signer: Signer | null): void
}
