/** Words for what this browser keeps. */

export type KeptKind =
  'orders' | 'conversations' | 'outbox' | 'carts' | 'settings' | 'sign-in' | 'aside' | 'other'

export const KEPT_WORDS: Readonly<Record<KeptKind, string>> = {
  orders: 'Orders, with what happened to them (sealed)',
  conversations: 'Conversations (sealed)',
  outbox: 'Signed messages on their way (encrypted)',
  carts: 'Carts, with what was taken out of them',
  settings: 'Settings',
  'sign-in': 'Who is signed in (no key in clear)',
  aside: 'Records that could not be read',
  other: 'Notes, such as orders that are being placed',
}

/** Sizes as people read them; a kilobyte is 1000 bytes. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
