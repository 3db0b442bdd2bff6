/** Checks ids and signatures with libsecp256k1, which is several times faster than JavaScript. */
import { initNostrWasm } from 'nostr-wasm'
import { fail, ok, type Result } from '@/domain/result'
import { parseEvent, trustVerified, type VerifiedEvent } from '@/protocol/event'

export type Verifier = (raw: unknown) => Result<VerifiedEvent>

export async function createVerifier(): Promise<Verifier> {
  const wasm = await initNostrWasm()
  return (raw) => {
    const parsed = parseEvent(raw)
    if (!parsed.ok) return parsed
    try {
      wasm.verifyEvent({ ...parsed.value, tags: parsed.value.tags.map((tag) => [...tag]) })
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error))
    }
    return ok(trustVerified(parsed.value))
  }
}
