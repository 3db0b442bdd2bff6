/** Tells the other tabs who signed out: a tab that was duplicated has a session of its own. */
import type { Pubkey } from '@/domain/ids'

const NAME = 'souk-signed-out'
const Channel: typeof BroadcastChannel | undefined = globalThis.BroadcastChannel

export function tellSignedOut(pubkey: Pubkey): void {
  if (!Channel) return
  const channel = new Channel(NAME)
  channel.postMessage(pubkey)
  channel.close()
}

/** Calls back when another tab ended the session of an identity. Returns the way to stop. */
export function onSignedOut(listener: (pubkey: string) => void): () => void {
  if (!Channel) return () => undefined
  const channel = new Channel(NAME)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(String(data))
  return () => channel.close()
}
