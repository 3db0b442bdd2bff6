/** Tells the other tabs who signed out or locked: a tab that was duplicated has a storage of its own. */
import type { Pubkey } from '@/domain/ids'

/** What was done with the key of an identity; also the name of the channel. */
export type Farewell = 'souk-signed-out' | 'souk-locked'

const Channel: typeof BroadcastChannel | undefined = globalThis.BroadcastChannel

export function tellTabs(farewell: Farewell, pubkey: Pubkey): void {
  if (!Channel) return
  const channel = new Channel(farewell)
  channel.postMessage(pubkey)
  channel.close()
}

/** Calls back when another tab tells so of an identity. Returns the way to stop. */
export function onTabs(farewell: Farewell, listener: (pubkey: string) => void): () => void {
  if (!Channel) return () => undefined
  const channel = new Channel(farewell)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(String(data))
  return () => channel.close()
}
