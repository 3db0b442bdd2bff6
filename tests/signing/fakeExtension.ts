/** A browser extension (NIP-07): honest by default, and able to lie in any single answer. */
import { finalizeEvent, getPublicKey } from 'nostr-tools/pure'
import * as nip04 from 'nostr-tools/nip04'
import * as nip44 from 'nostr-tools/nip44'
import type { EventTemplate } from '@/protocol/event'
import type { WindowNostr } from '@/signing/extension'

export function signWith(secretKey: Uint8Array, template: EventTemplate) {
  const { kind, created_at, content } = template
  return finalizeEvent(
    { kind, created_at, content, tags: template.tags.map((tag) => [...tag]) },
    secretKey,
  )
}

/** Answers as NIP-07 says. */
export function honestExtension(secretKey: Uint8Array) {
  const conversation = (peer: string) => nip44.getConversationKey(secretKey, peer)
  return {
    getPublicKey: async (): Promise<unknown> => getPublicKey(secretKey),
    signEvent: async (template: EventTemplate): Promise<unknown> => signWith(secretKey, template),
    nip04: {
      encrypt: async (peer: string, text: string): Promise<unknown> =>
        nip04.encrypt(secretKey, peer, text),
      decrypt: async (peer: string, text: string): Promise<unknown> =>
        nip04.decrypt(secretKey, peer, text),
    },
    nip44: {
      encrypt: async (peer: string, text: string): Promise<unknown> =>
        nip44.encrypt(text, conversation(peer)),
      decrypt: async (peer: string, text: string): Promise<unknown> =>
        nip44.decrypt(text, conversation(peer)),
    },
  } satisfies WindowNostr
}

/** An extension whose every call after the first `getPublicKey` does the same thing. */
export function stubbornExtension(secretKey: Uint8Array, answer: () => Promise<unknown>) {
  return {
    ...honestExtension(secretKey),
    signEvent: answer,
    nip04: { encrypt: answer, decrypt: answer },
    nip44: { encrypt: answer, decrypt: answer },
  }
}
