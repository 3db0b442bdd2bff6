/** Checks signatures with libsecp256k1, and equal copies once: what the soak itself costs is kept low. */
import { initNostrWasm } from 'nostr-wasm'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import type { Verifier } from '@/relays/verifier'

export async function createSoakVerifier(): Promise<Verifier> {
  const wasm = await initNostrWasm()
  const known = new Map<string, boolean>()
  const check = (text: string): boolean => {
    try {
      wasm.verifyEvent(JSON.parse(text) as Parameters<typeof wasm.verifyEvent>[0])
      return true
    } catch {
      return false
    }
  }
  return createInlineVerifier((event) => {
    const text = JSON.stringify(event)
    const verdict = known.get(text) ?? check(text)
    known.set(text, verdict)
    return verdict
  })
}
